/**
 * Packets of Socket.IO 5, inside Engine.IO's messages: a type digit, perhaps attachments, a namespace and an ack id,
 * and a JSON array whose first element names the event.
 */

import { own } from '../../base/lookup.ts';
import type { Text } from '../../base/text.ts';
import { type Explain, line, means, type Reading } from '../explanation.ts';
import { find, latin1 } from '../unit.ts';

const encoding = 'Socket.IO 5, "Packet encoding"';
const connecting = 'Socket.IO 5, "Connection to a namespace"';

const recovery = 'Socket.IO documentation, "Connection state recovery"';

const types: Readonly<Record<string, Text>> = {
  connect: line('type 0 = CONNECT', '타입 0 = CONNECT'),
  disconnect: line('type 1 = DISCONNECT: leaves the namespace', '타입 1 = DISCONNECT: 네임스페이스에서 나감'),
  event: line('type 2 = EVENT: a name and arguments follow', '타입 2 = EVENT: 이름과 인자가 이어짐'),
  ack: line('type 3 = ACK: answers an event', '타입 3 = ACK: 이벤트에 응답함'),
  'connect-error': line('type 4 = CONNECT_ERROR: refused', '타입 4 = CONNECT_ERROR: 거부됨'),
  'binary-event': line(
    'type 5 = BINARY_EVENT: an event whose bytes follow as messages of their own',
    '타입 5 = BINARY_EVENT: 이벤트. 그 바이트는 따로 뒤따라옴',
  ),
  'binary-ack': line('type 6 = BINARY_ACK: an answer with bytes', '타입 6 = BINARY_ACK: 바이트가 있는 응답'),
};

export const explainSocketIo: Explain = (reading) => {
  const { name, clear } = reading.field;
  const text = latin1(clear);
  if (name === 'connect') return connect(reading);
  const type = own(types, name);
  if (type) return means(encoding, ...[type].flat());
  switch (name) {
    case 'event-name':
      return means(encoding, line(`the event is called “${text}”`, `이벤트의 이름: “${text}”`));
    case 'attachments':
      return means(
        encoding,
        line(
          `${Number.parseInt(text, 10)} attachment follows this packet`,
          `이 패킷 뒤에 첨부 ${Number.parseInt(text, 10)}개가 이어짐`,
        ),
      );
    case 'namespace':
      return means(encoding, line(`the namespace ${text}`, `네임스페이스 ${text}`));
    case 'ack-id':
      return means(
        encoding,
        line(`ack id ${text}: the answer will carry it`, `ack 번호 ${text}: 응답에도 같은 번호가 들어감`),
      );
    case 'offset':
      return means(
        recovery,
        line(
          `offset ${text}: added by the server; a client that comes back names the last one it saw and gets what it missed`,
          `오프셋 ${text}: 서버가 덧붙인 것입니다. 다시 연결한 클라이언트가 마지막으로 본 오프셋을 말하면 놓친 것을 받습니다`,
        ),
      );
    case 'json':
      return json(reading);
    default:
      return null;
  }
};

const connect = ({ unit }: Reading) =>
  means(
    connecting,
    unit.direction === 'up'
      ? line(
          'type 0 = CONNECT: may I join the namespace /?',
          '타입 0 = CONNECT: 네임스페이스 /에 들어가도록 요청',
        )
      : line('type 0 = CONNECT: you are in', '타입 0 = CONNECT: 네임스페이스에 들어감'),
  );

function json({ field, before }: Reading) {
  const text = latin1(field.clear);
  if (find(before, 'socket.io', 'connect'))
    return means(
      connecting,
      line(
        'sid: the name of this client in the namespace, another than Engine.IO’s',
        'sid: 네임스페이스 안에서 이 클라이언트의 ID. Engine.IO의 sid와 다름',
      ),
      ...(text.includes('"pid"')
        ? [
            line(
              'pid: with it a client that was away gets what it missed',
              'pid: 연결이 끊겼던 클라이언트가 놓친 메시지를 받을 때 사용',
            ),
          ]
        : []),
    );
  if (text.includes('_placeholder'))
    return means(
      encoding,
      line('a placeholder: here belongs attachment 0', '자리표시자: 여기에 첨부 0번이 들어감'),
    );
  return means('RFC 8259 §5', line('JSON syntax: brackets, quotes, commas', 'JSON 문법: 괄호, 따옴표, 쉼표'));
}

/**
 * What a unit does in the conversation, in one sentence a learner understands. Rules in order, the first that answers
 * wins; a unit of a protocol that is not ours has none.
 */
import type { Text } from '../../base/text.ts';
import { paths } from '../../protocols/contract.ts';
import { engineIoAt, sessionIdOf } from '../../protocols/engine-io/endpoint.ts';
import { line } from '../../protocols/explanation.ts';
import type { Layer } from '../../protocols/layers.ts';
import { find, type Unit } from '../../protocols/unit.ts';
import type { Request } from '../../wire/message.ts';
import { saidIn } from './title.ts';

type Rule = (unit: Unit) => Text | null;

export function gistOf(unit: Unit): Text | null {
  for (const rule of rules) {
    const text = rule(unit);
    if (text) return text;
  }
  return null;
}

const has = (unit: Unit, layer: Layer, ...names: string[]) =>
  find(unit.fields, layer, ...names) !== undefined;
const asks = (request: Request | null, method: string, path: string) =>
  request?.method === method && request.target.startsWith(path);
const isRequest = ({ kind, message }: Unit, method: string, path: string) =>
  kind === 'request' && message.kind === 'request' && asks(message, method, path);
const isResponse = ({ kind, message }: Unit, method: string, path: string) =>
  kind === 'response' && message.kind === 'response' && asks(message.peer, method, path);
const status = ({ fields }: Unit) => find(fields, 'http', 'status-line', ':status')?.value.split(' ', 1)[0];

const when = (test: (unit: Unit) => boolean, en: string, ko: string): Rule => {
  const text = line(en, ko);
  return (unit) => (test(unit) ? text : null);
};

const http: readonly Rule[] = [
  when(
    (unit) => isRequest(unit, 'GET', paths.mailbox),
    'The client asks whether anything has come for it.',
    '클라이언트가 새 데이터가 있는지 요청합니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.mailbox) && status(unit) === '204',
    'Nothing has come.',
    '새 데이터가 없습니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.mailbox),
    'What has come, all of it in one answer.',
    '그동안 쌓인 데이터를 한 응답에 모두 담았습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'GET', paths.events),
    'The client opens the event stream.',
    '클라이언트가 이벤트 스트림을 엽니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.events),
    'The stream is open: this answer does not end.',
    '스트림이 열렸습니다: 이 응답은 끝나지 않습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'GET', paths.stream),
    'The client opens the stream of lines.',
    '클라이언트가 줄 단위 스트림을 엽니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.stream),
    'The stream is open: this answer does not end.',
    '스트림이 열렸습니다: 이 응답은 끝나지 않습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'POST', paths.message),
    'The client hands over a message.',
    '클라이언트가 메시지를 보냅니다.',
  ),
  when((unit) => isResponse(unit, 'POST', paths.message), 'The server has taken it.', '서버가 받았습니다.'),
  when(
    (unit) => isRequest(unit, 'POST', paths.echo),
    'The client sends a message and waits.',
    '클라이언트가 메시지를 보내고 기다립니다.',
  ),
  when(
    (unit) => isResponse(unit, 'POST', paths.echo),
    'The answer comes back in the response.',
    '되돌아온 메시지가 응답에 담겨 있습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'POST', paths.answer),
    'The client asks; the answer streams in this request’s response.',
    '클라이언트가 질문합니다. 응답은 이 요청의 응답으로 흘러나옵니다.',
  ),
  when(
    (unit) => isResponse(unit, 'POST', paths.answer),
    'The answer begins: its pieces follow as events.',
    '응답이 시작됩니다. 조각들이 이벤트로 이어집니다.',
  ),
];

const socketIo: readonly Rule[] = [
  when(
    (unit) => has(unit, 'engine.io', 'open'),
    'Engine.IO’s session is open.',
    'Engine.IO 세션이 열렸습니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'probe') && has(unit, 'engine.io', 'ping'),
    'The client tries the WebSocket; polling goes on.',
    '클라이언트가 WebSocket을 시험합니다. 폴링은 계속됩니다.',
  ),
  when((unit) => has(unit, 'engine.io', 'probe'), 'The WebSocket works.', 'WebSocket을 쓸 수 있습니다.'),
  when(
    (unit) => has(unit, 'engine.io', 'upgrade'),
    'Polling ends, the WebSocket takes over.',
    '폴링을 끝내고 WebSocket으로 이어 갑니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'noop'),
    'The held poll is released: it would miss what comes over the WebSocket.',
    '대기 중이던 폴링에 응답합니다: WebSocket으로 올 메시지를 놓치지 않게 합니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'ping'),
    'Engine.IO’s heartbeat: are you there?',
    'Engine.IO의 하트비트: 상대가 아직 연결되어 있는지 확인합니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'pong'),
    'Engine.IO’s heartbeat: I am.',
    'Engine.IO의 하트비트: 연결되어 있다고 응답합니다.',
  ),
  when((unit) => has(unit, 'engine.io', 'close'), 'The session ends.', '세션이 끝납니다.'),
  when(
    (unit) => has(unit, 'socket.io', 'connect') && unit.direction === 'up',
    'The client asks to join Socket.IO’s namespace /.',
    '클라이언트가 Socket.IO 네임스페이스 /에 들어가도록 요청합니다.',
  ),
  when(
    (unit) => has(unit, 'socket.io', 'connect'),
    'The client is in: Socket.IO is connected.',
    '클라이언트가 들어왔습니다: Socket.IO 연결이 끝났습니다.',
  ),
  when(
    (unit) => has(unit, 'socket.io', 'disconnect'),
    'The client leaves the namespace.',
    '클라이언트가 네임스페이스에서 나갑니다.',
  ),
  when((unit) => has(unit, 'socket.io', 'event', 'binary-event'), 'An event.', '이벤트 하나입니다.'),
  when(
    (unit) => has(unit, 'payload', 'attachment'),
    'The bytes the event before announced.',
    '앞의 이벤트가 예고한 바이트입니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'ok'),
    'The server has taken the packets.',
    '서버가 패킷을 받았습니다.',
  ),
];

const engineIo: readonly Rule[] = [
  when(
    (unit) => isEngine(unit, 'websocket'),
    'A second way: a WebSocket for the same session.',
    '두 번째 연결: 같은 세션에 쓸 WebSocket입니다.',
  ),
  when(
    (unit) => isEngine(unit, 'polling') && !hasSession(unit),
    'The client opens a session of Engine.IO, by polling.',
    '클라이언트가 폴링으로 Engine.IO 세션을 엽니다.',
  ),
  when(
    (unit) => isEngine(unit, 'polling'),
    'The client asks for packets; the answer may be held.',
    '클라이언트가 패킷을 요청합니다. 서버는 응답을 미룰 수 있습니다.',
  ),
];

const isEngine = ({ kind, message }: Unit, transport: string) =>
  kind === 'request' && message.kind === 'request' && engineIoAt(message.target)?.transport === transport;

const hasSession = ({ message }: Unit) => message.kind === 'request' && sessionIdOf(message.target) !== null;

const streams: readonly Rule[] = [
  when(
    (unit) => unit.kind === 'request' && has(unit, 'http', 'upgrade'),
    'The client asks to turn this connection into a WebSocket.',
    '클라이언트가 이 연결을 WebSocket으로 바꾸도록 요청합니다.',
  ),
  when(
    (unit) => unit.kind === 'response' && status(unit) === '101',
    'The server agrees: from here on there are frames.',
    '서버가 수락합니다: 여기부터는 프레임입니다.',
  ),
  when(
    (unit) => unit.kind === 'request' && has(unit, 'http', ':protocol'),
    'The client asks to turn this stream into a WebSocket.',
    '클라이언트가 이 스트림을 WebSocket으로 바꾸도록 요청합니다.',
  ),
  when(
    (unit) =>
      unit.kind === 'response' && unit.message.peer?.kind === 'request' && isConnect(unit.message.peer),
    'The server agrees: this stream carries frames from here on.',
    '서버가 수락합니다: 이 스트림은 여기부터 프레임을 나릅니다.',
  ),
  when(
    (unit) => has(unit, 'chunk', 'last-chunk'),
    'The answer has ended: nothing more comes of it.',
    '응답이 끝났습니다. 더 오는 것이 없습니다.',
  ),
  when(
    (unit) => has(unit, 'sse', 'data'),
    'An event on the open stream.',
    '열린 스트림으로 온 이벤트입니다.',
  ),
  when(
    (unit) => has(unit, 'sse', 'comment'),
    'A comment that nobody reads, so that nothing on the way holds the stream back or closes it.',
    '주석입니다. 중간에서 스트림을 붙잡거나 닫지 않게 합니다.',
  ),
  when(
    (unit) => has(unit, 'ndjson', 'empty-line'),
    'An empty line, no message, so that nothing on the way holds the stream back or closes it.',
    '메시지가 아닌 빈 줄입니다. 중간에서 스트림을 붙잡거나 닫지 않게 합니다.',
  ),
  when((unit) => isControl(unit, 'ping'), 'Are you still there?', '상대가 아직 연결되어 있는지 확인합니다.'),
  when((unit) => isControl(unit, 'pong'), 'I am.', '연결되어 있다고 응답합니다.'),
  when(
    (unit) => isControl(unit, 'close') && unit.direction === 'up',
    'The client ends the conversation.',
    '클라이언트가 연결을 끝냅니다.',
  ),
  when((unit) => isControl(unit, 'close'), 'The server ends it too.', '서버도 끝냅니다.'),
  when(
    (unit) => has(unit, 'payload') && unit.direction === 'up',
    'A message to the server.',
    '서버로 가는 메시지입니다.',
  ),
  when((unit) => has(unit, 'payload'), 'A message to the client.', '클라이언트로 가는 메시지입니다.'),
];

const isControl = ({ fields, message }: Unit, type: string) =>
  message.kind === 'frame' && message.type === type && find(fields, 'websocket') !== undefined;

const isConnect = ({ method }: Request) => method === 'CONNECT';

/** @param type of a frame that carries nothing of HTTP, as it is, or with the way it goes. */
const frame = (type: string, en: string, ko: string, direction?: Unit['direction']): Rule =>
  when(
    ({ kind, message, direction: way }) =>
      kind === 'frame' && message.kind === 'frame' && message.type === type && way === (direction ?? way),
    en,
    ko,
  );

const http2: readonly Rule[] = [
  frame('preface', 'The client says that it speaks HTTP/2.', '클라이언트가 HTTP/2를 쓴다고 알립니다.'),
  frame('settings', 'What the client can take.', '클라이언트가 받아들일 수 있는 값입니다.', 'up'),
  frame('settings', 'What the server can take.', '서버가 받아들일 수 있는 값입니다.'),
  frame('settings-ack', 'The other side’s settings hold from here on.', '여기부터 상대의 설정을 따릅니다.'),
  frame('window-update', 'The other side may send more.', '상대가 더 보내도 된다고 알립니다.'),
  frame('ping', 'Are you still there?', '상대가 아직 연결되어 있는지 확인합니다.'),
  frame('ping-ack', 'I am.', '연결되어 있다고 응답합니다.'),
  frame(
    'rst-stream',
    'This stream ends here; the connection goes on.',
    '이 스트림만 여기서 끝납니다. 연결은 그대로입니다.',
  ),
  frame(
    'goaway',
    'No new streams: this connection is about to end.',
    '새 스트림을 열지 않습니다: 연결이 곧 끝납니다.',
  ),
  frame(
    'data',
    'The client says nothing more on this stream.',
    '클라이언트가 이 스트림에서 할 말을 마쳤습니다.',
    'up',
  ),
  frame('data', 'The server says nothing more on this stream.', '서버가 이 스트림에서 할 말을 마쳤습니다.'),
];

const says = (message: string, en: string, ko: string, direction?: Unit['direction']): Rule =>
  when(
    (unit) =>
      unit.kind === 'record' &&
      saidIn(unit).includes(message) &&
      unit.direction === (direction ?? unit.direction),
    en,
    ko,
  );

const tls: readonly Rule[] = [
  says(
    'client-hello',
    'The client offers ways to seal this connection.',
    '클라이언트가 이 연결을 암호화할 방법을 제안합니다.',
  ),
  says('hello-retry-request', 'The server asks for another offer.', '서버가 다른 제안을 요구합니다.'),
  says(
    'server-hello',
    'The server chooses: both know the keys now.',
    '서버가 고릅니다: 이제 둘 다 키를 압니다.',
  ),
  says(
    'change-cipher-spec',
    'For middleboxes that know only TLS 1.2, where it means that records are sealed from here on.',
    'TLS 1.2만 아는 중간 장비를 위한 것입니다. TLS 1.2에서는 여기부터 레코드가 암호화된다는 뜻입니다.',
  ),
  says(
    'encrypted-extensions',
    'What else the server agrees to, already sealed.',
    '그 밖에 서버가 동의한 것이며, 이미 암호화되어 있습니다.',
  ),
  says('certificate', 'Who the server is.', '서버가 누구인지 알립니다.', 'down'),
  says('certificate', 'Who the client is.', '클라이언트가 누구인지 알립니다.'),
  says(
    'certificate-verify',
    'The proof that whoever sends it has the key of the certificate.',
    '보낸 쪽이 인증서의 키를 가지고 있다는 증명입니다.',
  ),
  says(
    'finished',
    'The client has seen the same handshake: what follows is the application’s.',
    '클라이언트도 같은 핸드셰이크를 보았습니다: 이제부터는 애플리케이션의 데이터입니다.',
    'up',
  ),
  says(
    'finished',
    'The server has seen the same handshake as the client.',
    '서버가 클라이언트와 같은 핸드셰이크를 보았습니다.',
  ),
  says(
    'new-session-ticket',
    'With this the next connection needs no certificate.',
    '이것이 있으면 다음 연결에는 인증서가 필요 없습니다.',
  ),
  says(
    'alert close_notify',
    'The client sends nothing more: nobody has cut the connection.',
    '클라이언트가 더 보내지 않습니다: 누군가 끊은 것이 아닙니다.',
    'up',
  ),
  says(
    'alert close_notify',
    'The server sends nothing more: nobody has cut the connection.',
    '서버가 더 보내지 않습니다: 누군가 끊은 것이 아닙니다.',
  ),
];

const rules = [...http, ...socketIo, ...engineIo, ...streams, ...http2, ...tls];

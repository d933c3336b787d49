/** What holds for a WebSocket server, echo or chat (docs/wire-formats.md, a and b). RFC 6455. */
import { setTimeout as pause } from 'node:timers/promises';
import { text } from '../../../base/text.ts';
import { isText, openAll } from '../clients/http.ts';
import { asText, openSocket } from '../clients/socket.ts';
import { silenceMs } from '../ground.ts';
import { differenceIn, firstFault } from '../seen-in-words.ts';
import { difficult, everyByte, large, numbered } from '../sent-messages.ts';
import type { Sentence } from '../sentence.ts';
import { difficultText, largeMessage, leaving, order, rudeness, secondRound } from './every-server.ts';
import {
  type Audience,
  alsoAfter,
  answersControlFrames,
  breakTheProtocol,
  heardAgain,
  several,
  someLeave,
} from './websocket-checks.ts';

const answers = (audience: Audience): Sentence => ({
  id: 'answers',
  points: 2,
  text:
    audience === 'sender'
      ? text(
          'a WebSocket opens at /ws, and a message comes back',
          '/ws에서 WebSocket이 열리고, 메시지가 되돌아옵니다',
        )
      : text(
          'a WebSocket opens at /ws, and a message reaches another client',
          '/ws에서 WebSocket이 열리고, 메시지가 다른 클라이언트에게 갑니다',
        ),
  hint: text(
    'Does it listen on the port in PORT, and does it send what it receives? Everything else is asked only once this holds.',
    'PORT의 포트에서 받고 있습니까? 받은 것을 보냅니까? 나머지는 이것이 되어야 검사합니다.',
  ),
  check: heardAgain(audience, ['hello']),
});

const empty = (audience: Audience): Sentence => ({
  id: 'empty',
  points: 1,
  text: text('an empty message is a message, too', '빈 메시지도 메시지입니다'),
  hint: text(
    'An empty string is false in JavaScript and Python: `if (message)` loses it.',
    '빈 문자열은 JavaScript와 Python에서 거짓입니다. `if (message)`는 이것을 잃어버립니다.',
  ),
  check: heardAgain(audience, ['', 'after it']),
});

const binary = (audience: Audience): Sentence => ({
  id: 'binary',
  points: 2,
  text: text('binary stays binary, every byte of it', '바이너리는 바이트 하나까지 바이너리 그대로입니다'),
  hint: text(
    'A frame says whether it is text or binary. In ws the handler is told so: (data, isBinary), and send takes { binary: isBinary }. toString() breaks bytes that are no UTF-8.',
    '프레임에는 텍스트인지 바이너리인지가 적혀 있습니다. ws에서는 (data, isBinary)로 알 수 있고 send에 { binary: isBinary }를 줍니다. toString()은 UTF-8이 아닌 바이트를 망가뜨립니다.',
  ),
  check: heardAgain(audience, [everyByte, everyByte.slice(0, 3)], true),
});

const clients = (audience: Audience): Sentence => ({
  id: 'several',
  points: 2,
  text:
    audience === 'sender'
      ? text(
          'of five clients at once each hears its own, and only that',
          '동시에 접속한 다섯 클라이언트가 각자 자기 것만 받습니다',
        )
      : text(
          'of five clients at once each hears the four others, once',
          '동시에 접속한 다섯 클라이언트가 다른 넷의 메시지를 한 번씩 받습니다',
        ),
  hint: text(
    'Keep what belongs to a client with its connection. One variable for "the" client is overwritten by the next one.',
    '클라이언트마다의 것은 그 연결과 함께 두십시오. 변수 하나에 담으면 다음 클라이언트가 덮어씁니다.',
  ),
  check: several(audience),
});

const nothingElse: Sentence = {
  id: 'nothing-else',
  points: 1,
  text: text(
    'nothing is sent but messages of clients, also when somebody comes or goes',
    '누가 들어오거나 나가도 클라이언트의 메시지 말고는 아무것도 보내지 않습니다',
  ),
  hint: text(
    'A greeting for who has just connected is allowed; “somebody has joined” for the others is not a message of a client.',
    '방금 접속한 클라이언트에게 하는 인사는 괜찮습니다. 다른 클라이언트에게 보내는 “누가 들어왔습니다”는 클라이언트의 메시지가 아닙니다.',
  ),
  async check(ground) {
    const socket = await openSocket(ground);
    if (isText(socket)) return socket;
    const guest = await openSocket(ground);
    if (isText(guest)) return guest;
    await guest.close();
    await pause(silenceMs);
    return differenceIn([], socket.heard.all, 0);
  },
};

const control: Sentence = {
  id: 'control-frames',
  points: 1,
  text: text(
    'a Ping is answered with a Pong, a Close with a Close',
    'Ping에는 Pong으로, Close에는 Close로 응답합니다',
  ),
  hint: text(
    'Libraries do both (RFC 6455 §5.5). Whoever reads frames by hand has to.',
    '라이브러리는 둘 다 알아서 합니다(RFC 6455 §5.5). 프레임을 직접 읽는다면 직접 해야 합니다.',
  ),
  check: answersControlFrames,
};

/** In the order of their checks; the format's own ones come before the last two. */
const shared = (audience: Audience): readonly Sentence[] => [
  difficultText(heardAgain(audience, [difficult, 'line\nfeed'], true)),
  empty(audience),
  largeMessage(heardAgain(audience, [large])),
  binary(audience),
  order(heardAgain(audience, numbered(50))),
  clients(audience),
  nothingElse,
  control,
  leaving(alsoAfter(audience, someLeave)),
  rudeness(alsoAfter(audience, breakTheProtocol)),
  secondRound(heardAgain(audience, ['hello again'])),
];

export const echoSentences: readonly Sentence[] = [answers('sender'), ...shared('sender')];

/** Whether the sender hears its own message, and whether any client hears it twice. */
const senderHears: Sentence = {
  id: 'sender',
  points: 1,
  text: text('the sender hears its own message, too', '보낸 클라이언트도 자기 메시지를 받습니다'),
  hint: text(
    'Send to every client of the list, without leaving out the one it came from.',
    '메시지를 보낸 클라이언트를 빼지 말고 목록의 모두에게 보내십시오.',
  ),
  async check(ground) {
    const sockets = await openAll(openSocket, ground, 2);
    if (isText(sockets)) return sockets;
    sockets[0]?.send('to all of us');
    return (await sockets[0]?.expect(['to all of us'])) ?? null;
  },
};

const once: Sentence = {
  id: 'once',
  points: 1,
  text: text('each client hears each message once', '각 클라이언트가 각 메시지를 한 번만 받습니다'),
  hint: text(
    'A message goes out once for every time a handler is registered, and once for every list it is sent to.',
    '메시지는 등록된 핸들러마다 한 번, 보내는 목록마다 한 번 나갑니다. 두 번 하고 있지 않은지 보십시오.',
  ),
  async check(ground) {
    const sockets = await openAll(openSocket, ground, 2);
    if (isText(sockets)) return sockets;
    sockets[0]?.send('only once');
    const fault = await sockets[1]?.expect(['only once']);
    if (fault) return fault;
    await pause(silenceMs);
    return firstFault(
      sockets.map(({ heard }) =>
        heard.all.length > 1 ? differenceIn(['only once'], heard.all.map(asText), 0) : null,
      ),
    );
  },
};

export const chatSentences: readonly Sentence[] = [
  answers('everybody'),
  senderHears,
  once,
  ...shared('everybody'),
];

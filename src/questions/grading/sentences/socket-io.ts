/** What holds for a Socket.IO server (docs/wire-formats.md, e): two events, with an acknowledgement or without. */
import { inEveryLanguage, text } from '../../../base/text.ts';
import { difficult, everyByte, large, numbered } from '../sent-messages.ts';
import { type Sentence, sentence } from '../sentence.ts';
import * as common from './every-server.ts';
import {
  acknowledged,
  alsoAfter,
  comeBack,
  five,
  oddEvents,
  onlySender,
  reachesOther,
  reachesSender,
  someLeave,
  withoutAck,
} from './socket-io-checks.ts';

const basics: readonly Sentence[] = [
  sentence(
    'answers',
    2,
    text(
      'Socket.IO connects, and `echo` comes back to who sent it',
      'Socket.IO가 연결되고, `echo`가 보낸 클라이언트에게 되돌아옵니다',
    ),
    text(
      'socket.on("echo", (data, acknowledge) => socket.emit("echo", data)). Everything else is asked only once this holds.',
      'socket.on("echo", (data, acknowledge) => socket.emit("echo", data)). 나머지는 이것이 되어야 검사합니다.',
    ),
    comeBack(['hello']),
  ),
  sentence(
    'polling',
    1,
    text('it also works for a client that may only poll', '폴링만 쓸 수 있는 클라이언트에서도 됩니다'),
    text(
      'Leave the option transports out: with ["websocket"] alone, whoever sits behind a proxy without WebSocket is left out.',
      'transports 옵션을 빼십시오. ["websocket"]만 두면 WebSocket을 막는 프록시 뒤의 클라이언트는 쓸 수 없습니다.',
    ),
    comeBack(['over polling'], ['polling']),
  ),
  sentence(
    'only-sender',
    1,
    text('`echo` reaches nobody else', '`echo`는 다른 클라이언트에게 가지 않습니다'),
    text(
      'socket.emit answers one client, io.emit everybody.',
      'socket.emit은 한 클라이언트에게, io.emit은 모두에게 보냅니다.',
    ),
    onlySender,
  ),
  sentence(
    'others',
    2,
    text('`chat` reaches another client', '`chat`이 다른 클라이언트에게 갑니다'),
    text('io.emit("chat", data) reaches everybody.', 'io.emit("chat", data)는 모두에게 보냅니다.'),
    reachesOther,
  ),
  sentence(
    'sender',
    1,
    text('`chat` comes back to its sender, too, once', '`chat`이 보낸 클라이언트에게도 한 번 돌아옵니다'),
    text(
      'socket.broadcast.emit leaves the sender out; io.emit does not.',
      'socket.broadcast.emit은 보낸 클라이언트를 빼고, io.emit은 빼지 않습니다.',
    ),
    reachesSender,
  ),
  ...(['echo', 'chat'] as const).map((event) =>
    sentence(
      `ack-${event}`,
      1,
      inEveryLanguage(
        text(
          '`{event}` with an acknowledgement is acknowledged with the same value',
          '확인 응답을 청한 `{event}`에 같은 값으로 확인 응답을 보냅니다',
        ),
        { event },
      ),
      text(
        'The last argument of the handler is a function where the client asked for an acknowledgement: call it with the data.',
        '클라이언트가 확인 응답을 청했으면 핸들러의 마지막 인자가 함수입니다. 받은 값으로 부르십시오.',
      ),
      acknowledged(event),
    ),
  ),
  sentence(
    'without-ack',
    2,
    text(
      'an event without an acknowledgement does not end the server',
      '확인 응답을 청하지 않은 이벤트가 서버를 끝내지 않습니다',
    ),
    text(
      'Without one the last argument is undefined, and calling it throws a TypeError: ask typeof acknowledge === "function" first.',
      '청하지 않았으면 마지막 인자가 undefined이고, 부르면 TypeError가 납니다. typeof acknowledge === "function"을 먼저 확인하십시오.',
    ),
    withoutAck,
  ),
];

const object = { text: '안녕', list: [1, 2.5, null], nested: { isTrue: true } };

export const socketIoSentences: readonly Sentence[] = [
  ...basics,
  common.difficultText(comeBack([difficult, 'line\nfeed', ''])),
  sentence(
    'object',
    1,
    text('a JSON object comes back with the same keys and values', 'JSON 객체가 키와 값 그대로 돌아옵니다'),
    text(
      'Socket.IO turns objects into JSON and back by itself: hand them over as they are.',
      'Socket.IO는 객체를 알아서 JSON으로 바꾸고 되돌립니다. 받은 그대로 넘기십시오.',
    ),
    comeBack([object, JSON.stringify(object)]),
  ),
  sentence(
    'binary',
    2,
    text('bytes stay bytes, every one of them', '바이트는 하나까지 바이트 그대로입니다'),
    text(
      'Socket.IO carries a Buffer as an attachment: do not turn it into text.',
      'Socket.IO는 Buffer를 첨부로 보냅니다. 텍스트로 바꾸지 마십시오.',
    ),
    comeBack([everyByte, 'text in between']),
  ),
  common.largeMessage(comeBack([large])),
  common.order(comeBack(numbered(50))),
  sentence(
    'several',
    2,
    text(
      'of five clients at once each hears its own echo',
      '동시에 접속한 다섯 클라이언트가 각자 자기 echo를 받습니다',
    ),
    text(
      'Use the socket that the handler was made for, not a variable outside of it.',
      '바깥의 변수가 아니라 그 핸들러가 만들어진 socket을 쓰십시오.',
    ),
    five,
  ),
  common.leaving(alsoAfter(someLeave)),
  common.rudeness(alsoAfter(oddEvents)),
  common.secondRound(comeBack(['hello again'])),
];

/** What holds for a Socket.IO server (docs/wire-formats.md, e): two events, with an acknowledgement or without. */
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { pause } from '../arrivals.ts';
import { isText } from '../clients/http.ts';
import { openRude } from '../clients/rude.ts';
import { type Event, openTalker, type Talker, type Value, valueDifference } from '../clients/socket-io.ts';
import { type Ground, silenceMs } from '../ground.ts';
import { difficult, everyByte, large, numbered } from '../messages.ts';
import { atClient } from '../seen.ts';
import type { Sentence } from '../sentence.ts';
import * as common from './common.ts';

async function openTalkers(ground: Ground, count: number): Promise<readonly Talker[] | Text> {
  const all = await Promise.all(Array.from({ length: count }, () => openTalker(ground)));
  return all.find(isText) ?? (all as Talker[]);
}

const comeBack =
  (values: readonly Value[], transports?: readonly ('polling' | 'websocket')[]) =>
  async (ground: Ground): Promise<Text | null> => {
    const talker = await openTalker(ground, transports);
    if (isText(talker)) return talker;
    for (const value of values) talker.emit('echo', value);
    return talker.expect('echo', values);
  };

async function reachesOther(ground: Ground): Promise<Text | null> {
  const talkers = await openTalkers(ground, 2);
  if (isText(talkers)) return talkers;
  talkers[0]?.emit('chat', 'to all of us');
  return (await talkers[1]?.expect('chat', ['to all of us'])) ?? null;
}

async function reachesSender(ground: Ground): Promise<Text | null> {
  const talker = await openTalker(ground);
  if (isText(talker)) return talker;
  talker.emit('chat', 'to all of us');
  const fault = await talker.expect('chat', ['to all of us']);
  if (fault) return fault;
  await pause(silenceMs);
  return talker.expect('chat', ['to all of us']);
}

const overheard = text(
  'client 2 heard an echo that was meant for client 1',
  '클라이언트 1에게 갈 echo를 클라이언트 2가 받았습니다',
);

async function onlySender(ground: Ground): Promise<Text | null> {
  const talkers = await openTalkers(ground, 2);
  if (isText(talkers)) return talkers;
  const [speaker, other] = talkers;
  speaker?.emit('echo', 'for me alone');
  const fault = await speaker?.expect('echo', ['for me alone']);
  if (fault) return fault;
  await pause(silenceMs);
  return (other?.heard.echo.all.length ?? 0) > 0 ? overheard : null;
}

const acknowledged =
  (event: Event) =>
  async (ground: Ground): Promise<Text | null> => {
    const talker = await openTalker(ground);
    if (isText(talker)) return talker;
    const answer = await talker.ask(event, 'did you get it?');
    return 'seen' in answer
      ? answer.seen
      : valueDifference(['did you get it?'], [answer.acknowledged], ground.patienceMs);
  };

async function five(ground: Ground): Promise<Text | null> {
  const talkers = await openTalkers(ground, 5);
  if (isText(talkers)) return talkers;
  for (const [who, talker] of talkers.entries()) talker.emit('echo', `from client ${who + 1}`);
  const faults = await Promise.all(
    talkers.map((talker, who) => talker.expect('echo', [`from client ${who + 1}`])),
  );
  const who = faults.findIndex((fault) => fault !== null);
  return faults[who] ? atClient(who + 1, faults[who]) : null;
}

const alsoAfter = (disturb: (ground: Ground) => Promise<void>) => async (ground: Ground) => {
  const talkers = await openTalkers(ground, 2);
  if (isText(talkers)) return talkers;
  await disturb(ground);
  const [speaker, other] = talkers;
  other?.heard.chat.clear();
  other?.heard.echo.clear();
  speaker?.emit('echo', 'still here?');
  return (await speaker?.expect('echo', ['still here?'])) ?? comeBack(['and for who comes now?'])(ground);
};

async function someLeave(ground: Ground): Promise<void> {
  const gone = await openTalkers(ground, 3);
  if (isText(gone)) return;
  for (const talker of gone) {
    talker.emit('chat', 'and away');
    talker.vanish();
  }
  await pause(silenceMs);
}

/** Nothing, a number, an empty object: events that nobody promised not to send. */
async function oddEvents(ground: Ground): Promise<void> {
  const odd = await openTalker(ground);
  if (isText(odd)) return;
  for (const event of ['echo', 'chat'] as const) {
    // Each wants an answer: a server that breaks without an acknowledgement is blamed for that elsewhere.
    for (const value of [null, 7, {}]) odd.emitBare(event, value, () => {});
  }
  await pause(silenceMs);
  await nonsensePackets(ground);
}

/** What is no packet of Engine.IO, and a session that nobody knows. */
async function nonsensePackets(ground: Ground): Promise<void> {
  const authority = `${ground.host}:${ground.port}`;
  for (const target of ['/socket.io/?EIO=4&transport=polling&sid=nobody', '/socket.io/?EIO=nonsense', '//']) {
    const rude = await openRude(ground);
    rude.say(`GET ${target} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`);
    await rude.hear();
    rude.reset();
  }
}

const sentence = (
  id: string,
  points: number,
  words: Text,
  hint: Text,
  check: Sentence['check'],
): Sentence => ({
  ...{ id, points, text: words, hint, check },
});

const withoutAck = async (ground: Ground): Promise<Text | null> => {
  const talker = await openTalker(ground);
  if (isText(talker)) return talker;
  talker.emitBare('echo', 'without');
  talker.emitBare('chat', 'without');
  const fault = await talker.expect('echo', ['without']);
  if (fault) return fault;
  await pause(silenceMs);
  const again = await comeBack(['and again'])(ground);
  return again && inEveryLanguage(afterwards, { seen: again });
};

const afterwards = text('the next client: {seen}', '다음 클라이언트: {seen}');

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

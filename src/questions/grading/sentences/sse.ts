/** What holds for a server of Server-Sent Events (docs/wire-formats.md, c). WHATWG HTML §9.2. */
import { setTimeout as pause } from 'node:timers/promises';
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import { askFor, isText, openAll, openStream, post, type Stream } from '../clients/http.ts';
import { type Ground, silenceMs } from '../ground.ts';
import { places } from '../kinds.ts';
import { firstFault } from '../seen-in-words.ts';
import { difficult, large, lines, numbered } from '../sent-messages.ts';
import type { Sentence } from '../sentence.ts';
import * as common from './every-server.ts';
import { nonsenseRequests } from './nonsense.ts';

const headerIs = text('{name} is “{got}”', '{name} 헤더의 값: “{got}”');
const headerMissing = text('there is no {name}', '{name} 헤더가 없습니다');

export const wrongHeader = (name: string, got: string): Text =>
  got === '' ? inEveryLanguage(headerMissing, { name }) : inEveryLanguage(headerIs, { name, got });

/**
 * Opens a stream, also on a server that sends its head only with the first event: another sentence checks that, and it
 * must not affect this one.
 */
async function openedBy(ground: Ground): Promise<Stream | Text> {
  const opening = openStream(ground);
  const late = pause(ground.patienceMs / 5).then(() => 'late' as const);
  const first = await Promise.race([opening, late]);
  if (first !== 'late') return first;
  await post(ground, nudge);
  const stream = await opening;
  if (isText(stream)) return stream;
  await stream.heard.until((all) => all.includes(nudge), ground.patienceMs);
  stream.heard.clear();
  return stream;
}

const nudge = 'to bring the head';

const comeAsEvents =
  (messages: readonly string[]) =>
  async (ground: Ground): Promise<Text | null> => {
    const stream = await openedBy(ground);
    if (isText(stream)) return stream;
    for (const message of messages) {
      const refused = await post(ground, message);
      if (refused) return refused;
    }
    return stream.expect(messages);
  };

const head = (name: string, isRight: (value: string) => boolean) => async (ground: Ground) => {
  const stream = await openedBy(ground);
  if (isText(stream)) return stream;
  const got = stream.header(name.toLowerCase());
  return isRight(got) ? null : wrongHeader(name, got);
};

async function fiveListen(ground: Ground): Promise<Text | null> {
  const first = await openedBy(ground);
  if (isText(first)) return first;
  const pending = openAll(openStream, ground, 4);
  if ((await Promise.race([pending, pause(ground.patienceMs / 5)])) === undefined) await post(ground, nudge);
  const more = await pending;
  if (isText(more)) return more;
  await pause(silenceMs);
  const all = [first, ...more];
  for (const { heard } of all) heard.clear();
  const refused = await post(ground, 'to all five');
  if (refused) return refused;
  const faults = await Promise.all(all.map((stream) => stream.expect(['to all five'])));
  return firstFault(faults);
}

const alsoAfter = (disturb: (ground: Ground) => Promise<void>) => async (ground: Ground) => {
  const stream = await openedBy(ground);
  if (isText(stream)) return stream;
  await disturb(ground);
  await pause(silenceMs);
  stream.heard.clear();
  const refused = await post(ground, 'still here?');
  return refused ?? stream.expect(['still here?']);
};

async function someLeave(ground: Ground): Promise<void> {
  for (let nth = 0; nth < 3; nth++) {
    const stream = await openedBy(ground);
    if (!isText(stream)) stream.leave();
  }
  await pause(silenceMs);
  // The first message to a client that is gone may still be written; the second meets the closed connection.
  await post(ground, 'is anybody there?');
  await pause(silenceMs);
}

const answers: Sentence = {
  id: 'answers',
  points: 2,
  text: text(
    'a message handed to POST /message comes as an event on GET /events',
    'POST /message로 보낸 메시지가 GET /events의 이벤트로 옵니다',
  ),
  hint: text(
    'Keep the response of each GET /events in a list; write "data: …" and an empty line to each when a message comes. Everything else is asked only once this holds.',
    'GET /events의 응답을 목록에 두고, 메시지가 오면 각각에 "data: …"와 빈 줄을 쓰십시오. 나머지는 이것이 되어야 검사합니다.',
  ),
  check: comeAsEvents(['hello']),
};

const atOnce: Sentence = {
  id: 'at-once',
  points: 2,
  text: text(
    'the stream begins at once, not with the first event',
    '스트림이 첫 이벤트를 기다리지 않고 곧바로 시작됩니다',
  ),
  hint: text(
    'Node keeps the head back until something is written: call flushHeaders(), or write a comment such as ":\\n\\n". Until then a browser’s EventSource does not open.',
    'Node는 무언가를 쓸 때까지 헤더를 보내지 않습니다. flushHeaders()를 부르거나 ":\\n\\n" 같은 주석을 쓰십시오. 그때까지 브라우저의 EventSource는 열리지 않습니다.',
  ),
  async check(ground) {
    const stream = await openStream(ground);
    return isText(stream) ? stream : null;
  },
};

const endedAfter = text(
  'the second event did not come on the same stream: {seen}',
  '두 번째 이벤트가 같은 스트림으로 오지 않았습니다: {seen}',
);

const staysOpen: Sentence = {
  id: 'stays-open',
  points: 1,
  text: text('the stream stays open between two events', '두 이벤트 사이에 스트림이 닫히지 않습니다'),
  hint: text(
    'write(), not end(): an event stream is one response that never ends. A timeout of the server may end it, too.',
    'end()가 아니라 write()를 쓰십시오. 이벤트 스트림은 끝나지 않는 응답 하나입니다. 서버의 타임아웃이 끝냈을 수도 있습니다.',
  ),
  async check(ground) {
    const stream = await openedBy(ground);
    if (isText(stream)) return stream;
    const refused =
      (await post(ground, 'one')) ?? (await pause(3 * silenceMs)) ?? (await post(ground, 'two'));
    if (refused) return refused;
    const seen = await stream.expect(['one', 'two']);
    return seen && inEveryLanguage(endedAfter, { seen });
  },
};

const severalLines: Sentence = {
  id: 'lines',
  points: 2,
  text: text(
    'a message of several lines comes as one event, line feeds included',
    '여러 줄의 메시지가 줄바꿈까지 그대로 이벤트 하나로 옵니다',
  ),
  hint: text(
    'Each line of the message needs a "data: " of its own, and one empty line ends the event: a bare line feed ends a field, two end the event.',
    '메시지의 줄마다 "data: "를 붙이고 빈 줄 하나로 이벤트를 끝내십시오. 줄바꿈 하나는 필드를, 둘은 이벤트를 끝냅니다.',
  ),
  check: comeAsEvents([lines]),
};

const several: Sentence = {
  id: 'several',
  points: 2,
  text: text(
    'of five streams each brings each message, once',
    '스트림 다섯 개에 메시지가 각각 한 번씩 옵니다',
  ),
  hint: text(
    'Write to every open response, not to the last one only.',
    '마지막 응답 하나가 아니라 열려 있는 모든 응답에 쓰십시오.',
  ),
  check: fiveListen,
};

const contentType: Sentence = {
  id: 'content-type',
  points: 1,
  text: text('GET /events is text/event-stream', 'GET /events의 Content-Type이 text/event-stream입니다'),
  hint: text(
    'A browser’s EventSource gives up at any other Content-Type.',
    'Content-Type이 다르면 브라우저의 EventSource는 연결을 포기합니다.',
  ),
  check: head('Content-Type', (value) => /^text\/event-stream\s*(;|$)/i.test(value)),
};

export const sseSentences: readonly Sentence[] = [
  answers,
  contentType,
  common.noStore(head('Cache-Control', (value) => /\bno-store\b/i.test(value))),
  atOnce,
  common.postStatus(async (ground) => {
    const reply = await askFor(ground, 204, { method: 'POST', path: places.message, body: 'hello' });
    return isText(reply) ? reply : null;
  }),
  common.difficultText(comeAsEvents([difficult])),
  severalLines,
  common.largeMessage(comeAsEvents([large])),
  common.order(comeAsEvents(numbered(50))),
  staysOpen,
  several,
  common.leaving(alsoAfter(someLeave)),
  common.rudeness(alsoAfter(nonsenseRequests([places.events, places.message]))),
  common.notFound(async (ground) => {
    const reply = await askFor(ground, 404, { method: 'GET', path: places.nowhere });
    return isText(reply) ? reply : null;
  }),
  common.secondRound(comeAsEvents(['hello again'])),
];

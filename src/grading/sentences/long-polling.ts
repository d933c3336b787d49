/** What holds for a server of long polls (docs/wire-formats.md, d). RFC 6202 §2. */
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { pause } from '../arrivals.ts';
import { askFor, isText, post } from '../clients/http.ts';
import { type News, poll, pollUntil } from '../clients/poll.ts';
import { openRude } from '../clients/rude.ts';
import { type Ground, silenceMs } from '../ground.ts';
import { places } from '../kinds.ts';
import { difficult, large, lines, numbered } from '../messages.ts';
import { atClient, differenceIn } from '../seen.ts';
import type { Sentence } from '../sentence.ts';
import * as common from './common.ts';
import { nonsenseRequests } from './nonsense.ts';
import { wrongHeader } from './sse.ts';

/** Hands these over, one after the other; the text says which was refused. */
async function postAll(ground: Ground, messages: readonly string[]): Promise<Text | null> {
  for (const message of messages) {
    const refused = await post(ground, message);
    if (refused) return refused;
  }
  return null;
}

/** What is there before a check is no business of it: it begins from now. */
const fromNow =
  (check: (ground: Ground, cursor: number) => Promise<Text | null>) =>
  async (ground: Ground): Promise<Text | null> => {
    const now = await poll(ground);
    return isText(now) ? now : check(ground, now.cursor);
  };

const comeBetweenPolls = (messages: readonly string[]) =>
  fromNow(async (ground, cursor) => {
    const refused = await postAll(ground, messages);
    if (refused) return refused;
    const got = await pollUntil(ground, cursor, messages.length);
    return isText(got) ? got : differenceIn(messages, got, ground.patienceMs);
  });

/** Long enough to tell a held request from one that is answered at once, and far below what a server may hold. */
const heldMs = (ground: Ground) => ground.patienceMs / 3;

const notHeld = text(
  'the poll was answered at once, with {count} messages',
  '폴링에 곧바로 응답했습니다(메시지 {count}개)',
);

const held = fromNow(async (ground, cursor) => {
  const early = await Promise.race([poll(ground, cursor, ground.patienceMs * 2), pause(heldMs(ground))]);
  if (early === undefined) return null;
  return isText(early) ? early : inEveryLanguage(notHeld, { count: String(early.messages.length) });
});

/** One after the other, each while a poll waits for it: what a server loses between two polls is not lost here. */
const comeWhileWaiting = (messages: readonly string[]) =>
  fromNow(async (ground, from) => {
    let cursor = from;
    for (const message of messages) {
      const asked = poll(ground, cursor, ground.patienceMs * 2);
      await pause(silenceMs / 3);
      const refused = await post(ground, message);
      if (refused) return refused;
      const news = await asked;
      if (isText(news)) return news;
      cursor = news.cursor;
      // One that was answered empty at once is blamed for that elsewhere; what counts here is that the message comes.
      const got = news.messages.length > 0 ? news.messages : await pollUntil(ground, cursor, 1);
      const difference = isText(got) ? got : differenceIn([message], got, ground.patienceMs);
      if (difference) return difference;
      if (news.messages.length === 0) cursor++;
    }
    return null;
  });

const between: Sentence = {
  id: 'between-polls',
  points: 3,
  text: text(
    'what comes between two polls is in the next answer, nothing lost',
    '두 폴링 사이에 온 메시지가 다음 응답에 빠짐없이 들어 있습니다',
  ),
  hint: text(
    'Keep every message in a list. Who only answers the requests that wait right now loses what comes while nobody asks; the cursor says from where on a client needs the list.',
    '메시지를 모두 목록에 두십시오. 지금 기다리는 요청에만 응답하면 아무도 묻지 않는 사이에 온 것을 잃습니다. 커서는 목록의 어디부터 필요한지를 알려 줍니다.',
  ),
  check: comeBetweenPolls(['one', 'two', 'three']),
};

const again: Sentence = {
  id: 'cursor',
  points: 2,
  text: text(
    'the same cursor asked twice gets the same messages twice',
    '같은 커서로 두 번 요청하면 같은 메시지를 두 번 받습니다',
  ),
  hint: text(
    'An answer may get lost on the way: a client then asks again. Do not delete a message because it was sent once.',
    '응답은 오는 길에 사라질 수 있고, 그러면 클라이언트가 다시 요청합니다. 한 번 보냈다고 메시지를 지우지 마십시오.',
  ),
  check: fromNow(async (ground, cursor) => {
    const refused = await postAll(ground, ['one', 'two']);
    if (refused) return refused;
    for (const _ of ['first', 'second']) {
      const got = await pollUntil(ground, cursor, 2);
      const difference = isText(got) ? got : differenceIn(['one', 'two'], got, ground.patienceMs);
      if (difference) return difference;
    }
    return null;
  }),
};

const notNow = text(
  'a poll without a cursor brought {count} messages of before',
  '커서 없는 폴링이 이전 메시지 {count}개를 가져왔습니다',
);

const begins: Sentence = {
  id: 'begins-now',
  points: 1,
  text: text(
    'a poll without a cursor is answered at once, with the cursor of now and no messages',
    '커서 없는 폴링에는 현재 커서와 빈 목록으로 곧바로 응답합니다',
  ),
  hint: text(
    'Who comes without a cursor has nothing to catch up with: answer with the number of messages so far.',
    '커서 없이 온 클라이언트는 따라잡을 것이 없습니다. 지금까지의 메시지 수로 응답하십시오.',
  ),
  async check(ground) {
    const refused = await post(ground, 'of before');
    const news = refused ?? (await poll(ground));
    if (isText(news)) return news;
    return news.messages.length === 0
      ? null
      : inEveryLanguage(notNow, { count: String(news.messages.length) });
  },
};

const head = (name: string, isRight: (value: string) => boolean) => async (ground: Ground) => {
  const news = await poll(ground);
  if (isText(news)) return news;
  const got = news.header(name.toLowerCase());
  return isRight(got) ? null : wrongHeader(name, got);
};

const severalWait = fromNow(async (ground, cursor) => {
  const waiting = Array.from({ length: 5 }, () => poll(ground, cursor));
  await pause(silenceMs);
  const refused = await post(ground, 'to all five');
  if (refused) return refused;
  const faults = (await Promise.all(waiting)).map((news) =>
    isText(news) ? news : differenceIn(['to all five'], news.messages, ground.patienceMs),
  );
  const who = faults.findIndex((fault) => fault !== null);
  return faults[who] ? atClient(who + 1, faults[who]) : null;
});

const alsoAfter = (disturb: (ground: Ground, cursor: number) => Promise<void>) =>
  fromNow(async (ground, cursor) => {
    await disturb(ground, cursor);
    const now: News | Text = await poll(ground);
    if (isText(now)) return now;
    const waiting = poll(ground, now.cursor);
    await pause(silenceMs);
    const refused = await post(ground, 'still here?');
    if (refused) return refused;
    const news = await waiting;
    return isText(news) ? news : differenceIn(['still here?'], news.messages, ground.patienceMs);
  });

/** Three whose polls are held go away; then there is news. */
async function someLeave(ground: Ground, cursor: number): Promise<void> {
  for (let nth = 0; nth < 3; nth++) {
    const rude = await openRude(ground);
    rude.say(`GET ${places.poll}?cursor=${cursor} HTTP/1.1\r\nHost: ${ground.host}:${ground.port}\r\n\r\n`);
    await pause(silenceMs / 3);
    rude.reset();
  }
  await pause(silenceMs);
  await post(ground, 'is anybody there?');
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

export const longPollingSentences: readonly Sentence[] = [
  sentence(
    'answers',
    2,
    text(
      'a message handed to POST /message comes with a GET /poll',
      'POST /message로 보낸 메시지가 GET /poll의 응답으로 옵니다',
    ),
    text(
      'Answer a poll with {"cursor": N, "messages": […]}. Everything else is asked only once this holds.',
      '폴링에는 {"cursor": N, "messages": […]}로 응답하십시오. 나머지는 이것이 되어야 검사합니다.',
    ),
    comeWhileWaiting(['news']),
  ),
  begins,
  sentence(
    'content-type',
    1,
    text('the answer to a poll is application/json', '폴링 응답의 Content-Type이 application/json입니다'),
    text(
      'Set Content-Type, so that a client knows how to read the body.',
      '클라이언트가 본문을 어떻게 읽을지 알 수 있게 Content-Type을 적으십시오.',
    ),
    head('Content-Type', (value) => /^application\/json\s*(;|$)/i.test(value)),
  ),
  common.noStore(head('Cache-Control', (value) => /\bno-store\b/i.test(value))),
  common.postStatus(async (ground) => {
    const reply = await askFor(ground, 204, { method: 'POST', path: places.message, body: 'hello' });
    return isText(reply) ? reply : null;
  }),
  sentence(
    'held',
    2,
    text(
      'a poll without news is held, not answered with nothing',
      '새 소식이 없는 폴링은 빈 응답을 보내지 않고 붙들어 둡니다',
    ),
    text(
      'Keep the response in a list and answer it when a message comes. Who answers "nothing" at once makes the client ask without end.',
      '응답을 목록에 두었다가 메시지가 오면 응답하십시오. 바로 "없음"으로 응답하면 클라이언트가 끝없이 다시 요청합니다.',
    ),
    held,
  ),
  between,
  again,
  common.difficultText(comeWhileWaiting([difficult, lines])),
  common.largeMessage(comeWhileWaiting([large])),
  common.order(comeBetweenPolls(numbered(50))),
  sentence(
    'several',
    2,
    text('of five who wait each is answered', '기다리던 다섯 클라이언트가 모두 응답을 받습니다'),
    text(
      'Keep a list of those who wait, and answer all of it: one variable for "the" waiting response forgets the others.',
      '기다리는 응답을 목록으로 두고 모두에게 응답하십시오. 변수 하나에 담으면 나머지를 잊습니다.',
    ),
    severalWait,
  ),
  common.leaving(alsoAfter(someLeave)),
  common.rudeness(
    alsoAfter(
      nonsenseRequests(
        [places.poll, places.message],
        [`${places.poll}?cursor=nonsense`, `${places.poll}?cursor=-1`],
      ),
    ),
  ),
  common.notFound(async (ground) => {
    const reply = await askFor(ground, 404, { method: 'GET', path: places.nowhere });
    return isText(reply) ? reply : null;
  }),
  common.secondRound(comeWhileWaiting(['hello again'])),
];

/** The checks of a long-polling server: what is posted when, and which poll has to bring it. */
import { setTimeout as pause } from 'node:timers/promises';
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import { isText, post } from '../clients/http.ts';
import { type News, poll, pollUntil } from '../clients/poll.ts';
import { openRude } from '../clients/rude.ts';
import { type Ground, silenceMs } from '../ground.ts';
import { places } from '../kinds.ts';
import { differenceIn, firstFault } from '../seen-in-words.ts';
import { wrongHeader } from './sse.ts';

/** Posts these, one after the other; a text says which was refused. */
export async function postAll(ground: Ground, messages: readonly string[]): Promise<Text | null> {
  for (const message of messages) {
    const refused = await post(ground, message);
    if (refused) return refused;
  }
  return null;
}

/** Messages from before a check must not affect it: it starts at the current cursor. */
export const fromNow =
  (check: (ground: Ground, cursor: number) => Promise<Text | null>) =>
  async (ground: Ground): Promise<Text | null> => {
    const now = await poll(ground);
    return isText(now) ? now : check(ground, now.cursor);
  };

export const comeBetweenPolls = (messages: readonly string[]) =>
  fromNow(async (ground, cursor) => {
    const refused = await postAll(ground, messages);
    if (refused) return refused;
    const got = await pollUntil(ground, cursor, messages.length);
    return isText(got) ? got : differenceIn(messages, got, ground.patienceMs);
  });

const notHeld = text(
  'the poll was answered at once, with {count} messages',
  '폴링에 곧바로 응답했습니다(메시지 {count}개)',
);

/** A request counts as held if it takes this many times longer than an immediate answer, and a good while at least. */
const heldTimes = 10;

export const held = fromNow(async (ground, cursor) => {
  const began = performance.now();
  await poll(ground);
  const heldMs = Math.max(ground.patienceMs / 3, heldTimes * (performance.now() - began));
  const early = await Promise.race([poll(ground, cursor, 2 * heldMs), pause(heldMs)]);
  if (early === undefined) return null;
  return isText(early) ? early : inEveryLanguage(notHeld, { count: String(early.messages.length) });
});

/**
 * Posts one after the other, each while a poll waits for it: what a server loses between two polls is not lost here.
 */
export const comeWhileWaiting = (messages: readonly string[]) =>
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
      // Another sentence checks for a poll that is answered empty at once; here only the message counts.
      const got = news.messages.length > 0 ? news.messages : await pollUntil(ground, cursor, 1);
      const difference = isText(got) ? got : differenceIn([message], got, ground.patienceMs);
      if (difference) return difference;
      if (news.messages.length === 0) cursor++;
    }
    return null;
  });

export const head = (name: string, isRight: (value: string) => boolean) => async (ground: Ground) => {
  const news = await poll(ground);
  if (isText(news)) return news;
  const got = news.header(name.toLowerCase());
  return isRight(got) ? null : wrongHeader(name, got);
};

export const severalWait = fromNow(async (ground, cursor) => {
  const waiting = Array.from({ length: 5 }, () => poll(ground, cursor));
  await pause(silenceMs);
  const refused = await post(ground, 'to all five');
  if (refused) return refused;
  const faults = (await Promise.all(waiting)).map((news) =>
    isText(news) ? news : differenceIn(['to all five'], news.messages, ground.patienceMs),
  );
  return firstFault(faults);
});

export const alsoAfter = (disturb: (ground: Ground, cursor: number) => Promise<void>) =>
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

/** Three clients with held polls go away; then a message is posted. */
export async function someLeave(ground: Ground, cursor: number): Promise<void> {
  for (let nth = 0; nth < 3; nth++) {
    const rude = await openRude(ground);
    rude.say(`GET ${places.poll}?cursor=${cursor} HTTP/1.1\r\nHost: ${ground.host}:${ground.port}\r\n\r\n`);
    await pause(silenceMs / 3);
    rude.reset();
  }
  await pause(silenceMs);
  await post(ground, 'is anybody there?');
}

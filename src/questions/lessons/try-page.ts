/**
 * Tries a student's page on the server of the exercise, as two people would: open it, wait for the greeting, send a
 * message each, look at both lists. The page runs in a process of its own (`page-host.ts`), for a few seconds at most.
 */
import { type Child, startChild } from '../../base/child/parent.ts';
import { realClock, sleepUntil } from '../../base/clock.ts';
import { CannotRun } from '../../base/failure.ts';
import { nothingMissing } from '../../trial/waiting.ts';
import { host } from '../probes/serving.ts';
import { greeting } from './chat.ts';
import { serveChat } from './chat-server.ts';
import type { PageCommand, PageLook } from './page-host.ts';

const people = 2;
const said = ['hello from the first', 'hello from the second', 'first again', 'second again'];

export interface TriedPage extends PageLook {
  /** Whether the page comes to rest: it answered each time it was asked, and did not end its process. */
  readonly rests: boolean;
  readonly people: number;
  /** WebSockets that the server saw. */
  readonly connected: number;
  /** Pages that show the greeting exactly once. */
  readonly greeted: number;
  /** Of the messages sent, on both pages together: those that are shown exactly once. */
  readonly heard: number;
  readonly expected: number;
  readonly works: boolean;
}

/** How long a page may take for one thing; on loopback it takes milliseconds. */
const answerWithinMs = 6000;
/** How long to watch a page. */
const patienceMs = 1500;

/** Flags that keep the process from doing harm, as far as this Node has them: it may read files and use sockets. */
function bounds(): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const permission = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  return [
    '--max-old-space-size=128',
    '--no-warnings',
    ...(permission === undefined ? [] : [permission, '--allow-fs-read=*']),
    ...(known.has('--allow-net') ? ['--allow-net'] : []),
  ];
}

const standsOnce = (lines: readonly string[], text: string): boolean =>
  lines.filter((line) => line.includes(text)).length === 1;

const counts = ({ lines }: PageLook) => ({
  greeted: lines.filter((page) => standsOnce(page, greeting)).length,
  heard: lines.reduce((sum, page) => sum + said.filter((text) => standsOnce(page, text)).length, 0),
});

type Asking = Pick<Child<PageCommand>, 'ask'>;

/** Watches until it has seen enough, the page has stopped, or the time is up. */
async function lookUntil(
  page: Asking,
  isEnough: (counted: ReturnType<typeof counts>) => boolean,
  signal: AbortSignal,
): Promise<PageLook> {
  for (const endNs = realClock.now() + patienceMs * 1e6; ; ) {
    const seen = (await page.ask({ type: 'look' }, answerWithinMs)) as PageLook;
    if (seen.stopped !== null || isEnough(counts(seen)) || realClock.now() > endNs) return seen;
    await sleepUntil(realClock, realClock.now() + 20e6, signal);
  }
}

async function use(page: Asking, html: string, port: number, signal: AbortSignal): Promise<PageLook> {
  await page.ask({ type: 'open', html, host: `${host}:${port}`, people }, answerWithinMs);
  const opened = await lookUntil(page, ({ greeted }) => greeted === people, signal);
  if (opened.stopped !== null) return opened;
  for (const [index, text] of said.entries())
    await page.ask({ type: 'say', who: index % people, text }, answerWithinMs);
  return lookUntil(page, ({ heard }) => heard === people * said.length, signal);
}

const nothing: PageLook = { stopped: null, lines: [], begun: 0 };

export async function tryPage(html: string, signal: AbortSignal): Promise<TriedPage> {
  await using server = await serveChat();
  await using page = startChild<PageCommand>('lesson page', 'questions/lessons/page-host.js', bounds());
  await page.ask({ type: 'ready' });
  // A page that never comes to rest does not answer, and one that takes all memory is ended.
  const seen = await use(page, html, server.port, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof CannotRun) return null;
    throw error;
  });
  const look = seen ?? nothing;
  // A script may have begun to connect before it failed.
  const lookAgain = { everyMs: 20, withinMs: patienceMs };
  await nothingMissing(realClock, () => server.connected() < look.begun, lookAgain, signal);
  const counted = { ...counts(look), connected: server.connected(), people, expected: people * said.length };
  const works =
    seen !== null &&
    look.stopped === null &&
    counted.greeted === people &&
    counted.heard === counted.expected;
  return { ...look, ...counted, rests: seen !== null, works };
}

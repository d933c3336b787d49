/**
 * Checks one server, sentence by sentence: which hold, what was seen where one does not, and the bytes that show it. A
 * server that ends during a check is started again, so that one fault costs the points of one sentence only.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { loadLibraries } from '../../base/libraries.ts';
import { watchResources } from '../../base/resources.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { endingOf } from './ending.ts';
import { type BytesLine, evidenceOf } from './fault-bytes.ts';
import { type Ground, usualPatienceMs } from './ground.ts';
import { type Kind, places } from './kinds.ts';
import { type Recording, startRecording } from './recording.ts';
import type { Sentence } from './sentence.ts';
import { sentencesOf } from './sentences/index.ts';

/** A student's server, while it runs. */
export interface Served {
  readonly host: string;
  readonly port: number;
  /** The path of its WebSocket, if that is not the usual one. */
  readonly socketPath?: string;
  /** Null unless the server was started here. */
  readonly process: {
    isRunning(): boolean;
    /** Starts it again; false if it does not come up. */
    restart(): Promise<boolean>;
    /** The last lines that it printed; an error comes last. */
    lastWords(): readonly string[];
    /** Sends SIGTERM; resolves with whether it ended by itself. Null on systems without that signal. */
    readonly end: (() => Promise<boolean>) | null;
  } | null;
}

export interface SentenceOutcome {
  readonly id: string;
  readonly text: Text;
  /** `unasked`: it could not be checked. */
  readonly state: 'holds' | 'broken' | 'unasked';
  /** The points it got, of those it can get. */
  readonly points: number;
  readonly most: number;
  readonly seen: Text | null;
  readonly hint: Text | null;
  readonly bytes: readonly BytesLine[];
  /** How many lines of bytes are not among them. */
  readonly leftOut: number;
  /** The last lines that the server printed, if it ended during this check. */
  readonly lastWords: readonly string[];
}

export interface Grade {
  readonly kind: Kind;
  /** The longest that this machine kept our own timers waiting: if it is long, a wait may have been too short. */
  readonly loopMaxMs: number;
  readonly points: number;
  readonly most: number;
  readonly outcomes: readonly SentenceOutcome[];
}

export interface Grading {
  readonly signal: AbortSignal;
  /** The whole grading takes no longer than this; sentences that were not checked by then get no points. */
  readonly withinMs: number;
  readonly patienceMs?: number;
}

/** One check consists of several waits. */
const checkWithinMs = 15_000;

const phrases = {
  endedNow: text('the server ended: {how}', '서버가 끝났습니다: {how}'),
  noWords: text('it printed nothing', '아무것도 출력하지 않았습니다'),
  notAsked: text(
    'not asked, because the first sentence does not hold',
    '첫 문장이 맞지 않아 검사하지 않았습니다',
  ),
  noTime: text('not asked, because the time was up', '시간이 다 되어 검사하지 않았습니다'),
  notUp: text(
    'not asked, because the server did not start again',
    '서버가 다시 시작되지 않아 검사하지 않았습니다',
  ),
  tooLong: text('the check did not come to an end', '검사가 끝나지 않았습니다'),
};

export async function gradeServer(served: Served, kind: Kind, grading: Grading): Promise<Grade> {
  const library = await loadLibraries(['ws', 'socket.io-client', 'eventsource-parser']);
  using resources = watchResources();
  await using recording = await startRecording(served);
  const place: Place = {
    signal: grading.signal,
    served,
    recording,
    ground: {
      host: '127.0.0.1',
      port: recording.port,
      socketPath: served.socketPath ?? places.socket,
      patienceMs: grading.patienceMs ?? usualPatienceMs,
      library,
    },
  };
  const until = performance.now() + grading.withinMs;
  const outcomes: SentenceOutcome[] = [];
  let reason: Text | null = null;
  for (const sentence of sentencesOf[kind]) {
    grading.signal.throwIfAborted();
    if (performance.now() > until) reason ??= phrases.noTime;
    const outcome = reason === null ? await outcomeOf(sentence, place) : unasked(sentence, reason);
    outcomes.push(outcome);
    if (outcome.state !== 'holds' && outcomes.length === 1) reason = phrases.notAsked;
    else if (reason === null) reason = await comesBack(served);
  }
  const end = served.process?.end;
  if (end) {
    const sentence = endingOf(kind, end);
    // Checked once only: after the first time the server is gone.
    outcomes.push(reason === null ? await looked(sentence, place, false) : unasked(sentence, reason));
  }
  return { ...summed(outcomes), kind, outcomes, loopMaxMs: resources.read().loopDelayMaxMs };
}

/** Starts the server again if it has ended; resolves with the reason if it cannot be started. */
const comesBack = async ({ process }: Served): Promise<Text | null> =>
  process === null || process.isRunning() || (await process.restart()) ? null : phrases.notUp;

/** Where a sentence is checked, and the server there. */
interface Place {
  readonly signal: AbortSignal;
  readonly served: Served;
  readonly recording: Recording;
  readonly ground: Omit<Ground, 'atEnd'>;
}

const unasked = ({ id, text: words, points: most }: Sentence, seen: Text): SentenceOutcome => ({
  id,
  text: words,
  state: 'unasked',
  points: 0,
  most,
  seen,
  hint: null,
  bytes: [],
  leftOut: 0,
  lastWords: [],
});

const summed = (outcomes: readonly SentenceOutcome[]) => ({
  points: outcomes.reduce((sum, { points }) => sum + points, 0),
  // What cannot be checked on this server at all, such as how it ends, costs no points.
  most: outcomes.reduce((sum, { most }) => sum + most, 0),
});

async function outcomeOf(sentence: Sentence, place: Place): Promise<SentenceOutcome> {
  const began = performance.now();
  const first = await looked(sentence, place);
  // On a busy machine a wait that was too short looks like a fault; only a fault that repeats is one.
  const { patienceMs } = place.ground;
  const isDoubtful = first.state === 'broken' && performance.now() - began >= patienceMs;
  if (!isDoubtful || place.served.process?.isRunning() === false) return first;
  return looked(sentence, { ...place, ground: { ...place.ground, patienceMs: 2 * patienceMs } });
}

/** The end of a process is noticed a moment after the end of its connections. */
const noticingMs = 50;

/** Checks once. */
async function looked(sentence: Sentence, place: Place, endIsFault = true): Promise<SentenceOutcome> {
  const { id, text: words, points: most, hint, check } = sentence;
  const { ground, recording, served, signal } = place;
  const closes: (() => void)[] = [];
  recording.begin();
  const found = await bounded(check({ ...ground, atEnd: (close) => closes.push(close) }), signal);
  if (found !== null) await pause(noticingMs);
  const hasEnded = endIsFault && served.process?.isRunning() === false;
  const lastWords = hasEnded ? (served.process?.lastWords() ?? []) : [];
  const seen = hasEnded ? endedSaying(lastWords) : found;
  const { lines, leftOut } = seen === null ? noBytes : evidenceOf(recording.chunks());
  for (const close of closes.toReversed()) close();
  return {
    id,
    text: words,
    most,
    seen,
    bytes: lines,
    leftOut,
    lastWords,
    state: seen === null ? 'holds' : 'broken',
    points: seen === null ? most : 0,
    hint: seen === null ? null : hint,
  };
}

const noBytes = { lines: [], leftOut: 0 };

/** A program that ends by an error prints that error last. */
const endedSaying = (words: readonly string[]): Text =>
  inEveryLanguage(phrases.endedNow, { how: words.at(-1)?.trim() ?? phrases.noWords });

/** A check that never ends, whatever the server does, must not hold up the others, nor the caller who aborts. */
function bounded(check: Promise<Text | null>, signal: AbortSignal): Promise<Text | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(phrases.tooLong), checkWithinMs);
    const callOff = () => reject(signal.reason);
    signal.addEventListener('abort', callOff, { once: true });
    check.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', callOff);
    });
  });
}

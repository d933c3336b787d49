/**
 * Lesson 9: four ways in which a benchmark misleads, each measured: a closed loop that leaves out the worst (law CO1),
 * periods in step (POLL5), connections not kept, and Nagle's algorithm.
 */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { closedLoopStalledShare, stallQuantileNs } from '../../laws/stall.ts';
import { nearestRank } from '../../laws/tolerance.ts';
import { type Judged, untilQuiet } from '../../run/again.ts';
import { together } from '../../run/beside.ts';
import { decimal, nanoseconds } from '../claims/lines.ts';
import { scaled } from '../reproductions/reproduction-trials.ts';
import { type InStepRows, inStepRows, inStepSeconds, pollInStep } from './in-step.ts';
import {
  type ExpectedRow,
  type Found,
  inMilliseconds,
  type Lesson,
  type LessonRow,
  type LessonSetting,
  type Reason,
} from './lesson.ts';
import { timeWrites, type Writes } from './nagle.ts';
import { againText, lessonTrials, onTimes } from './quietly.ts';
import { exactRow, shownRow } from './row.ts';
import type { Seen } from './stall.ts';

const rate = 50;
const windowMs = 3000;
const stallMs = 600;
const quantile = 0.95;
const writes = 21;
const withinNs = (sorted: readonly number[]): number => nearestRank(sorted, quantile) ?? 0;

const expected = async (): Promise<ExpectedRow> => ({
  law: 'CO1',
  unit: 'nanoseconds',
  predicted: [stallQuantileNs({ stallNs: stallMs * 1e6, windowNs: windowMs * 1e6, quantile })],
});

function stallRows({
  made: seen,
  isNoisy,
}: Judged<Seen>): readonly [answer: LessonRow, closed: LessonRow, share: LessonRow] {
  const share = closedLoopStalledShare({ ...seen, connections: 1, rate });
  const stalled = seen.closed.filter((ns) => ns > seen.stallNs / 2).length / seen.closed.length;
  const timed = (row: LessonRow) => onTimes({ isNoisy }, row);
  return [
    timed({
      metric: text('open loop: 95 % answered within', '열린 루프: 95 %가 응답을 받음'),
      unit: 'nanoseconds',
      law: 'CO1',
      measured: withinNs(seen.open),
      predicted: [stallQuantileNs({ ...seen, quantile })],
      // A quantile of single messages lies between two of them, a period apart; what this machine adds by itself is
      // what the closed loop saw in the same seconds.
      tolerance: (2 * 1e9) / rate + withinNs(seen.closed),
    }),
    timed(
      shownRow(
        'nanoseconds',
        text('closed loop: 95 % answered within', '닫힌 루프: 95 %가 응답을 받음'),
        withinNs(seen.closed),
      ),
    ),
    timed({
      metric: text('closed loop: saw the stall', '닫힌 루프: 멈춤을 겪음'),
      unit: 'share',
      law: 'CO1',
      predicted: [share],
      measured: stalled,
      // The closed loop sees the stall once; only the number of its other requests varies a little.
      tolerance: share / 4,
    }),
  ];
}

/** A name for progress, in both languages. */
const stage = { en: 'a server that stops for a moment', ko: '잠시 멈추는 서버' };

async function measure(setting: LessonSetting): Promise<Found> {
  const { throughAStall } = await import('./stall.ts');
  const trials = lessonTrials(setting);
  const factor = Math.max(0.6, setting.scale);
  const seen = await untilQuiet(
    (time) => {
      setting.onStage(time === 1 ? stage : againText(stage, time));
      return throughAStall({
        rate,
        windowMs: windowMs * factor,
        stallMs: stallMs * factor,
        signal: setting.signal,
      });
    },
    ({ verdict }) => verdict === 'noisy',
  );
  const echo = (keepAlive: boolean) =>
    // One after the other: a request that overlaps the one before takes a connection of its own.
    trials.counted('echo', 'http', {
      keepAlive,
      load: { clients: 1, messages: scaled(20, setting), rate: 20, closed: true },
    });
  const [inStep, kept, closing] = await together([pollInStep(trials), echo(true), echo(false)]);
  const nagle = await untilQuiet(
    () => {
      setting.signal.throwIfAborted();
      return timeWrites(scaled(writes, setting));
    },
    ({ isNoisy }) => isNoisy,
  );
  const [answer, closed, share] = stallRows(seen);
  const polled = inStepRows(inStep);
  return {
    answer,
    rows: [closed, share, ...polled.all, ...connectionRows(kept, closing), ...writeRows(nagle)],
    explanation: [stallReason(seen.made, [answer, closed, share]), inStepReason(polled), asking],
    doubtful: trials.doubtful,
  };
}

function connectionRows(kept: Trial, closing: Trial): LessonRow[] {
  const connections = (trial: Trial, en: string, ko: string, predicted: number): LessonRow =>
    exactRow(
      'count',
      text(`${trial.requests} requests, ${en}: connections`, `요청 ${trial.requests}개, ${ko}: 연결 수`),
      'RFC 9112',
      predicted,
      trial.connections,
    );
  return [
    connections(kept, 'kept', 'keep-alive 켬', 1),
    connections(closing, 'not kept', 'keep-alive 끔', closing.requests),
  ];
}

function writeRows(nagle: Judged<Writes>): LessonRow[] {
  const writing = (en: string, ko: string, measured: number): LessonRow =>
    onTimes(
      nagle,
      shownRow(
        'nanoseconds',
        text(`two writes, Nagle ${en}: median`, `쓰기 두 번, Nagle ${ko}: 중앙값`),
        measured,
      ),
    );
  return [writing('off', '끔', nagle.made.without), writing('on', '켬', nagle.made.withNagle)];
}

const stallReason = (seen: Seen, on: readonly LessonRow[]): Reason => ({
  on,
  text: {
    en: 'Both clients asked the same server in the same seconds. The one that waits for each answer sent nothing during the stall, noted one slow answer, and reports {closed}. The other counted from the moment each message was due, as a user would: {open}. Of {due} messages the first client left out {omitted}, those that were due while it waited. That is coordinated omission.',
    ko: '두 클라이언트는 같은 시간에 같은 서버에 요청했습니다. 응답을 기다렸다가 보내는 쪽은 서버가 멈춘 동안 아무것도 보내지 않아 느린 응답 하나만 적고 {closed}라고 보고합니다. 다른 쪽은 사용자처럼 메시지를 보낼 예정이던 때부터 재서 {open}라고 합니다. 첫 번째 클라이언트는 메시지 {due}개 중 기다리는 동안 보낼 예정이던 {omitted}개를 빠뜨렸습니다. 이것이 조율된 누락(coordinated omission)입니다.',
  },
  values: {
    closed: nanoseconds(withinNs(seen.closed)),
    open: nanoseconds(withinNs(seen.open)),
    due: decimal(seen.open.length),
    omitted: decimal(seen.open.length - seen.closed.length),
  },
});

function inStepReason({ means, all }: InStepRows): Reason {
  const [first, second, outOfStep] = means.map(({ measured }) => nanoseconds(Number(measured)));
  if (!first || !second || !outOfStep) throw new Error('three means were to be told');
  return {
    on: all,
    text: {
      en: 'Where messages and polls have the same period, every wait is the same, and only the moment of starting decides which: {first} in one run, {second} in the next. Out of step the waits spread over the interval; their mean is {mean}.',
      ko: '메시지와 폴링의 주기가 같으면 기다리는 시간이 모두 같고, 시작한 순간이 그 값을 정합니다. 한 번은 {first}, 다음에는 {second}였습니다. 박자가 어긋나면 기다리는 시간이 간격 전체에 퍼지며, 평균은 {mean}입니다.',
    },
    values: { first, second, mean: outOfStep },
  };
}

const asking: Reason = {
  on: [],
  text: {
    en: 'Ask of any benchmark: is its loop closed or open, from when does it count, what is in step with what, were connections kept, and did small writes wait for acknowledgements?',
    ko: '벤치마크를 보면 물어보십시오. 닫힌 루프입니까, 열린 루프입니까? 언제부터 쟀습니까? 무엇과 무엇의 박자가 맞습니까? 연결을 유지했습니까? 작은 쓰기가 확인 응답을 기다렸습니까?',
  },
};

export const benchmark = {
  id: 9,
  title: { en: 'Reading a benchmark critically', ko: '벤치마크 비판적으로 읽기' },
  misconception: {
    en: 'A benchmark that sends, waits for the answer and sends again shows how long users wait.',
    ko: '보내고, 응답을 기다리고, 다시 보내는 벤치마크가 사용자가 기다리는 시간을 보여 줍니다.',
  },
  experiment: {
    en: `Two clients ask the same server over WebSocket, each with ${rate} messages due a second for ${windowMs / 1000} s. After a second the server stops for ${stallMs} ms. One client waits for each answer before it sends again, and reports that 95 % were answered at once. The other sends when a message is due and counts from there.`,
    ko: `두 클라이언트가 같은 서버에 WebSocket으로 요청합니다. 각각 초당 ${rate}개씩 ${windowMs / 1000}초 동안 보낼 예정입니다. 1초 뒤 서버가 ${stallMs} ms 동안 멈춥니다. 한쪽은 응답을 받고 나서야 다음을 보내며, 95 %가 바로 응답을 받았다고 합니다. 다른 쪽은 예정된 때에 보내고 그때부터 잽니다.`,
  },
  question: {
    en: 'Within how many ms were 95 % answered, according to the other?',
    ko: '다른 쪽이 보기에 95 %는 몇 ms 안에 응답을 받았을까요?',
  },
  answer: inMilliseconds,
  where: 'home',
  minutes: 8,
  seconds: Math.ceil(windowMs / 1000 + inStepSeconds + 2),
  expected,
  measure,
  next: {
    command: 'rtcompare run --transport ws --closed --write-cost 6ms',
    why: {
      en: 'is a server that cannot keep up, seen by a closed loop; leave --closed out and compare',
      ko: '따라가지 못하는 서버를 닫힌 루프로 본 결과입니다. --closed를 빼고 비교해 보십시오',
    },
  },
} satisfies Lesson;

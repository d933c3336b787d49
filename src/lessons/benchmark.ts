/**
 * Lesson 9: four ways in which a benchmark misleads, each measured: a closed loop that leaves out the worst (law CO1),
 * periods in step (POLL5), connections not kept, and Nagle's algorithm.
 */
import { decimal, nanoseconds } from '../claims/lines.ts';
import { closedLoopStalledShare, stallQuantileNs } from '../laws/stall.ts';
import { nearestRank } from '../laws/tolerance.ts';
import type { Trial } from '../metrics/report.ts';
import type { Setting } from '../reproductions/reproduction.ts';
import { meanNs, scaled, trialRunner } from '../reproductions/trials.ts';
import { type InStep, inStepRows, pollInStep } from './in-step.ts';
import { type Found, inMilliseconds, type Lesson, type Row } from './lesson.ts';
import { weighNagle } from './nagle.ts';
import { exactRow, shownRow } from './row.ts';
import { type Seen, throughAStall } from './stall.ts';
import { together } from './together.ts';

const rate = 50;
const windowMs = 3000;
const stallMs = 600;
const quantile = 0.95;
const withinNs = (sorted: readonly number[]): number => nearestRank(sorted, quantile) ?? 0;

const text = (en: string, ko: string) => ({ en, ko });

function stallRows(seen: Seen): { answer: Row; rows: Row[] } {
  const openRow = {
    metric: text('open loop: 95 % answered within', '열린 루프: 95 %가 답을 받음'),
    predicted: [stallQuantileNs({ ...seen, quantile })],
    // A quantile of single messages lies between two of them, a period apart; what this machine adds by itself is what
    // the closed loop saw in the same seconds.
    tolerance: (2 * 1e9) / rate + withinNs(seen.closed),
  };
  const share = closedLoopStalledShare({ ...seen, connections: 1, rate });
  const stalled = seen.closed.filter((ns) => ns > seen.stallNs / 2).length / seen.closed.length;
  return {
    answer: { ...openRow, unit: 'nanoseconds', law: 'CO1', measured: withinNs(seen.open) },
    rows: [
      shownRow(
        'nanoseconds',
        text('closed loop: 95 % answered within', '닫힌 루프: 95 %가 답을 받음'),
        withinNs(seen.closed),
      ),
      {
        metric: text('closed loop: saw the stall', '닫힌 루프: 멈춤을 겪음'),
        ...{ unit: 'share', law: 'CO1', predicted: [share], measured: stalled },
        // One client sees one stall; only how many others it sent may differ a little.
        tolerance: share / 4,
      },
    ],
  };
}

async function measure(setting: Setting): Promise<Found> {
  const trials = trialRunner(setting);
  setting.onStage('a server that stops for a moment, asked by two clients');
  const factor = Math.max(0.6, setting.scale);
  const seen = await throughAStall({
    ...{ rate, windowMs: windowMs * factor, stallMs: stallMs * factor, signal: setting.signal },
  });
  const echo = (keepAlive: boolean) =>
    // One after the other: a request that overlaps the one before takes a connection of its own.
    trials.run('echo', 'http', {
      keepAlive,
      load: { clients: 1, messages: scaled(20, setting), rate: 20, closed: true },
    });
  const [inStep, kept, closing] = await together([pollInStep(trials), echo(true), echo(false)]);
  setting.signal.throwIfAborted();
  const nagle = await weighNagle(scaled(21, setting));
  const { answer, rows } = stallRows(seen);
  return {
    answer,
    rows: [...rows, ...inStepRows(inStep), ...otherRows(kept, closing, nagle)],
    explanation: explain(seen, inStep),
    doubtful: [
      ...(seen.verdict === 'valid'
        ? []
        : [{ scenario: 'echo', transport: 'ws', verdict: seen.verdict, notes: [] }]),
      ...trials.doubtful,
    ],
  };
}

function otherRows(kept: Trial, closing: Trial, nagle: { withNagle: number; without: number }): Row[] {
  const connections = (trial: Trial, en: string, ko: string, predicted: number): Row =>
    exactRow(
      'count',
      text(`${trial.requests} requests, ${en}: connections`, `요청 ${trial.requests}개, ${ko}: 연결 수`),
      'RFC 9112',
      predicted,
      trial.connections,
    );
  const writes = (en: string, ko: string, measured: number): Row =>
    shownRow(
      'nanoseconds',
      text(`two writes, Nagle ${en}: median`, `쓰기 두 번, Nagle ${ko}: 중앙값`),
      measured,
    );
  return [
    connections(kept, 'kept', 'keep-alive 켬', 1),
    connections(closing, 'not kept', 'keep-alive 끔', closing.requests),
    writes('off', '끔', nagle.without),
    writes('on', '켬', nagle.withNagle),
  ];
}

function explain(seen: Seen, { first, second, outOfStep }: InStep): Found['explanation'] {
  const mean = (trial: Trial) => nanoseconds(meanNs(trial));
  return [
    {
      text: {
        en: 'Both clients asked the same server in the same seconds. The one that waits for each answer sent nothing during the stall, noted one bad figure, and reports {closed}. The other counted from the moment each message was due, as a user would: {open}. Of {due} messages the first client left {omitted} out, all of them bad: that is coordinated omission.',
        ko: '두 클라이언트는 같은 시간에 같은 서버에 물었습니다. 답을 기다렸다가 보내는 쪽은 멈춘 동안 아무것도 보내지 않아 나쁜 값 하나만 적고 {closed}라고 보고합니다. 다른 쪽은 사용자처럼 메시지를 보낼 예정이던 때부터 재서 {open}라고 합니다. 첫 번째 클라이언트는 메시지 {due}개 중 {omitted}개를 빠뜨렸고, 모두 나쁜 값이었습니다. 이것이 조율된 누락(coordinated omission)입니다.',
      },
      values: {
        closed: nanoseconds(withinNs(seen.closed)),
        open: nanoseconds(withinNs(seen.open)),
        due: decimal(seen.open.length),
        omitted: decimal(seen.open.length - seen.closed.length),
      },
    },
    {
      text: {
        en: 'Periods in step: where messages and polls have one period, every wait is the same, and only the moment of starting decides which: {first} in one run, {second} in the next, and neither needs to be the mean. Out of step the mean is {mean}. Ask of any benchmark: closed or open loop, from when it counts, what is in step with what, whether connections were kept, and whether small writes waited for acknowledgements.',
        ko: '박자 맞추기: 메시지와 폴링의 주기가 같으면 기다리는 시간이 모두 같고, 시작한 순간이 그 값을 정합니다. 한 번은 {first}, 다음에는 {second}였고 어느 쪽도 평균이라는 보장이 없습니다. 박자가 어긋나면 평균은 {mean}입니다. 벤치마크를 보면 물어보세요. 닫힌 루프인가 열린 루프인가, 언제부터 쟀는가, 무엇과 무엇의 박자가 맞는가, 연결을 유지했는가, 작은 쓰기가 확인 응답을 기다렸는가.',
      },
      values: { first: mean(first), second: mean(second), mean: mean(outOfStep) },
    },
  ];
}

export const benchmark = {
  id: 9,
  title: { en: 'Reading a benchmark critically', ko: '벤치마크 비판적으로 읽기' },
  misconception: {
    en: 'A benchmark that sends, waits for the answer and sends again shows how long users wait.',
    ko: '보내고, 답을 기다리고, 다시 보내는 벤치마크가 사용자가 기다리는 시간을 보여 준다.',
  },
  experiment: {
    en: `Two clients ask the same server over WebSocket, each with ${rate} messages due a second for ${windowMs / 1000} s. After a second the server stops for ${stallMs} ms. One client waits for each answer before it sends again, and reports that 95 % were answered at once. The other sends when a message is due and counts from there.`,
    ko: `두 클라이언트가 같은 서버에 WebSocket으로 묻습니다. 각각 초당 ${rate}개씩 ${windowMs / 1000}초 동안 보낼 예정입니다. 1초 뒤 서버가 ${stallMs} ms 동안 멈춥니다. 한쪽은 답을 받고 나서야 다음을 보내며, 95 %가 바로 답을 받았다고 합니다. 다른 쪽은 예정된 때에 보내고 그때부터 잽니다.`,
  },
  question: {
    en: 'Within how many ms were 95 % answered, according to the other?',
    ko: '다른 쪽이 보기에 95 %는 몇 ms 안에 답을 받았을까요?',
  },
  answer: inMilliseconds,
  seconds: 9,
  measure,
  next: {
    command: 'rtcompare run --transport ws --closed --write-cost 5ms --rate 100',
    why: {
      en: 'is a server that cannot keep up, seen by a closed loop; leave --closed out and compare',
      ko: '따라가지 못하는 서버를 닫힌 루프로 본 결과입니다. --closed를 빼고 비교해 보세요',
    },
  },
} satisfies Lesson;

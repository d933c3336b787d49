/**
 * Lesson 8: from how many messages a second on polling takes fewer bytes than a stream of events. Laws BY1 and SSE3
 * meet at a rate; measured, that rate is where the lines through two loads of each cross.
 */

import type { Trial } from '../../document/report.ts';
import { batchingCrossover, mailboxBytes, pollingBytesPerSecond } from '../../laws/http-bytes.ts';
import { pollAge } from '../../laws/polling.ts';
import { sseOverhead } from '../../laws/sse.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { together } from '../../run/beside.ts';
import { weighTransport } from '../../script/exact-weights.ts';
import { bytesPerEvent } from '../claims/cost.ts';
import { bytes, decimal, nanoseconds } from '../claims/lines.ts';
import { scaled } from '../reproductions/reproduction-trials.ts';
import type { ExpectedRow, Found, Lesson, LessonRow, LessonSetting } from './lesson.ts';
import { transportOf, usualBytes } from './lesson-weights.ts';
import { lessonTrials, secondsOf } from './quietly.ts';
import { exactRow, shownRow } from './row.ts';

const intervalMs = 500;
const [quiet, busy] = [20, 200];
const [fewMessages, manyMessages] = [60, 500];
/** The share by which heads may grow: cursors and lengths of answers have more digits with more content. */
const digits = 0.1;

const framingBytes = mailboxBytes(usualBytes);
const frameBytes = frameOverhead('down', usualBytes);

/** Head bytes of a poll that brings a message, both ways, as weighed. */
async function headBytes(): Promise<number> {
  const [event] = (await weighTransport(transportOf('polling'))).stages.event ?? [];
  if (!event) throw new Error('a poll that brought nothing');
  return event.up + event.down - usualBytes - framingBytes;
}

/** The messages a second at which polling (BY1) and a stream (SSE3) cost the same; both are linear in the rate. */
function breakEven(heads: number): number {
  const polled = (rate: number) =>
    pollingBytesPerSecond({
      requestHeadBytes: heads,
      responseHeadBytes: 0,
      intervalNs: intervalMs * 1e6,
      rate,
      payloadBytes: usualBytes,
    });
  const perMessage = polled(1) - polled(0);
  return polled(0) / (usualBytes + sseOverhead({ payloadBytes: usualBytes }) - perMessage);
}

/** Where the measured lines cross: the bytes of an event are b + h · (polls made ÷ events heard). */
function crossing(few: Trial, many: Trial, stream: Trial): number | null {
  const point = (trial: Trial) => ({
    bytes: bytesPerEvent(trial) ?? Number.NaN,
    polls: (trial.polls?.made ?? Number.NaN) / trial.messages.down,
  });
  const [left, right] = [point(few), point(many)];
  const heads = (left.bytes - right.bytes) / (left.polls - right.polls);
  const perMessage = left.bytes - heads * left.polls;
  const pollsPerSecond = 1000 / intervalMs;
  const rate = (heads * pollsPerSecond) / ((bytesPerEvent(stream) ?? Number.NaN) - perMessage);
  return Number.isFinite(rate) ? rate : null;
}

interface Loads {
  /** Polling and SSE, with few messages a second and with many. */
  readonly few: Trial;
  readonly rarely: Trial;
  readonly many: Trial;
  readonly often: Trial;
}

function rowsOf({ few, rarely, many, often }: Loads, heads: number): [answer: LessonRow, ...LessonRow[]] {
  const compared = (rate: number, trial: Trial) =>
    shownRow(
      'bytes',
      {
        en: `${trial.transport}, ${rate}/s: bytes an event`,
        ko: `${trial.transport}, 초당 ${rate}개: 이벤트당 바이트`,
      },
      bytesPerEvent(trial),
    );
  const predicted = breakEven(heads);
  const crossover = batchingCrossover({
    requestHeadBytes: heads,
    responseHeadBytes: 0,
    framingBytes,
    pushOverheadBytes: frameBytes,
  });
  return [
    {
      metric: { en: 'break-even, messages a second', ko: '손익분기, 초당 메시지 수' },
      unit: 'decimal',
      law: 'BY1',
      predicted: [predicted],
      tolerance: digits * predicted,
      measured: crossing(few, many, often),
    },
    ...[few, rarely].map((trial) => compared(quiet, trial)),
    ...[many, often].map((trial) => compared(busy, trial)),
    exactRow(
      'decimal',
      { en: 'with TCP/IP headers, against ws', ko: 'TCP/IP 헤더까지, ws와 비교' },
      'BY6',
      // The law counts messages per poll; the question asks for messages per second.
      (crossover * 1000) / intervalMs,
      null,
    ),
  ];
}

const expected = async (): Promise<ExpectedRow> => ({
  law: 'BY1',
  unit: 'decimal',
  predicted: [breakEven(await headBytes())],
});

async function measure(setting: LessonSetting): Promise<Found> {
  const trials = lessonTrials(setting);
  const push = (transport: string, rate: number, messages: number) =>
    trials.counted('push', transport, {
      load: {
        clients: 3,
        rate,
        pollIntervalMs: intervalMs,
        warmup: 1,
        messages: scaled(messages, setting),
      },
    });
  const heads = await headBytes();
  const [few, many, rarely, often] = await together([
    push('polling', quiet, fewMessages),
    push('polling', busy, manyMessages),
    push('sse', quiet, fewMessages),
    push('sse', busy, manyMessages),
  ]);
  const [answer, ...rows] = rowsOf({ few, rarely, many, often }, heads);
  return {
    answer,
    rows,
    explanation: [
      {
        text: because,
        on: [answer],
        values: {
          heads: bytes(heads),
          quiet: decimal(quiet),
          busy: decimal(busy),
          fewPolled: bytes(bytesPerEvent(few)),
          fewStreamed: bytes(bytesPerEvent(rarely)),
          manyPolled: bytes(bytesPerEvent(many)),
          manyStreamed: bytes(bytesPerEvent(often)),
        },
      },
      {
        text: price,
        on: [],
        values: { wait: nanoseconds(pollAge({ intervalNs: intervalMs * 1e6, downNs: 0 }).mean) },
      },
      { text: never, on: [], values: { frame: bytes(frameBytes), mailbox: bytes(framingBytes) } },
    ],
    doubtful: trials.doubtful,
  };
}

const because = {
  en: 'A poll takes {heads} of headers whatever it brings, a stream takes a few bytes for each event. At {quiet} messages a second polling took {fewPolled} an event and SSE {fewStreamed}; at {busy} it was {manyPolled} and {manyStreamed}. The more a poll brings, the less of its headers each event carries.',
  ko: '폴링은 한 번에 가져오는 것이 얼마든 헤더 {heads}가 들고, 스트림은 이벤트마다 몇 바이트씩 듭니다. 초당 {quiet}개일 때 이벤트 하나에 폴링은 {fewPolled}, SSE는 {fewStreamed}가 들었고, 초당 {busy}개일 때는 {manyPolled}와 {manyStreamed}였습니다. 한 번에 많이 가져올수록 이벤트 하나가 나누어 지는 헤더가 적어집니다.',
};

const price = {
  en: 'The price is age: with this interval an event waits {wait} for its poll on average (law POLL1), and a stream sends it at once.',
  ko: '대가는 지연입니다. 이 간격이면 이벤트는 폴링을 평균 {wait} 기다리고(법칙 POLL1), 스트림은 바로 보냅니다.',
};

const never = {
  en: 'Against a bare WebSocket polling never takes fewer bytes on the socket: a frame adds {frame} to a message, the format of a poll’s answer {mailbox}. No socket sees the TCP/IP headers below it; with those counted, BY6 gives the rate in the last row.',
  ko: '소켓만 보면 폴링이 순수 WebSocket보다 바이트를 덜 쓸 수는 없습니다. 메시지 하나에 프레임은 {frame}, 폴링 응답의 형식은 {mailbox}를 더하기 때문입니다. 그 아래 TCP/IP 헤더는 소켓에서 보이지 않습니다. 그것까지 세면 마지막 행의 BY6가 그 빈도를 알려 줍니다.',
};

export const whenPollingWins = {
  id: 8,
  title: { en: 'When polling wins', ko: '폴링이 이길 때' },
  misconception: {
    en: 'Polling always wastes bytes; push takes fewer, whatever the load.',
    ko: '폴링은 언제나 낭비이고, 부하가 어떻든 푸시가 바이트를 덜 씁니다.',
  },
  experiment: {
    en: `The server has ${usualBytes} B messages for each client, few or many a second. One client polls every ${intervalMs} ms and gets all that wait in one answer; another has an SSE stream.`,
    ko: `서버에는 클라이언트마다 보낼 ${usualBytes} B 메시지가 초당 몇 개 또는 많이 생깁니다. 한 클라이언트는 ${intervalMs} ms마다 요청해 기다리던 것을 한 번에 받고, 다른 하나는 SSE 스트림으로 받습니다.`,
  },
  question: {
    en: 'From how many messages a second on does polling take fewer bytes than SSE?',
    ko: '초당 메시지가 몇 개부터 폴링이 SSE보다 바이트를 덜 쓸까요?',
  },
  answer: { kind: 'number', unit: 'decimal', word: { en: 'messages a second', ko: '초당 개수' } },
  where: 'home',
  minutes: 6,
  seconds: secondsOf({ messages: fewMessages, rate: quiet }),
  expected,
  measure,
  next: {
    command: 'rtcompare recommend --rate 100 --direction down --within 2s',
    why: {
      en: 'compares all transports for a load of your own, and says where the answer changes',
      ko: '직접 정한 부하에서 모든 방식을 비교하고, 답이 어디서 바뀌는지 알려 줍니다',
    },
  },
} satisfies Lesson;

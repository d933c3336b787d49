/**
 * Johannessen 2014: a chat of 60 clients, each with 30 messages at two a second, which the server sends on to all.
 * 1,800 messages go up and 108,000 come down, whatever carries them; latency and bytes are another matter.
 */

import type { Trial } from '../../document/report.ts';
import { longPollingMeanAgeNs, messagesPerResponse } from '../../laws/long-polling.ts';
import { pollAge } from '../../laws/polling.ts';
import { pollMeanTolerance } from '../../laws/tolerance.ts';
import { wsEchoNs } from '../../laws/websocket.ts';
import { parseLink } from '../../network/link.ts';
import type {
  Reproduced,
  Reproducing,
  Reproduction,
  ReproductionFinding,
  ReproductionRow,
  RowUnit,
} from './reproduction.ts';
import { allowedNs, meanNs, reproductionTrials, scaled } from './reproduction-trials.ts';

const clients = 60;
const messagesEach = 30;
const rate = 2;
const pollIntervalMs = 1000;
const megabyte = 1e6;
/** A network of some milliseconds: without a distance there is no blind window, and nothing gathers. */
const link = parseLink('rtt=40ms');
const [upNs, downNs] = [link.upDelayMs * 1e6, link.downDelayMs * 1e6];
const blindNs = upNs + downNs;

/** Every client hears every client, itself included: the messages a second that each receives. */
const heardRate = clients * rate;

/** His three transports as ours that come nearest; published ms and MB; and what the laws say for our link. */
const ways = [
  {
    ours: 'socket.io:websocket',
    meanMs: 6.05,
    captured: 30,
    law: 'WS2',
    predictedNs: wsEchoNs({ upNs, downNs }),
    chanceNs: () => 0,
  },
  {
    ours: 'socket.io:polling',
    meanMs: 52.6,
    captured: 30,
    law: 'LP3',
    predictedNs: upNs + longPollingMeanAgeNs({ downNs, blindNs, rate: heardRate }),
    chanceNs: (events: number) => pollMeanTolerance(blindNs, events),
    batch: messagesPerResponse({ rate: heardRate, blindNs }),
    // As for a run's own comparison with LP2: the machine's turnaround makes the blind window longer.
    batchTolerance: () => 0.08 * (1 + (heardRate * blindNs) / 1e9),
    batchLaw: 'LP2',
  },
  {
    ours: 'polling',
    meanMs: 605.6,
    captured: 31,
    law: 'POLL1',
    predictedNs: upNs + pollAge({ intervalNs: pollIntervalMs * 1e6, downNs }).mean,
    chanceNs: (events: number) => pollMeanTolerance(pollIntervalMs * 1e6, events),
    batch: (heardRate * pollIntervalMs) / 1000,
    // The first and the last poll of a client cover a part of an interval.
    batchTolerance: (seconds: number) =>
      (heardRate * pollIntervalMs) / 1000 / (seconds / (pollIntervalMs / 1000)),
    batchLaw: 'POLL7',
  },
] as const;

/** How many messages his responses carried, by his own latency: LP3 gives the blind window, LP2 the messages in it. */
function hisBatch(): number {
  let [low, high] = [0, 1e9];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (longPollingMeanAgeNs({ downNs: 0, blindNs: middle, rate: heardRate }) < 52.6e6) low = middle;
    else high = middle;
  }
  return messagesPerResponse({ rate: heardRate, blindNs: low });
}

/** Messages in each answer that carried any: one GET each, of the steady phase. Null if there was none. */
function batchOf({ exchanges, messages }: Trial): number | null {
  const answers = exchanges
    .filter(({ kind, phase }) => phase === 'steady' && /^GET .* 200$/.test(kind))
    .reduce((sum, { count }) => sum + count, 0);
  return answers > 0 ? messages.down / answers : null;
}

function rowsOf(way: (typeof ways)[number], trial: Trial, messages: number): ReproductionRow[] {
  // Sums depend on how much is said: scaled down they are not his.
  const whole = (value: number) => (messages === messagesEach ? value : null);
  const row = (
    en: string,
    ko: string,
    unit: RowUnit,
    law: string | null,
    figures: Figures,
  ): ReproductionRow => ({
    metric: { en: `${way.ours}: ${en}`, ko: `${way.ours}: ${ko}` },
    unit,
    law,
    ...figures,
  });
  const up = clients * messages;
  const steady = trial.wire.layers.filter(({ phase }) => phase === 'steady');
  const bytes = steady.reduce((sum, layer) => sum + layer.bytes, 0);
  const batch = batchOf(trial);
  return [
    row('messages up', '클라이언트가 보낸 메시지', 'count', null, {
      published: whole(1800),
      predicted: up,
      tolerance: 0,
      measured: trial.messages.up,
    }),
    row('messages down', '서버가 보낸 메시지', 'count', null, {
      published: whole(108_000),
      predicted: clients * up,
      tolerance: 0,
      measured: trial.messages.down,
    }),
    row('mean latency', '평균 지연', 'nanoseconds', way.law, {
      published: way.meanMs * 1e6,
      predicted: way.predictedNs,
      measured: meanNs(trial),
      tolerance: way.chanceNs(up) + allowedNs(trial, way.law),
    }),
    row('MB on the wire', '전송된 바이트, MB', 'decimal', null, {
      published: whole(way.captured),
      predicted: null,
      tolerance: 0,
      measured: bytes / megabyte,
    }),
    ...(batch !== null && 'batch' in way
      ? [
          row('messages per response', '응답당 메시지', 'decimal', way.batchLaw, {
            published: null,
            predicted: way.batch,
            measured: batch,
            tolerance: way.batchTolerance(messages / rate),
          }),
        ]
      : []),
  ];
}

type Figures = Pick<ReproductionRow, 'published' | 'predicted' | 'tolerance' | 'measured'>;

/** Whether every client heard every message, and if not, how many. */
function arrival(measured: readonly Trial[], messages: number): ReproductionFinding {
  const [up, down] = [clients * messages, clients * clients * messages];
  const short = measured.filter((trial) => trial.messages.up !== up || trial.messages.down !== down);
  const told = short.map(({ transport, messages: { down: heard } }) => `${transport} ${heard}`).join(', ');
  return short.length === 0
    ? {
        text: {
          en: `Every message arrived at everyone once: ${up} up, ${down} down, over each transport.`,
          ko: `모든 메시지가 모두에게 한 번씩 도착했습니다. 전송 방식마다 클라이언트가 보낸 것 ${up}개, 서버가 보낸 것 ${down}개.`,
        },
        holds: true,
      }
    : {
        text: {
          en: `Of ${down} messages down, not all arrived in time: ${told}.`,
          ko: `서버가 보낸 메시지 ${down}개가 모두 제때 도착하지는 않았습니다: ${told}.`,
        },
        holds: false,
        onTimes: true,
      };
}

async function run(setting: Reproducing): Promise<Reproduced> {
  const trials = reproductionTrials(setting);
  const messages = scaled(messagesEach, setting);
  const rows: ReproductionRow[] = [];
  const measured: Trial[] = [];
  for (const way of ways) {
    const trial = await trials.counted('chat', way.ours, {
      link,
      load: { clients, messages, rate, pollIntervalMs, warmup: 1, size: 64 },
    });
    rows.push(...rowsOf(way, trial, messages));
    measured.push(trial);
  }
  const means = measured.map((trial) => meanNs(trial) ?? Number.NaN);
  const ordered = means.every((mean, index) => index === 0 || mean > (means[index - 1] ?? 0));
  const batch = (measured[1] && batchOf(measured[1])) ?? 0;
  return {
    rows,
    findings: [
      arrival(measured, messages),
      {
        text: {
          en: 'The order is his: WebSocket, then long polling, then polling.',
          ko: '빠른 순서가 원문과 같습니다: WebSocket, 롱 폴링, 폴링.',
        },
        holds: ordered,
        onTimes: true,
      },
      {
        text: {
          en: `He calculated 104 MB for long polling and captured 30. Responses carry what has gathered meanwhile: by LP3 and LP2 his own latency of 52.6 ms means ${hisBatch().toFixed(1)} messages in each, and here there were ${batch.toFixed(1)}. So most of the headers he had counted were never sent.`,
          ko: `원문은 롱 폴링을 104 MB로 계산했지만 실제로 캡처한 것은 30 MB였습니다. 응답 하나에는 그동안 쌓인 메시지가 함께 담깁니다. LP3와 LP2에 따르면 원문의 지연 52.6 ms는 응답당 ${hisBatch().toFixed(1)}개를 뜻하고, 여기서는 ${batch.toFixed(1)}개였습니다. 즉 원문이 계산에 넣은 헤더의 대부분은 전송되지 않았습니다.`,
        },
        holds: batch > 1.5,
        onTimes: true,
      },
    ],
    doubtful: trials.doubtful,
  };
}

export const johannessen = {
  name: 'johannessen',
  title: { en: 'A chat of sixty over three transports', ko: '세 가지 전송 방식으로 60명이 하는 채팅' },
  source: 'H. B. Johannessen: master’s thesis on Socket.IO and real-time web, University of Oslo, 2014.',
  differs: {
    en: 'He ran Socket.IO of 2014 and browsers of that day over a network, and captured packets; here it is Socket.IO 4, bytes are those of the sockets (no TCP/IP headers), messages are 64 B, a link of 40 ms stands for his network and his busy machine, and his “polling” is our own polling once a second. So milliseconds and megabytes differ; counts, the order and the reason for the byte gap do not.',
    ko: '원문은 2014년의 Socket.IO와 브라우저를 네트워크에서 실행하고 패킷을 캡처했습니다. 여기서는 Socket.IO 4를 쓰고, 바이트는 소켓에서 세며(TCP/IP 헤더 제외), 메시지는 64 B이고, 40 ms 링크가 원문의 네트워크와 바쁜 컴퓨터를 대신합니다. 원문의 “폴링”은 1초 간격의 이 도구의 폴링으로 바꾸었습니다. 그래서 밀리초와 메가바이트는 다르지만 개수, 순서, 바이트가 차이 나는 이유는 같습니다.',
  },
  seconds: 60,
  run,
} satisfies Reproduction;

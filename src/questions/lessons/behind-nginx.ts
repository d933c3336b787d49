/**
 * Lesson 15: what a reverse proxy without special settings does to five transports. nginx removes the request for an
 * upgrade (it is hop-by-hop: RFC 9110 §7.8) and passes an answer on in pieces of 4,096 bytes (recipients cannot rely on
 * separate pieces: §7.6).
 */
import { setTimeout as passed } from 'node:timers/promises';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import type { Address } from '../../target/target.ts';
import { count, name } from '../claims/lines.ts';
import { stockNginx } from '../probes/stock-nginx.ts';
import type { ExpectedRow, Found, Lesson, LessonRow, LessonSetting } from './lesson.ts';
import { newsReaders } from './news-readers.ts';
import { newsCount, serveNews } from './news-server.ts';
import { exactRow } from './row.ts';

const host = '127.0.0.1';
type Way = keyof typeof newsReaders;
const five: readonly Way[] = ['polling', 'long-polling', 'sse', 'ws', 'socket.io'];
/** Which transports get through: those of plain requests and answers; Socket.IO through its polling. */
const arrives: Readonly<Record<Way, boolean>> = {
  polling: true,
  'long-polling': true,
  sse: false,
  ws: false,
  'socket.io': true,
  asked: true,
};

/** Time for the last of it to arrive, if it arrives at all. */
const afterwardsMs = 600;

export async function heardThrough(
  address: Address,
  tell: () => Promise<void>,
): Promise<ReadonlyMap<Way, number>> {
  const ways = Object.keys(newsReaders) as Way[];
  const readers = ways.map((way) => [way, newsReaders[way](address)] as const);
  try {
    await Promise.all(readers.map(([, { ready }]) => ready));
    // A reader of a stream may have no answer yet; it gets a moment for its request to arrive.
    await passed(200);
    await tell();
    const isDone = () => readers.every(([way, { heard }]) => !arrives[way] || heard() >= newsCount);
    for (let waits = 0; waits < 20 && !isDone(); waits++) await passed(100);
    // Readers that should hear nothing get as much time as the others had.
    await passed(afterwardsMs);
    return new Map(readers.map(([way, { heard }]) => [way, heard()]));
  } finally {
    for (const [, { leave }] of readers) leave();
  }
}

const wholeOf = (heard: ReadonlyMap<Way, number>): number =>
  five.filter((way) => heard.get(way) === newsCount).length;

const expected = async (): Promise<ExpectedRow> => ({
  law: 'RFC 9110',
  unit: 'count',
  predicted: [five.filter((way) => arrives[way]).length],
});

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  signal.throwIfAborted();
  onStage(text('with nothing in between', '중간에 아무것도 없이'));
  await using direct = await serveNews(host);
  const near = await heardThrough({ host, port: direct.port }, direct.tell);
  await using server = await serveNews(host);
  await using front = await stockNginx({ host, port: server.port });
  signal.throwIfAborted();
  onStage(inEveryLanguage(text('behind {who}', '{who} 뒤에서'), { who: front.who }));
  const heard = await heardThrough(front.address, server.tell);
  const rowOf = (way: Way, metric: Text): LessonRow =>
    exactRow('count', metric, 'RFC 9110', arrives[way] ? newsCount : 0, heard.get(way) ?? 0);
  const { predicted } = await expected();
  const answer = exactRow('count', metrics.answer, 'RFC 9110', predicted, wholeOf(heard));
  const alone = exactRow('count', metrics.alone, 'RFC 9110', five.length, wholeOf(near));
  const rows = five.map((way) => rowOf(way, metrics[way]));
  const asked = rowOf('asked', metrics.asked);
  const stream = rows[five.indexOf('sse')] ?? answer;
  const socket = rows[five.indexOf('ws')] ?? answer;
  return {
    answer,
    rows: [alone, ...rows, asked],
    explanation: [
      { text: between, on: [answer, alone], values: { who: name(front.who) } },
      {
        text: held,
        on: [stream, asked],
        values: { bytes: count(4096), asked: count(Number(asked.measured)) },
      },
      { text: stripped, on: [socket, ...rows.slice(-1)], values: {} },
    ],
    doubtful: [],
  };
}

const metrics = {
  answer: text('ways that bring all ten, behind nginx', 'nginx 뒤에서 열 개를 다 전하는 방식'),
  alone: text('the same with nothing in between', '중간에 아무것도 없을 때'),
  polling: text('polling: messages', 'polling: 메시지'),
  'long-polling': text('long-polling: messages', 'long-polling: 메시지'),
  sse: text('SSE: messages', 'SSE: 메시지'),
  ws: text('ws: messages', 'ws: 메시지'),
  'socket.io': text('socket.io: messages', 'socket.io: 메시지'),
  asked: text('SSE with X-Accel-Buffering: no', 'X-Accel-Buffering: no를 보낸 SSE'),
} satisfies Readonly<Record<Way | 'answer' | 'alone', Text>>;

const between = text(
  'Between them stood {who}, as it is installed. Nothing was broken, and no error was told: on your machine there is no proxy, and in production there is. What only asks and is answered goes through anything that speaks HTTP.',
  '그 사이에 있던 것은 {who}, 설치된 그대로입니다. 고장 난 것도 없고 오류도 없었습니다. 내 컴퓨터에는 프록시가 없고 서비스에는 있다는 것만 다릅니다. 묻고 답을 받기만 하는 방식은 HTTP를 아는 것이라면 무엇이든 통과합니다.',
);
const held = text(
  'The event stream was open, and nothing of it came: nobody may count on an answer being passed on piece by piece (RFC 9110 §7.6). Here one is passed on when {bytes} bytes of it are together, and ten small events are less. Where the application said X-Accel-Buffering: no and wrote a comment at once, {asked} came.',
  '이벤트 스트림은 열려 있었지만 아무것도 오지 않았습니다. 응답이 조각조각 바로 넘어온다고 기대할 수는 없습니다(RFC 9110 §7.6). 여기서는 {bytes}바이트가 모여야 넘어가는데 작은 이벤트 열 개는 그보다 적습니다. 애플리케이션이 X-Accel-Buffering: no와 첫 주석을 보내자 {asked}개가 왔습니다.',
);
const stripped = text(
  'An upgrade is asked of the next hop only (RFC 9110 §7.8), so a proxy that knows nothing of it leaves it out: the server saw a plain GET and answered 426. Socket.IO began with polling, could not upgrade, and stayed with it, at its price.',
  '업그레이드는 바로 다음 홉에만 하는 요청이므로(RFC 9110 §7.8) 모르는 프록시는 빼고 넘깁니다. 서버는 평범한 GET을 보고 426으로 응답했습니다. Socket.IO는 폴링으로 시작해 업그레이드하지 못하고, 비용을 치르며 폴링에 머물렀습니다.',
);

export const behindNginx = {
  id: 15,
  title: text('It works on my machine', '내 컴퓨터에서는 되는데'),
  misconception: text(
    'A reverse proxy only hands HTTP on: what works against the server works behind nginx, too.',
    '리버스 프록시는 HTTP를 넘겨줄 뿐이므로, 서버에 직접 연결해서 되는 것은 nginx 뒤에서도 됩니다.',
  ),
  experiment: text(
    'A server has ten small messages, one every tenth of a second. Five clients listen: polling, long polling, SSE, WebSocket (ws), Socket.IO, all as a tutorial writes them. First directly, then behind nginx as it is installed, or behind its emulation where this machine has none.',
    '서버가 작은 메시지 열 개를 0.1초마다 하나씩 보냅니다. 클라이언트 다섯이 튜토리얼에 나오는 그대로 폴링, 롱 폴링, SSE, WebSocket(ws), Socket.IO로 듣습니다. 먼저 직접 연결하고, 다음에는 설치된 그대로의 nginx 뒤에서, nginx가 없으면 모의 장비 뒤에서 듣습니다.',
  ),
  question: text(
    'Behind nginx, how many of the five bring all ten messages?',
    'nginx 뒤에서 메시지 열 개를 모두 전하는 방식은 다섯 가운데 몇 가지일까요?',
  ),
  answer: { kind: 'number', unit: 'count', word: text('of five', '가지') },
  where: 'home',
  minutes: 6,
  seconds: 5,
  expected,
  measure,
  next: {
    command: 'rtcompare recommend --rate 0.2 --proxy nginx',
    why: text(
      'says which transport to take behind it, and how long an event would wait',
      '그 뒤에서는 무엇을 고를지, 이벤트가 얼마나 기다릴지 알려 줍니다',
    ),
  },
} satisfies Lesson;

/**
 * Lesson 11: which side can stop a streaming answer: closing a connection stops only a server that keeps nothing (STR3,
 * STR4).
 */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { together } from '../../run/beside.ts';
import { bytes, count } from '../claims/lines.ts';
import type { ChoiceQuestion, ExpectedRow, Found, Lesson, LessonRow, LessonSetting } from './lesson.ts';
import { lessonTrials, secondsOf } from './quietly.ts';
import { exactRow, lawRow, shownRow } from './row.ts';

const rate = 30;
const pieces = 90;
const size = 20;
const ways = ['fetch-sse', 'ws', 'sse:resume', 'long-polling'] as const;

const answer = {
  kind: 'choice',
  choices: [
    { key: 'a', text: text('fetch: the answer to the POST', 'fetch: POST에 대한 응답') },
    { key: 'b', text: text('WebSocket: a frame a piece', 'WebSocket: 조각마다 프레임 하나') },
    {
      key: 'c',
      text: text('Server-Sent Events that can be resumed', '이어받을 수 있는 Server-Sent Events'),
    },
    {
      key: 'd',
      text: text('none: TCP tells every server that its client is gone', '없음: TCP가 모든 서버에 알려 줌'),
    },
  ],
} as const satisfies ChoiceQuestion;

const expected = async (): Promise<ExpectedRow> => ({ law: 'STR4', unit: 'choice', predicted: ['c'] });

const told = ({ stream: one, transport }: Trial) => {
  if (!one?.cut || !one.cancelled) throw new Error(`nobody broke an answer of ${transport} off`);
  return { cut: one.cut, cancelled: one.cancelled };
};

/** A server that still sends most of what is left has not noticed that its client is gone. */
function goesOn(trial: Trial): boolean {
  const { cut } = told(trial);
  return 2 * cut.saidAfter > cut.clients * trial.load.messages - cut.heard;
}

/** The choice that names the only server that goes on; `d` if none does. Null if several do. */
function whoGoesOn(fetch: Trial, ws: Trial, resumed: Trial): string | null {
  const keys = [fetch, ws, resumed].flatMap((trial, k) => (goesOn(trial) ? ['abc'.charAt(k)] : []));
  return keys.length > 1 ? null : (keys[0] ?? 'd');
}

const lostRow = (trial: Trial): LessonRow =>
  lawRow(trial, {
    law: 'STR4',
    metric: 'pieces lost by the cut',
    text: { en: `${trial.transport}: lost by a cut`, ko: `${trial.transport}: 끊겨서 잃음` },
  });

const toNobodyRow = (trial: Trial): LessonRow =>
  shownRow(
    'count',
    { en: `${trial.transport}: said after the cut`, ko: `${trial.transport}: 끊긴 뒤 보냄` },
    told(trial).cut.saidAfter,
  );

function cancelRows(fetch: Trial, ws: Trial): LessonRow[] {
  const [closing, message] = [told(fetch).cancelled, told(ws).cancelled];
  return [
    exactRow(
      'bytes',
      { en: 'fetch-sse: bytes of a cancel', ko: 'fetch-sse: 취소의 바이트' },
      'STR3',
      0,
      closing.bytes,
    ),
    exactRow(
      'count',
      { en: 'fetch-sse: connections gone with it', ko: 'fetch-sse: 취소로 잃은 연결' },
      'STR3',
      1,
      closing.connections,
    ),
    exactRow(
      'bytes',
      { en: 'ws: bytes of a cancel, one frame', ko: 'ws: 취소의 바이트(프레임 하나)' },
      'WS1',
      size + frameOverhead('up', size),
      message.bytes,
    ),
    exactRow(
      'count',
      { en: 'ws: connections gone with it', ko: 'ws: 취소로 잃은 연결' },
      'STR3',
      0,
      message.connections,
    ),
  ];
}

async function measure(setting: LessonSetting): Promise<Found> {
  const trials = lessonTrials(setting);
  const load = {
    clients: 3,
    rate,
    size,
    warmup: 2,
    pollIntervalMs: 100,
    messages: Math.max(30, Math.round(pieces * setting.scale)),
  };
  // Only bytes and counts are read, so they may run side by side.
  const [fetch, ws, resumed, held] = await together(
    ways.map((name) => trials.counted('stream', name, { load })),
  );
  if (!fetch || !ws || !resumed || !held) throw new Error('nobody answered');
  const asked = exactRow(
    'choice',
    { en: 'who goes on to the end', ko: '끝까지 계속하는 것' },
    'STR4',
    'c',
    whoGoesOn(fetch, ws, resumed),
  );
  const lost = [fetch, ws, resumed, held].map(lostRow);
  const toNobody = [fetch, ws, resumed, held].map(toNobodyRow);
  const cancels = cancelRows(fetch, ws);
  const nobody = (trial: Trial) => count(told(trial).cut.saidAfter);
  return {
    answer: asked,
    rows: [...lost, ...toNobody, ...cancels],
    explanation: [
      {
        text: because,
        on: [asked, ...lost],
        values: {
          fetch: nobody(fetch),
          ws: nobody(ws),
          resumed: nobody(resumed),
          held: nobody(held),
          rest: count(told(ws).cut.lost),
        },
      },
      {
        text: stopping,
        on: cancels,
        values: {
          frame: bytes(told(ws).cancelled.bytes),
          post: bytes(told(resumed).cancelled.bytes),
        },
      },
    ],
    doubtful: trials.doubtful,
  };
}

const because = text(
  'After the cut the servers of fetch and ws said {fetch} and {ws} pieces more: their answer belongs to its connection, and ends with it. The client has lost the rest, over ws {rest} pieces. The server of resumable events said {resumed} to nobody, long polling {held}: there a connection that is gone is a client that may come back, so all is kept, and nothing is lost. The same server cannot tell a cut from somebody who has had enough.',
  '끊긴 뒤에 fetch의 서버는 {fetch}개, ws의 서버는 {ws}개를 더 보냈습니다. 응답이 연결에 딸려 있어 연결과 함께 끝납니다. 클라이언트는 나머지를 잃었고, ws에서는 {rest}개입니다. 이어받을 수 있는 이벤트의 서버는 받는 이 없이 {resumed}개를, 롱 폴링은 {held}개를 더 보냈습니다. 여기서 사라진 연결은 돌아올지도 모르는 클라이언트이므로 모두 보관하고, 아무것도 잃지 않습니다. 그런 서버는 연결이 끊긴 것과 그만 받으려는 것을 구별하지 못합니다.',
);

const stopping = text(
  'So a stop button is a decision. An aborted fetch costs no byte, and its connection: the next question has to open a new one. A frame that says “enough” costs {frame} and keeps the connection; where the stream stands beside POSTs it is a request of {post}. Whoever wants to go on after a cut must say it in a message.',
  '그래서 멈춤 단추는 설계의 문제입니다. fetch를 중단하면 바이트는 들지 않지만 연결을 잃어 다음 질문은 연결을 새로 맺어야 합니다. 그만이라고 알리는 프레임은 {frame}이고 연결을 지킵니다. POST를 따로 쓰는 스트림에서는 {post}짜리 요청입니다. 끊긴 뒤에 이어받고 싶다면 취소는 메시지로 알려야 합니다.',
);

export const stream = {
  id: 11,
  title: text('How does an answer stream?', '응답은 어떻게 흘러나올까?'),
  misconception: text(
    'Close the page, and the server stops: it sees that the connection is gone.',
    '페이지를 닫으면 서버도 멈춥니다. 연결이 사라진 것을 알기 때문입니다.',
  ),
  experiment: text(
    `A client asks one question, and the answer comes in ${pieces} pieces, ${rate} a second, as from a language model. In the middle its connection is cut off. Another client has enough of it in the middle and cancels, as its transport can.`,
    `클라이언트가 질문 하나를 하면 언어 모델처럼 ${pieces}조각으로 나뉜 응답이 초당 ${rate}개씩 옵니다. 그 중간에 연결이 끊깁니다. 다른 클라이언트는 중간에 그만 받기로 하고, 전송 방식이 할 수 있는 대로 취소합니다.`,
  ),
  question: text(
    'Whose server goes on to the end after its client’s connection is gone?',
    '클라이언트의 연결이 사라진 뒤에도 끝까지 계속 보내는 서버는 어느 것일까요?',
  ),
  answer,
  where: 'home',
  minutes: 6,
  // Clients ask one after the other, and the EventSource that was cut comes back after three seconds.
  seconds: secondsOf({ messages: 1.5 * pieces, rate }) + 1,
  expected,
  measure,
  next: {
    command: 'rtcompare run --transport fetch-sse --scenario stream --link 4g',
    why: text(
      'shows the time to the first piece, the gaps, and how long a cancel takes over a real distance',
      '거리가 있을 때 첫 조각까지의 시간과 조각 사이의 간격, 취소가 닿는 데 걸리는 시간을 보여 줍니다',
    ),
  },
} satisfies Lesson;

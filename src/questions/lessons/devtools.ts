/** Lesson 12: what the DevTools of a browser count, and what they leave out (BY3, WS1, SSE3; `anatomy/devtools-counts.ts`). */

import { inEveryLanguage, text } from '../../base/text.ts';
import type { StageWeight } from '../../document/weighing.ts';
import { sseOverhead } from '../../laws/sse.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { type Figure, type Portion, portions } from '../../script/anatomy/devtools-counts.ts';
import { weighTransport } from '../../script/exact-weights.ts';
import { bytes, decimal } from '../claims/lines.ts';
import { type ExpectedRow, type Found, inBytes, type Lesson, type LessonSetting } from './lesson.ts';
import { addedBy, chromium, overheadOf, transportOf, usualBytes, weighMessage } from './lesson-weights.ts';
import { exactRow, shownRow } from './row.ts';

type Field = StageWeight['fields'][number];

const portionOf = ({ direction, layer }: Field): Portion =>
  direction === 'up'
    ? layer === 'http'
      ? 'request-head'
      : 'request-body'
    : layer === 'http'
      ? 'response-head'
      : 'response-body';

/** The bytes of an HTTP exchange that this figure counts; null: bytes that no figure counts. */
const countedIn = (figure: Figure | null, { fields }: StageWeight): number =>
  fields
    .filter((field) => portions[portionOf(field)].counted === figure)
    .reduce((sum, field) => sum + field.bytes, 0);

const expected = async (): Promise<ExpectedRow> => ({
  law: 'BY3',
  unit: 'bytes',
  predicted: [countedIn(null, await weighMessage('http')) + addedBy(chromium)],
});

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  const stage = (name: string) => {
    signal.throwIfAborted();
    onStage(
      inEveryLanguage(text('{name}: one message and its echo', '{name}: 메시지 하나와 에코'), { name }),
    );
  };
  stage('http');
  const plain = await weighMessage('http');
  const posted = await weighMessage('http', { heads: chromium });
  stage('ws');
  const frames = await weighMessage('ws');
  stage('sse');
  const [event] = (await weighTransport(transportOf('sse'))).stages.event ?? [];
  if (!event) throw new Error('sse said nothing');
  const size = countedIn('size', posted);
  const answer = exactRow(
    'bytes',
    metrics.left,
    'BY3',
    countedIn(null, plain) + addedBy(chromium),
    countedIn(null, posted),
  );
  const framesRow = exactRow(
    'bytes',
    metrics.frames,
    'WS1',
    frameOverhead('up', usualBytes) + frameOverhead('down', usualBytes),
    overheadOf(frames, 'up') + overheadOf(frames, 'down'),
  );
  const grows = usualBytes + sseOverhead({ payloadBytes: usualBytes });
  const eventRow = exactRow('bytes', metrics.event, 'SSE3', grows, event.down);
  const whole = posted.up + posted.down;
  return {
    answer,
    rows: [
      shownRow('bytes', metrics.size, size),
      shownRow('bytes', metrics.whole, whole),
      framesRow,
      eventRow,
    ],
    explanation: [
      {
        text: because,
        on: [answer],
        values: {
          size: bytes(size),
          left: bytes(countedIn(null, posted)),
          whole: bytes(whole),
          times: decimal(whole / size),
        },
      },
      { text: framed, on: [framesRow], values: { frames: bytes(framesRow.measured as number) } },
      { text: streamed, on: [eventRow], values: { message: bytes(usualBytes), event: bytes(event.down) } },
    ],
    doubtful: [],
  };
}

const metrics = {
  left: text('HTTP: not in Size', 'HTTP: Size에 없는 것'),
  size: text('HTTP: Size', 'HTTP: Size'),
  whole: text('HTTP: both directions', 'HTTP: 양방향 합계'),
  frames: text('WebSocket: not in Length, two frames', 'WebSocket: Length에 없는 것, 프레임 둘'),
  event: text('SSE: what an event adds to Size', 'SSE: 이벤트 하나가 Size에 더하는 것'),
};

const because = text(
  'Size counts what came down, {size}: status line, headers, body, and where a body is sent in chunks, the chunks’ sizes and line ends. It counts nothing that went up. The request line, the headers and the message itself, {left}, are text in the tabs Headers and Payload and part of no figure. On the wire the exchange took {whole}, {times} times its Size.',
  'Size는 내려온 것만 셉니다. 상태 줄, 헤더, 본문, 그리고 청크로 나눈 본문이면 청크의 크기와 줄바꿈까지 {size}입니다. 올라간 것은 하나도 세지 않습니다. 요청 줄과 헤더와 메시지 {left}는 Headers 탭과 Payload 탭에 글자로 보일 뿐 어느 숫자에도 들어가지 않습니다. 실제로 전송된 것은 {whole}, Size의 {times}배입니다.',
);

const framed = text(
  'Of a WebSocket, Size counts nothing at all. Its tab Messages says the Length of each message in characters; the headers and masks of two frames, {frames} here, are in no figure, and a Korean syllable counts as 1, though UTF-8 takes 3 bytes for it.',
  'WebSocket은 Size가 아무것도 세지 않습니다. Messages 탭의 Length는 메시지를 글자 수로 적습니다. 프레임 둘의 헤더와 마스크 {frames}는 어느 숫자에도 없고, 한글 한 글자는 UTF-8에서 3바이트지만 1로 셉니다.',
);

const streamed = text(
  'The Size of an event stream grows while it is open: by {event} for an event of {message}, because field names and chunk sizes count, though the tab EventStream does not show them.',
  '이벤트 스트림의 Size는 열려 있는 동안 커집니다. {message} 이벤트 하나에 {event}만큼 커지는데, EventStream 탭에는 보이지 않는 필드 이름과 청크 크기도 세기 때문입니다.',
);

export const devtools = {
  id: 12,
  title: { en: 'What DevTools counts', ko: 'DevTools가 세는 것' },
  misconception: {
    en: 'The column Size in the browser’s DevTools says how many bytes a request cost.',
    ko: '브라우저 DevTools의 Size 열에 요청 하나의 비용이 바이트로 나옵니다.',
  },
  experiment: {
    en: `A client posts ${usualBytes} bytes with the headers that Chromium 147 sends, and the server sends them back in its response. All bytes are counted, and each is held against what Chromium’s DevTools count.`,
    ko: `클라이언트가 Chromium 147의 헤더로 ${usualBytes}바이트를 POST하고 서버는 응답에 그대로 담아 돌려줍니다. 바이트를 모두 세고, Chromium의 DevTools가 세는 것과 견줍니다.`,
  },
  question: {
    en: 'How many bytes of this request and its response are not in Size?',
    ko: '이 요청과 응답에서 Size에 들어가지 않는 것은 몇 바이트일까요?',
  },
  answer: inBytes,
  where: 'home',
  minutes: 6,
  seconds: 1,
  expected,
  measure,
  next: {
    command: 'rtcompare serve sse --devtools',
    why: {
      en: 'opens a page whose figures stand beside those of your own browser’s DevTools',
      ko: '내 브라우저의 DevTools 숫자와 나란히 볼 수 있는 페이지를 준비합니다',
    },
  },
} satisfies Lesson;

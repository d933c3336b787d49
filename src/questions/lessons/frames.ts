/** Lesson 5: a frame's header has 2 to 14 bytes, and steps at 125/126 and 65,535/65,536 (law WS1, RFC 6455 §5.2). */
import { inEveryLanguage, text } from '../../base/text.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { bytes } from '../claims/lines.ts';
import {
  type ExpectedRow,
  type Found,
  inBytes,
  type Lesson,
  type LessonRow,
  type LessonSetting,
} from './lesson.ts';
import { overheadOf, weighMessage } from './lesson-weights.ts';

/** On either side of each step. */
const sizes = [125, 126, 65_535, 65_536] as const;
const asked = 126;
const ways = [
  ['up', 'from the client', '클라이언트가 보낼 때'],
  ['down', 'from the server', '서버가 보낼 때'],
] as const;

const stage = text('ws: a message of {size} B', 'ws: {size} B 메시지');

const expected = async (): Promise<ExpectedRow> => ({
  law: 'WS1',
  unit: 'bytes',
  predicted: [frameOverhead('up', asked)],
});

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  const rows: (LessonRow & { readonly size: number; readonly way: 'up' | 'down' })[] = [];
  for (const size of sizes) {
    signal.throwIfAborted();
    onStage(inEveryLanguage(stage, { size: size.toLocaleString('en-US') }));
    const weight = await weighMessage('ws', { message: 'x'.repeat(size) });
    for (const [way, en, ko] of ways)
      rows.push({
        size,
        way,
        unit: 'bytes',
        law: 'WS1',
        tolerance: 0,
        metric: {
          en: `${size.toLocaleString('en-US')} B ${en}`,
          ko: `${size.toLocaleString('en-US')} B, ${ko}`,
        },
        predicted: [frameOverhead(way, size)],
        measured: overheadOf(weight, way),
      });
  }
  const at = (size: number, way: 'up' | 'down') => rows.find((row) => row.size === size && row.way === way);
  const answer = at(asked, 'up');
  if (!answer) throw new Error(`${asked} B were not sent`);
  const heads = rows.map(({ measured }) => Number(measured));
  const shortest = Number(at(125, 'up')?.measured);
  return {
    answer,
    rows: rows.filter((row) => row !== answer),
    explanation: [
      {
        text: because,
        on: rows,
        values: {
          before: bytes(shortest),
          after: bytes(Number(answer.measured)),
          least: bytes(Math.min(...heads)),
          most: bytes(Math.max(...heads)),
        },
      },
    ],
    doubtful: [],
  };
}

const because = {
  en: 'A frame writes its length in seven bits. Values above 125 are signs: after 126 the length follows in two more bytes, after 127 in eight. So one byte more of message made the client’s header grow from {before} to {after}. Clients also send a mask of four random bytes with each frame, so that no script can make a proxy take a message for an HTTP request; servers send none. Headers had {least} to {most} here: far less than HTTP’s, but not nothing.',
  ko: '프레임은 길이를 7비트에 적습니다. 125보다 큰 값은 신호입니다. 126이면 길이가 2바이트 더 따라오고 127이면 8바이트 더 따라옵니다. 그래서 메시지가 1바이트 늘었을 뿐인데 클라이언트의 헤더는 {before}에서 {after}로 늘었습니다. 클라이언트는 프레임마다 새로 만든 무작위 4바이트로 반드시 마스킹합니다. 스크립트가 보낸 메시지를 프록시가 HTTP 요청으로 착각하지 못하게 하려는 것이며, 서버는 마스킹하지 않습니다. 여기서 헤더는 {least}에서 {most} 사이였습니다. HTTP 헤더보다 훨씬 작지만 0은 아닙니다.',
};

export const frames = {
  id: 5,
  title: { en: 'Frames', ko: '프레임' },
  misconception: {
    en: 'After the handshake a WebSocket sends the bare message: there is no header any more.',
    ko: '핸드셰이크가 끝나면 WebSocket은 메시지만 보냅니다. 더는 헤더가 없습니다.',
  },
  experiment: {
    en: 'A client sends messages of 125, 126, 65,535 and 65,536 bytes over ws, and the server sends each one back. What surrounds them is counted.',
    ko: '클라이언트가 ws로 125, 126, 65,535, 65,536바이트 메시지를 보내고 서버는 그대로 돌려줍니다. 메시지를 감싼 바이트를 셉니다.',
  },
  question: {
    en: `How many bytes does the client put before a message of ${asked} bytes?`,
    ko: `클라이언트는 ${asked}바이트 메시지 앞에 몇 바이트를 붙일까요?`,
  },
  answer: inBytes,
  where: 'home',
  minutes: 5,
  seconds: 1,
  expected,
  measure,
  next: {
    command: 'rtcompare wire ws --project',
    why: { en: 'shows a frame’s header bit by bit, large', ko: '프레임 헤더를 비트 단위로 크게 보여 줍니다' },
  },
} satisfies Lesson;

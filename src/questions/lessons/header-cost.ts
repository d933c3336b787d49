/** Lesson 2: what headers cost a small message: HTTP with short and with Chromium's headers, and a frame (BY3, WS1). */
import { inEveryLanguage, text } from '../../base/text.ts';
import type { HeadsByKind } from '../../document/browser-side.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { bytes, decimal } from '../claims/lines.ts';
import { type ExpectedRow, type Found, inBytes, type Lesson, type LessonSetting } from './lesson.ts';
import { addedBy, chromium, firefox, overheadOf, usualBytes, weighMessage } from './lesson-weights.ts';
import { exactRow, shownRow } from './row.ts';

/** Both directions together. */
async function weigh(name: string, heads?: HeadsByKind): Promise<number> {
  const weight = await weighMessage(name, heads && { heads });
  return overheadOf(weight, 'up') + overheadOf(weight, 'down');
}

const expected = async (): Promise<ExpectedRow> => ({
  law: 'BY3',
  unit: 'bytes',
  predicted: [(await weigh('http')) + addedBy(chromium)],
});

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  const both = async (name: string, heads?: HeadsByKind) => {
    signal.throwIfAborted();
    onStage(
      inEveryLanguage(text('{name}: one message and its echo', '{name}: 메시지 하나와 에코'), { name }),
    );
    return weigh(name, heads);
  };
  const plain = await both('http');
  const withBrowser = await both('http', chromium);
  const withFirefox = await both('http', firefox);
  const frames = await both('ws');
  const answer = exactRow(
    'bytes',
    { en: 'HTTP, Chromium’s headers', ko: 'HTTP, Chromium의 헤더' },
    'BY3',
    plain + addedBy(chromium),
    withBrowser,
  );
  const addedRow = exactRow(
    'bytes',
    { en: 'what Chromium adds', ko: 'Chromium이 더하는 것' },
    'BY3',
    addedBy(chromium),
    withBrowser - plain,
  );
  const firefoxRow = exactRow(
    'bytes',
    { en: 'what Firefox adds', ko: 'Firefox가 더하는 것' },
    'BY3',
    addedBy(firefox),
    withFirefox - plain,
  );
  const framesRow = exactRow(
    'bytes',
    { en: 'WebSocket (ws), two frames', ko: 'WebSocket(ws), 프레임 둘' },
    'WS1',
    frameOverhead('up', usualBytes) + frameOverhead('down', usualBytes),
    frames,
  );
  return {
    answer,
    rows: [
      shownRow('bytes', { en: 'HTTP, the shortest headers', ko: 'HTTP, 가장 짧은 헤더' }, plain),
      addedRow,
      firefoxRow,
      framesRow,
    ],
    explanation: [
      {
        text: because,
        on: [answer, addedRow, firefoxRow],
        values: {
          size: bytes(usualBytes),
          browser: bytes(withBrowser),
          times: decimal(withBrowser / (2 * usualBytes)),
          added: bytes(withBrowser - plain),
          firefox: bytes(withFirefox - plain),
        },
      },
      { text: framed, on: [framesRow], values: { frames: bytes(frames) } },
    ],
    doubtful: [],
  };
}

const because = {
  en: 'A header takes its name, its value and four bytes more, and HTTP sends all headers again with every request. Here a message of {size} and its echo took {browser} of headers, {times} times the two payloads; in {added} of that Chromium only describes itself and its page; Firefox takes {firefox} for it. The connection stayed open all the while, so this is not the cost of connecting again.',
  ko: '헤더 하나는 이름과 값에 4바이트를 더한 만큼 들고, HTTP는 요청마다 헤더를 전부 다시 보냅니다. 여기서는 {size} 메시지와 그 에코에 헤더 {browser}가 들었습니다. 두 페이로드의 {times}배입니다. 그중 {added}는 Chromium이 자기와 페이지를 소개하는 데 쓰였습니다. Firefox는 같은 일에 {firefox}를 씁니다. 그동안 연결은 계속 열려 있었으므로 다시 연결하는 비용이 아닙니다.',
};

const framed = {
  en: 'Over WebSocket the same took two frame headers, {frames} in all: little, but not nothing.',
  ko: 'WebSocket에서는 같은 일에 프레임 헤더 둘, 모두 {frames}가 들었습니다. 작지만 0은 아닙니다.',
};

export const headerCost = {
  id: 2,
  title: { en: 'What a header costs', ko: '헤더의 비용' },
  misconception: {
    en: 'HTTP is slow because it connects again each time. Keep the connection open, and a message takes about its own bytes.',
    ko: 'HTTP는 매번 다시 연결해서 느린 것이므로, 연결만 유지하면 메시지는 내용만큼만 듭니다.',
  },
  experiment: {
    en: `A client posts ${usualBytes} bytes over a connection that stays open, and the server sends them back in its response. The client sends the headers that Chromium 147 sends with a POST.`,
    ko: `클라이언트가 열려 있는 연결로 ${usualBytes}바이트를 POST하고 서버는 응답에 그대로 담아 돌려줍니다. 클라이언트는 Chromium 147이 POST에 보내는 헤더를 보냅니다.`,
  },
  question: {
    en: 'How many bytes besides the two payloads does that take, both directions together?',
    ko: '두 페이로드를 빼고, 양방향을 합쳐 몇 바이트가 들까요?',
  },
  answer: inBytes,
  where: 'class',
  minutes: 8,
  seconds: 1,
  expected,
  measure,
  next: {
    command: 'rtcompare run --transport http,ws --headers firefox --cookie 200',
    why: {
      en: 'adds a cookie, which is sent each time as well',
      ko: '쿠키까지 더해 봅니다. 쿠키도 매번 함께 갑니다',
    },
  },
} satisfies Lesson;

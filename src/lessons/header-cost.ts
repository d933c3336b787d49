/** Lesson 2: what headers cost a small message: HTTP with short and with a browser's headers, and a frame (BY3, WS1). */
import { bytes, decimal } from '../claims/lines.ts';
import { headerBytes } from '../laws/http-bytes.ts';
import { frameOverhead } from '../laws/websocket.ts';
import type { Setting } from '../reproductions/reproduction.ts';
import { headersOf } from '../transports/headers.ts';
import { type Found, inBytes, type Lesson } from './lesson.ts';
import { exactRow, shownRow } from './row.ts';
import { overheadOf, usualBytes, weighMessage } from './weighing.ts';

async function measure({ signal, onStage }: Setting): Promise<Found> {
  const browser = headersOf('browser', 0);
  const both = async (name: string, headers = {}) => {
    signal.throwIfAborted();
    onStage(`${name}: one message and its echo`);
    const weight = await weighMessage(name, { headers });
    return overheadOf(weight, 'up') + overheadOf(weight, 'down');
  };
  const plain = await both('http');
  const withBrowser = await both('http', browser);
  const frames = await both('ws');
  const added = Object.entries(browser).reduce((sum, [name, value]) => sum + headerBytes(name, value), 0);
  return {
    answer: exactRow(
      'bytes',
      { en: 'HTTP, a browser’s headers', ko: 'HTTP, 브라우저의 헤더' },
      'BY3',
      plain + added,
      withBrowser,
    ),
    rows: [
      shownRow('bytes', { en: 'HTTP, the shortest headers', ko: 'HTTP, 가장 짧은 헤더' }, plain),
      exactRow(
        'bytes',
        { en: 'what the browser adds', ko: '브라우저가 더하는 것' },
        'BY3',
        added,
        withBrowser - plain,
      ),
      exactRow(
        'bytes',
        { en: 'WebSocket (ws), two frames', ko: 'WebSocket(ws), 프레임 둘' },
        'WS1',
        frameOverhead('up', usualBytes) + frameOverhead('down', usualBytes),
        frames,
      ),
    ],
    explanation: [
      {
        text: because,
        values: {
          size: bytes(usualBytes),
          browser: bytes(withBrowser),
          times: decimal(withBrowser / (2 * usualBytes)),
          added: bytes(withBrowser - plain),
          frames: bytes(frames),
        },
      },
    ],
    doubtful: [],
  };
}

/** Told when the laws hold. */
const because = {
  en: 'A header costs its name, its value and four bytes more, and HTTP sends all of them again with every request. Here {size} of message and the same as its echo paid {browser}, {times} times what they say; {added} of that is only the browser’s description of itself. The connection stayed open all the while: what costs is not connecting again but saying everything again. Two frames paid {frames}. That is small, and it is not nothing.',
  ko: '헤더 하나는 이름과 값에 4바이트를 더한 만큼 들고, HTTP는 요청마다 헤더를 전부 다시 보냅니다. 여기서는 {size} 메시지와 그만한 에코에 {browser}가 들어 내용의 {times}배였습니다. 그중 {added}는 브라우저가 자기를 소개하는 데만 쓰였습니다. 그동안 연결은 계속 열려 있었습니다. 다시 연결해서 비싼 것이 아니라 같은 말을 다시 하기 때문에 비쌉니다. 프레임 둘은 {frames}를 썼습니다. 작지만 0은 아닙니다.',
};

export const headerCost = {
  id: 2,
  title: { en: 'What a header costs', ko: '헤더의 값' },
  misconception: {
    en: 'HTTP is slow because it connects again each time; keep the connection and a message costs about what it says.',
    ko: 'HTTP는 매번 다시 연결해서 느린 것이므로, 연결만 유지하면 메시지는 내용만큼만 든다.',
  },
  experiment: {
    en: `A client posts ${usualBytes} bytes over a connection that stays open, and the server sends them back in its response. The client sends the headers a current browser sends.`,
    ko: `클라이언트가 열려 있는 연결로 ${usualBytes}바이트를 POST하고 서버는 응답에 그대로 담아 돌려줍니다. 클라이언트는 요즘 브라우저가 보내는 헤더를 보냅니다.`,
  },
  question: {
    en: 'How many bytes besides the two payloads does that take, both directions together?',
    ko: '두 페이로드를 빼고, 양방향을 합쳐 몇 바이트가 들까요?',
  },
  answer: inBytes,
  seconds: 1,
  measure,
  next: {
    command: 'rtcompare run --transport http,ws --headers browser --cookie 200',
    why: {
      en: 'adds a cookie, which is sent each time as well',
      ko: '쿠키까지 더해 봅니다. 쿠키도 매번 함께 갑니다',
    },
  },
} satisfies Lesson;

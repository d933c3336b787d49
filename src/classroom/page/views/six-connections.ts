/**
 * The browser's six connections to one origin: what they are, and an experiment that shows them. What it says is
 * computed from the seconds it has measured: browsers differ, and so does what else they have open.
 */
import { text } from '../../../base/text.ts';
import { paths } from '../../../protocols/endpoints.ts';
import { address } from '../../../transports/lane.page.ts';
import type { Control } from '../control-socket.ts';
import { button, element, speak } from '../element.ts';
import { type HeldOutcome, outcomeText, streams } from '../held-request.ts';
import { number, tell } from '../page-reader.ts';
import type { View } from './view.ts';

const closeAfterMs = 4000;
/** Streams that have not opened by then wait behind something else that this browser has open. */
const openWithinMs = 3000;

const texts = {
  title: text('A browser’s six connections', '브라우저의 연결 6개 제한'),
  explain: [
    text(
      'Over HTTP/1.1 a browser opens only a few connections to one origin, mostly six, and all its tabs share them. Every event stream and every waiting long poll keeps one of them busy. Three tabs that race park six, and the next request waits until one of them ends, however long that takes.',
      'HTTP/1.1에서 브라우저는 한 출처에 연결을 몇 개만, 대개 6개까지만 열고 모든 탭이 그것을 나누어 씁니다. 이벤트 스트림과 기다리는 롱 폴링은 저마다 연결 하나를 차지합니다. 탭 세 개가 경주하면 6개가 모두 차고, 다음 요청은 그중 하나가 끝날 때까지 아무리 오래 걸려도 기다립니다.',
    ),
    text(
      'Browsers differ: Firefox allows nine event streams where Chromium allows six. An open WebSocket is not among the six; but to open one, Firefox and WebKitGTK wait behind six streams, and Chromium does not.',
      '브라우저마다 다릅니다. 이벤트 스트림을 Chromium은 6개, Firefox는 9개까지 엽니다. 열린 WebSocket은 이 6개에 들지 않습니다. 그러나 새 WebSocket을 열 때 Firefox와 WebKitGTK는 스트림 6개 뒤에서 기다리고, Chromium은 기다리지 않습니다.',
    ),
    text(
      'So only one tab races here, the one that asked last. Chatting by SSE or long polling also keeps one connection busy in each tab.',
      '그래서 여기서는 마지막으로 요청한 탭 하나만 경주합니다. SSE나 롱 폴링으로 채팅하는 탭도 연결을 하나씩 차지합니다.',
    ),
    text(
      'HTTP/2 carries all requests over one connection, so this limit is gone there; browsers speak it only with TLS.',
      'HTTP/2는 모든 요청을 연결 하나로 주고받으므로 이 제한이 없습니다. 다만 브라우저는 TLS에서만 HTTP/2를 씁니다.',
    ),
  ],
  attempt: text('Open six event streams, then request something', '이벤트 스트림 6개를 열고 요청해 보기'),
  opening: text('Opening six event streams …', '이벤트 스트림 6개를 여는 중입니다 …'),
  holding: text(
    '{open} of 6 streams are open. The next request has waited for {waited} s …',
    '스트림 6개 중 {open}개가 열려 있습니다. 다음 요청이 {waited}초째 기다립니다 …',
  ),
};

/** Resolves when all of them are open, or when waiting any longer makes no sense. */
const opened = (sources: readonly EventSource[]) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, openWithinMs);
    for (const source of sources)
      source.onopen = () => {
        if (sources.every(({ readyState }) => readyState === EventSource.OPEN)) resolve();
      };
  });

/** Six event streams, then one more request: `waits` is told how long it has waited until it is answered. */
async function holdARequest(client: string, waits: (open: number, ms: number) => void): Promise<HeldOutcome> {
  const sources = Array.from(
    { length: streams },
    (_, turn) => new EventSource(address('/chat/sse', paths.events, `${client}.limit${turn}`)),
  );
  await opened(sources);
  const open = sources.filter(({ readyState }) => readyState === EventSource.OPEN).length;
  const began = performance.now();
  const sinceMs = () => performance.now() - began;
  const timer = setInterval(() => waits(open, sinceMs()), 100);
  const closed = new Promise<number>((resolve) =>
    setTimeout(() => {
      const closedMs = sinceMs();
      for (const source of sources) source.close();
      resolve(closedMs);
    }, closeAfterMs),
  );
  const isAnswered = await fetch('/protocols/endpoints.js', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  const heldMs = sinceMs();
  clearInterval(timer);
  return { open, heldMs, closedMs: await closed, isAnswered };
}

export function createLimits(control: Control): View {
  const told = element('p', { class: 'cost', attributes: { role: 'status' } });
  const attempt = button(texts.attempt, () => void tryIt());
  async function tryIt(): Promise<void> {
    const client = control.welcome()?.client;
    if (client === undefined) return;
    attempt.disabled = true;
    speak(told, () => tell(texts.opening));
    const outcome = await holdARequest(client, (open, ms) =>
      speak(told, () => tell(texts.holding, { open: String(open), waited: number(ms / 1000, 1) })),
    );
    speak(told, () => outcomeText(outcome));
    attempt.disabled = false;
  }
  return {
    root: element(
      'div',
      {},
      element('h2', { phrase: texts.title }),
      ...texts.explain.map((phrase) => element('p', { phrase })),
      attempt,
      told,
    ),
  };
}

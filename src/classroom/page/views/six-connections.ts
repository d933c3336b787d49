/**
 * The browser's six connections to one origin, or the one of HTTP/2: an experiment that shows them. Its text is
 * computed from the seconds it has measured and from the relay's counts: browsers differ, and so do their other open
 * connections.
 */
import { text } from '../../../base/text.ts';
import { paths } from '../../../protocols/endpoints.ts';
import { address } from '../../../transports/lane.page.ts';
import type { Control } from '../control-socket.ts';
import { button, element, speak } from '../element.ts';
import { carriedText, type HeldOutcome, outcomeText, streams } from '../held-request.ts';
import { pageOver } from '../page-over.ts';
import { number, tell } from '../page-reader.ts';
import { explanations } from './connection-limit.ts';
import type { View } from './view.ts';

const closeAfterMs = 4000;
/** Streams that have not opened by then wait for other requests that this browser has open. */
const openWithinMs = 3000;

const texts = {
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

/** Opens six event streams, then sends one more request; calls `waits` with its waiting time until it is answered. */
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
  const { title, explain } = explanations[pageOver];
  const told = element('p', { class: 'cost', attributes: { role: 'status' } });
  const attempt = button(texts.attempt, () => void tryIt());
  let isTrying = false;
  // Disabled until the site has given this page a client name: before that a click would do nothing.
  const enable = () => {
    attempt.disabled = isTrying || control.welcome() === null;
  };
  control.on('welcome', enable);
  enable();
  async function tryIt(): Promise<void> {
    const client = control.welcome()?.client;
    if (client === undefined) return;
    isTrying = true;
    enable();
    speak(told, () => tell(texts.opening));
    const outcome = await holdARequest(client, (open, ms) =>
      speak(told, () => tell(texts.holding, { open: String(open), waited: number(ms / 1000, 1) })),
    );
    let connections: number | null = null;
    tellOutcome = (counted) => {
      connections = counted ?? connections;
      speak(told, () =>
        [outcomeText(outcome, pageOver), ...(connections === null ? [] : [carriedText(connections)])].join(
          ' ',
        ),
      );
    };
    tellOutcome(null);
    control.send({ type: 'streams' });
    isTrying = false;
    enable();
  }
  let tellOutcome = (_connections: number | null) => {};
  control.on('streams', ({ connections }) => tellOutcome(connections));
  return {
    root: element(
      'div',
      {},
      element('h2', { phrase: title }),
      ...explain.map((phrase) => element('p', { phrase })),
      attempt,
      told,
    ),
  };
}

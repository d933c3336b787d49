/** Rows A3 and A4, decided by how old a server's event is when it arrives. */
import type { Fact } from '../probes/fact.ts';
import { fact } from '../probes/fact.ts';
import type { Carried, Evidence } from './evidence.ts';
import { judgement, type Reads } from './judgement.ts';
import { sameNs } from './ranking.ts';
import { carriedFacts } from './trial-facts.ts';

/** The transports by which a client can learn of the server's own event. */
export const pushed = ['polling', 'long-polling', 'sse', 'ws'];

export const median = ({ latency }: Carried) => latency?.p50;

/** Which of polling, long polling and SSE deliver an event as soon as ws, as far as this machine can tell. */
function asQuickAsWs(found: readonly Fact[]): Fact[] {
  const ageOf = (transport: string) =>
    found.find((one) => one.metric === 'age-p50' && one.transport === transport);
  const ws = ageOf('ws')?.value;
  const [sse, longPolling] = [ageOf('sse'), ageOf('long-polling')];
  if (typeof ws !== 'number' || !sse || !longPolling) return [];
  const quick = [sse, longPolling].filter(({ value }) => typeof value === 'number' && value <= ws + sameNs);
  const names = quick.map(({ transport }) => (transport === 'sse' ? 'SSE' : transport)).join(', ');
  return [fact('as-quick-as-ws', 'all', names === '' ? null : names)];
}

const ages = {
  needs: ['push'] as const,
  facts(evidence: Evidence) {
    const medians = carriedFacts(evidence, 'push', pushed, 'age-p50', median);
    return [
      ...medians,
      ...asQuickAsWs(medians),
      ...carriedFacts(evidence, 'push', pushed, 'age-p95', ({ latency }) => latency?.p95),
      ...carriedFacts(
        evidence,
        'push',
        ['polling'],
        'poll-interval',
        ({ load }) => load.pollIntervalMs && load.pollIntervalMs * 1e6,
      ),
    ];
  },
  reads: {
    polling: ['age-p50', 'polling'],
    longPolling: ['age-p50', 'long-polling'],
    sse: ['age-p50', 'sse'],
    ws: ['age-p50', 'ws'],
  } satisfies Reads,
  quotes: {
    asQuick: ['as-quick-as-ws', 'all'],
    interval: ['poll-interval', 'polling'],
    pollingLate: ['age-p95', 'polling'],
    wsLate: ['age-p95', 'ws'],
  } satisfies Reads,
  conditions: { refined: { en: 'as soon over HTTP: {asQuick}', ko: 'HTTP로도 똑같이 빠름: {asQuick}' } },
};

export const direction = judgement({
  ...ages,
  brief: [
    {
      en: 'age of an event: SSE {sse}, ws {ws}',
      ko: '이벤트 지연: SSE {sse}, ws {ws}',
    },
  ],
  verdict: ({ longPolling, sse, ws }) =>
    Math.min(longPolling, sse) <= ws + sameNs ? 'refined' : 'confirmed',
  explains: {
    confirmed: {
      en: 'A server’s own event reached the client after {ws} over WebSocket, and later over HTTP: {longPolling} by long polling, {sse} by SSE, {polling} by polling.',
      ko: '서버가 먼저 보낸 이벤트는 WebSocket에서 {ws} 만에 도착했고, HTTP에서는 더 늦었습니다: 롱 폴링 {longPolling}, SSE {sse}, 폴링 {polling}.',
    },
    refined: {
      en: 'True of a single request and its response. But a request that waits, or a response that goes on, carries the server’s own news, too; within 3 ms of WebSocket here: {asQuick} (long polling {longPolling}, SSE {sse}, WebSocket {ws}; plain polling {polling}).',
      ko: '요청 하나와 그 응답만 보면 맞습니다. 그러나 응답을 미뤄 두는 요청(롱 폴링)이나 끝나지 않는 응답(SSE)도 서버의 이벤트를 전달합니다. 여기서 WebSocket과 3 ms 안에 있던 방식: {asQuick}(롱 폴링 {longPolling}, SSE {sse}, WebSocket {ws}, 일반 폴링 {polling}).',
    },
  },
});

export const realTime = judgement({
  ...ages,
  brief: [
    {
      en: 'ws {ws}; polling {polling}, its interval {interval}',
      ko: 'ws {ws}, 폴링 {polling}(간격 {interval})',
    },
  ],
  verdict({ polling, longPolling, sse, ws }) {
    if (ws >= polling) return 'contradicted';
    return Math.min(longPolling, sse) <= ws + sameNs ? 'refined' : 'confirmed';
  },
  explains: {
    confirmed: {
      en: 'Median age of an event: WebSocket {ws}, SSE {sse}, long polling {longPolling}, polling {polling}.',
      ko: '이벤트 지연의 중앙값: WebSocket {ws}, SSE {sse}, 롱 폴링 {longPolling}, 폴링 {polling}.',
    },
    refined: {
      en: 'WebSocket brought an event after {ws} in the median (p95 {wsLate}); over HTTP, within 3 ms of that: {asQuick} (SSE {sse}, long polling {longPolling}). Polling waits for its interval of {interval}: {polling}, p95 {pollingLate}.',
      ko: 'WebSocket은 중앙값 {ws} 만에 이벤트를 전달했습니다(p95 {wsLate}). HTTP에서 이와 3 ms 안에 있던 방식: {asQuick}(SSE {sse}, 롱 폴링 {longPolling}). 폴링은 {interval} 간격만큼 기다립니다: {polling}, p95 {pollingLate}.',
    },
    contradicted: {
      en: 'Here WebSocket was no quicker than polling every {interval}: {ws} against {polling}.',
      ko: '이번 측정에서 WebSocket은 {interval} 간격의 폴링보다 빠르지 않았습니다: {ws} 대 {polling}.',
    },
  },
});

/**
 * How the rows of table A are decided. Over 200 lines because each rule keeps the sentences of its verdicts, in two
 * languages, beside it.
 */

import type { Trial } from '../metrics/report.ts';
import type { Fact } from '../probes/fact.ts';
import { bytesPerEvent, steadyRequests } from './cost.ts';
import type { Evidence, Experiment } from './evidence.ts';
import { judgement, type Reads } from './judgement.ts';
import { exact, rank, timingNoise } from './ranking.ts';
import {
  connectionsPer100,
  connectionsPerClient,
  eventsPerTrial,
  fact,
  facts,
  median,
  messagesUp,
  p95,
  upDown,
} from './trial-facts.ts';

const pushed = ['polling', 'long-polling', 'sse', 'ws'];

/** Medians that differ by less than this on loopback differ by the machine, not by the transport. */
const sameNs = 3e6;

export const communication = judgement({
  needs: ['push'],
  facts: (evidence) =>
    facts(
      evidence,
      'push',
      pushed,
      'requests-per-event',
      (trial) => steadyRequests(trial) / eventsPerTrial(trial),
    ),
  reads: {
    polling: ['requests-per-event', 'polling'],
    longPolling: ['requests-per-event', 'long-polling'],
    sse: ['requests-per-event', 'sse'],
    ws: ['requests-per-event', 'ws'],
  },
  verdict({ polling, longPolling, sse, ws }) {
    if (ws > 0 || Math.min(polling, longPolling) === 0) return 'contradicted';
    return sse > 0 ? 'confirmed' : 'refined';
  },
  explains: {
    confirmed: {
      en: 'Every event over HTTP was asked for ({polling}, {longPolling} and {sse} requests an event by polling, long polling and SSE); over WebSocket none was.',
      ko: 'HTTP에서는 이벤트마다 요청이 필요했고(이벤트당 폴링 {polling}회, 롱 폴링 {longPolling}회, SSE {sse}회), WebSocket에서는 필요 없었습니다.',
    },
    refined: {
      en: 'Requests made for each event: polling {polling}, long polling {longPolling}, WebSocket {ws}. But one HTTP response may go on for ever: SSE made {sse} as well. Only its way up stays request and response.',
      ko: '이벤트당 요청은 폴링 {polling}회, 롱 폴링 {longPolling}회, WebSocket {ws}회였습니다. 그러나 HTTP 응답 하나도 끝없이 이어질 수 있어서 SSE도 {sse}회였습니다. 반드시 요청과 응답으로 주고받아야 하는 것은 클라이언트가 보내는 방향뿐입니다.',
    },
    contradicted: {
      en: 'Requests an event: polling {polling}, long polling {longPolling}, SSE {sse}, WebSocket {ws}. That is not what the document says of one of them.',
      ko: '이벤트당 요청: 폴링 {polling}회, 롱 폴링 {longPolling}회, SSE {sse}회, WebSocket {ws}회. 이 가운데 문서의 설명과 다른 것이 있습니다.',
    },
  },
});

export const connections = judgement({
  needs: ['echo', 'unkept'],
  facts: (evidence) => [
    ...facts(evidence, 'echo', ['http', 'polling'], 'connections-per-100', connectionsPer100),
    ...facts(evidence, 'unkept', ['http', 'polling'], 'connections-per-100-closing', connectionsPer100),
    ...facts(evidence, 'echo', ['ws'], 'connections-per-client', connectionsPerClient),
    ...facts(
      evidence,
      'echo',
      ['ws'],
      'messages-per-connection',
      (trial) => messagesUp(trial) / trial.connections,
    ),
  ],
  reads: {
    kept: ['connections-per-100', 'http'],
    closed: ['connections-per-100-closing', 'http'],
    ws: ['connections-per-client', 'ws'],
    messages: ['messages-per-connection', 'ws'],
  },
  verdict({ kept, closed, ws }) {
    if (ws > 1 || closed < 90) return 'contradicted';
    return kept < 50 ? 'refined' : 'confirmed';
  },
  explains: {
    confirmed: {
      en: '100 requests took {kept} connections, with keep-alive as without; ws kept its {ws} for {messages} messages.',
      ko: 'keep-alive를 켜도 꺼도 요청 100개에 연결 {kept}개가 필요했습니다. ws는 연결 {ws}개를 유지하며 메시지 {messages}개를 보냈습니다.',
    },
    refined: {
      en: 'Only without keep-alive: then 100 requests took {closed} connections. HTTP/1.1 keeps connections by default, and 100 requests took {kept}. ws kept {ws} connection a client for {messages} messages.',
      ko: 'keep-alive를 껐을 때만 맞습니다. 그때는 요청 100개에 연결 {closed}개가 필요했습니다. HTTP/1.1은 기본으로 연결을 유지하므로 요청 100개에 {kept}개였습니다. ws는 클라이언트당 연결 {ws}개로 메시지 {messages}개를 보냈습니다.',
    },
    contradicted: {
      en: '100 requests took {closed} connections even without keep-alive, and {kept} with it; ws took {ws} a client.',
      ko: 'keep-alive를 꺼도 요청 100개에 연결 {closed}개, 켜면 {kept}개였습니다. ws는 클라이언트당 {ws}개였습니다.',
    },
  },
});

const ages = {
  needs: ['push'] as const,
  facts: (evidence: Evidence) => [
    ...facts(evidence, 'push', pushed, 'age-p50', median),
    ...facts(evidence, 'push', pushed, 'age-p95', p95),
  ],
  reads: {
    polling: ['age-p50', 'polling'],
    longPolling: ['age-p50', 'long-polling'],
    sse: ['age-p50', 'sse'],
    ws: ['age-p50', 'ws'],
  } satisfies Reads,
};

export const direction = judgement({
  ...ages,
  verdict: ({ longPolling, sse, ws }) =>
    Math.min(longPolling, sse) <= ws + sameNs ? 'refined' : 'confirmed',
  explains: {
    confirmed: {
      en: 'A server’s own event reached the client after {ws} over WebSocket, and over HTTP only when the client next asked: {longPolling} by long polling, {sse} by SSE, {polling} by polling.',
      ko: '서버가 먼저 보낸 이벤트는 WebSocket에서 {ws} 만에 도착했고, HTTP에서는 클라이언트가 다음 요청을 보낸 뒤에야 도착했습니다: 롱 폴링 {longPolling}, SSE {sse}, 폴링 {polling}.',
    },
    refined: {
      en: 'True of a single request and its response. A request that waits, or a response that goes on, carries the server’s own news just as soon: long polling {longPolling}, SSE {sse}, WebSocket {ws}; plain polling {polling}.',
      ko: '요청 하나와 그 응답만 보면 맞습니다. 그러나 응답을 미뤄 두는 요청(롱 폴링)이나 끝나지 않는 응답(SSE)은 서버의 이벤트를 WebSocket만큼 빨리 전달합니다: 롱 폴링 {longPolling}, SSE {sse}, WebSocket {ws}. 일반 폴링은 {polling}입니다.',
    },
  },
});

export const realTime = judgement({
  ...ages,
  quotes: { pollingLate: ['age-p95', 'polling'], wsLate: ['age-p95', 'ws'] },
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
      en: 'WebSocket is quick ({ws} in the median, p95 {wsLate}), and so are SSE ({sse}) and long polling ({longPolling}). It is polling at an interval that is slow: {polling}, p95 {pollingLate}.',
      ko: 'WebSocket은 빠릅니다(중앙값 {ws}, p95 {wsLate}). 그러나 SSE({sse})와 롱 폴링({longPolling})도 빠릅니다. 느린 것은 간격을 두고 요청하는 폴링입니다: {polling}, p95 {pollingLate}.',
    },
    contradicted: {
      en: 'Here WebSocket was no quicker than polling: {ws} against {polling}.',
      ko: '이번 측정에서 WebSocket은 폴링보다 빠르지 않았습니다: {ws} 대 {polling}.',
    },
  },
});

export const overhead = judgement({
  needs: ['echo', 'browser'],
  facts: (evidence) => [
    ...upDown(evidence, ['http', 'ws']),
    ...facts(evidence, 'browser', ['http', 'ws'], 'overhead-browser', (trial) => trial.perMessage.overhead),
  ],
  reads: {
    httpUp: ['overhead-up', 'http'],
    httpDown: ['overhead-down', 'http'],
    wsUp: ['overhead-up', 'ws'],
    wsDown: ['overhead-down', 'ws'],
  },
  quotes: { browser: ['overhead-browser', 'http'] },
  verdict({ httpUp, httpDown, wsUp, wsDown }) {
    if (wsUp >= httpUp || wsDown >= httpDown) return 'contradicted';
    return wsUp + wsDown > 0 ? 'refined' : 'confirmed';
  },
  explains: {
    confirmed: {
      en: 'After the handshake a WebSocket message carried {wsUp} + {wsDown} bytes besides its payload, an HTTP exchange {httpUp} + {httpDown}.',
      ko: '핸드셰이크 뒤에 페이로드 말고 든 바이트는 WebSocket 메시지마다 {wsUp} + {wsDown} 바이트, HTTP 요청과 응답마다 {httpUp} + {httpDown} 바이트였습니다.',
    },
    refined: {
      en: 'Small, not none: a WebSocket message carries {wsUp} bytes up and {wsDown} down (2 to 14, by its length), an HTTP exchange {httpUp} + {httpDown}, and {browser} with a browser’s headers.',
      ko: '작지만 없지는 않습니다. WebSocket 메시지에는 보낼 때 {wsUp} 바이트, 받을 때 {wsDown} 바이트가 붙습니다(길이에 따라 2~14바이트). HTTP 요청과 응답에는 {httpUp} + {httpDown} 바이트, 브라우저 헤더를 쓰면 {browser} 바이트가 붙습니다.',
    },
    contradicted: {
      en: 'WebSocket carried {wsUp} + {wsDown} bytes a message, HTTP {httpUp} + {httpDown}: not less.',
      ko: '메시지당 WebSocket은 {wsUp} + {wsDown} 바이트, HTTP는 {httpUp} + {httpDown} 바이트로 WebSocket이 더 적지 않았습니다.',
    },
  },
});

const contestants = ['http', ...pushed];

/** The winners of one load by one measure; several where they cannot be told apart. */
function winners(
  evidence: Evidence,
  experiment: Experiment,
  figure: (trial: Trial) => number | null | undefined,
  noise: number,
): string[] {
  const running = evidence.trials(experiment).filter(({ transport }) => contestants.includes(transport));
  return rank(running, figure, noise)?.winners.map(({ item }) => item.transport) ?? [];
}

/** The document gives one load to HTTP and the other to WebSocket. Who wins them, by time and by bytes? */
function contest(evidence: Evidence): Fact[] {
  const asking = [
    winners(evidence, 'echo', median, timingNoise),
    winners(evidence, 'echo', ({ perMessage }) => perMessage.overhead, exact),
  ];
  const telling = [
    winners(evidence, 'push', median, timingNoise),
    winners(evidence, 'push', bytesPerEvent, exact),
  ];
  if ([...asking, ...telling].some((names) => names.length === 0)) return [];
  const agrees = [
    ...asking.map((names) => names.some((name) => name !== 'ws')),
    ...telling.map((names) => names.includes('ws')),
  ];
  const named = (load: string[][]) => load.map((names) => names.join(', ')).join('; ');
  return [
    fact('wins-asking', 'all', named(asking)),
    fact('wins-telling', 'all', named(telling)),
    fact('advice-followed', 'all', agrees.filter(Boolean).length),
    fact('advice-checked', 'all', agrees.length),
  ];
}

export const useCases = judgement({
  needs: ['echo', 'push'],
  facts: contest,
  reads: { followed: ['advice-followed', 'all'], checked: ['advice-checked', 'all'] },
  quotes: { asking: ['wins-asking', 'all'], telling: ['wins-telling', 'all'] },
  // Unless every load and measure gives the same answer, it depends on which of them one cares for.
  verdict: ({ followed, checked }) =>
    followed === checked ? 'confirmed' : followed === 0 ? 'contradicted' : 'opinion',
  explains: {
    confirmed: {
      en: 'Every load and measure here agrees. The client asks: {asking}. The server speaks: {telling} (quickest; fewest bytes).',
      ko: '모든 부하와 기준에서 문서와 일치했습니다. 클라이언트가 요청할 때: {asking}. 서버가 먼저 보낼 때: {telling} (가장 빠름; 바이트 최소).',
    },
    contradicted: {
      en: 'No load and measure here agrees. The client asks: {asking}. The server speaks: {telling} (quickest; fewest bytes).',
      ko: '어떤 부하와 기준에서도 문서와 일치하지 않았습니다. 클라이언트가 요청할 때: {asking}. 서버가 먼저 보낼 때: {telling} (가장 빠름; 바이트 최소).',
    },
    opinion: {
      en: 'A matter of what counts: {followed} of {checked} comparisons agree. The client asks: {asking}. The server speaks: {telling} (quickest; fewest bytes).',
      ko: '무엇을 중시하느냐에 따라 다릅니다. 비교 {checked}건 중 {followed}건이 문서와 일치했습니다. 클라이언트가 요청할 때: {asking}. 서버가 먼저 보낼 때: {telling} (가장 빠름; 바이트 최소).',
    },
  },
});

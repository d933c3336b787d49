/**
 * How the rows of table A are decided: each rule beside the sentences of its verdicts, in both languages.
 */

import type { Fact } from '../probes/fact.ts';
import { bytesPerEvent, steadyRequests } from './cost.ts';
import type { Carried, Evidence } from './evidence.ts';
import { judgement, type Reads } from './judgement.ts';
import { exact, rank, sameNs, timingNoise } from './ranking.ts';
import { carriedFacts, eventsPerTrial, fact, facts, messagesUp, upDown } from './trial-facts.ts';

const pushed = ['polling', 'long-polling', 'sse', 'ws'];

export const communication = judgement({
  needs: ['push'],
  facts: (evidence) =>
    carriedFacts(
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
  brief: [
    {
      en: 'requests an event: polling {polling}, SSE {sse}, ws {ws}',
      ko: '이벤트당 요청: 폴링 {polling}회, SSE {sse}회, ws {ws}회',
    },
  ],
  conditions: { refined: { en: 'SSE asks for none either', ko: 'SSE도 요청하지 않음' } },
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
    ...carriedFacts(evidence, 'echo', ['http', 'ws'], 'connections', ({ connections }) => connections),
    ...carriedFacts(evidence, 'echo', ['http'], 'requests', ({ requests }) => requests),
    ...carriedFacts(evidence, 'echo', ['ws'], 'messages-up', messagesUp),
    ...carriedFacts(evidence, 'echo', ['ws'], 'clients', ({ load }) => load.clients),
    ...facts(evidence, 'unkept', ['http'], 'connections-closing'),
    ...facts(evidence, 'unkept', ['http'], 'requests-closing'),
  ],
  reads: {
    http: ['connections', 'http'],
    requests: ['requests', 'http'],
    ws: ['connections', 'ws'],
    clients: ['clients', 'ws'],
  },
  quotes: {
    messages: ['messages-up', 'ws'],
    closing: ['connections-closing', 'http'],
    closingRequests: ['requests-closing', 'http'],
  },
  brief: [
    {
      en: 'ws {ws} for {messages} messages, http {http} for {requests} requests',
      ko: 'ws {ws}개에 메시지 {messages}개, http {http}개에 요청 {requests}개',
    },
  ],
  conditions: {
    refined: {
      en: 'only without keep-alive ({closing} for {closingRequests})',
      ko: 'keep-alive가 없을 때만({closing}개에 요청 {closingRequests}개)',
    },
  },
  verdict({ http, requests, ws, clients }) {
    if (ws > clients) return 'contradicted';
    return http < 0.9 * requests ? 'refined' : 'confirmed';
  },
  explains: {
    confirmed: {
      en: '{requests} requests took {http} TCP connections; ws took {ws} for {clients} clients and {messages} messages.',
      ko: '요청 {requests}개에 TCP 연결 {http}개가 필요했습니다. ws는 클라이언트 {clients}개의 메시지 {messages}개에 연결 {ws}개를 썼습니다.',
    },
    refined: {
      en: 'Only without keep-alive, where {closingRequests} requests took {closing} TCP connections. HTTP/1.1 keeps connections by default: {requests} requests took {http}. ws took {ws} for {clients} clients and {messages} messages.',
      ko: 'keep-alive를 껐을 때만 맞습니다. 그때는 요청 {closingRequests}개에 TCP 연결 {closing}개가 필요했습니다. HTTP/1.1은 기본으로 연결을 유지하므로 요청 {requests}개에 {http}개였습니다. ws는 클라이언트 {clients}개의 메시지 {messages}개에 연결 {ws}개를 썼습니다.',
    },
    contradicted: {
      en: 'ws took {ws} TCP connections for {clients} clients, more than one a client; {requests} HTTP requests took {http}.',
      ko: 'ws는 클라이언트 {clients}개에 TCP 연결 {ws}개로 클라이언트당 하나보다 많았습니다. HTTP 요청 {requests}개에는 {http}개였습니다.',
    },
  },
});

/** Which of the two patient ways of HTTP bring an event as soon as ws, as far as this machine can tell. */
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

export const overhead = judgement({
  needs: ['echo', 'browser'],
  facts: (evidence) => [
    ...upDown(evidence, ['http', 'ws']),
    ...facts(evidence, 'browser', ['http', 'ws'], 'overhead-browser'),
  ],
  reads: {
    httpUp: ['overhead-up', 'http'],
    httpDown: ['overhead-down', 'http'],
    wsUp: ['overhead-up', 'ws'],
    wsDown: ['overhead-down', 'ws'],
  },
  quotes: { browser: ['overhead-browser', 'http'] },
  brief: [
    {
      en: 'beside a message: ws {wsUp} + {wsDown} B, http {httpUp} + {httpDown} B',
      ko: '메시지에 붙는 바이트: ws {wsUp} + {wsDown} B, http {httpUp} + {httpDown} B',
    },
  ],
  conditions: { refined: { en: 'few bytes, not none', ko: '적지만 없지는 않음' } },
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
const median = ({ latency }: Carried) => latency?.p50;

interface Contest {
  readonly names: readonly string[];
  /** Not so if it rests on the times of a noisy trial. */
  readonly counts: boolean;
}

/** The winners of one load by one measure; several where they cannot be told apart. */
function winners(
  evidence: Evidence,
  experiment: 'echo' | 'push',
  by: 'time' | 'bytes',
  figure: (carried: Carried) => number | null | undefined,
): Contest {
  const carried = evidence.keepAlive ? [...evidence[experiment].values()] : [];
  const running = carried.filter(({ transport }) => contestants.includes(transport));
  const ranking = rank(running, figure, by === 'time' ? timingNoise : exact, by === 'time' ? sameNs : 0);
  return {
    names: ranking?.winners.map(({ item }) => item.transport) ?? [],
    counts: by === 'bytes' || running.every(({ verdict }) => verdict !== 'noisy'),
  };
}

/** The document gives one load to HTTP and the other to WebSocket. Who wins them, by time and by bytes? */
function contest(evidence: Evidence): Fact[] {
  const asking = [
    winners(evidence, 'echo', 'time', median),
    winners(evidence, 'echo', 'bytes', ({ perMessage }) => perMessage.overhead),
  ];
  const telling = [
    winners(evidence, 'push', 'time', median),
    winners(evidence, 'push', 'bytes', bytesPerEvent),
  ];
  const all = [...asking, ...telling];
  if (all.some(({ names }) => names.length === 0)) return [];
  const agrees = [
    ...asking.filter(({ counts }) => counts).map(({ names }) => names.some((name) => name !== 'ws')),
    ...telling.filter(({ counts }) => counts).map(({ names }) => names.includes('ws')),
  ];
  const followed = agrees.filter(Boolean).length;
  // What is left out could only turn an agreement of all the others.
  const isOpen = agrees.length < all.length && (followed === 0 || followed === agrees.length);
  const named = (load: readonly Contest[]) =>
    load.map(({ names, counts }) => (counts ? names.join(', ') : '~')).join('; ');
  const lightest = (load: readonly Contest[]) => load.at(-1)?.names.join(', ') ?? null;
  return [
    fact('wins-asking', 'all', named(asking)),
    fact('wins-telling', 'all', named(telling)),
    fact('lightest-asking', 'all', lightest(asking)),
    fact('lightest-telling', 'all', lightest(telling)),
    { ...fact('advice-followed', 'all', followed), ...(isOpen ? { noisy: true } : {}) },
    fact('advice-checked', 'all', agrees.length),
  ];
}

export const useCases = judgement({
  needs: ['echo', 'push'],
  facts: contest,
  reads: { followed: ['advice-followed', 'all'], checked: ['advice-checked', 'all'] },
  quotes: {
    asking: ['wins-asking', 'all'],
    telling: ['wins-telling', 'all'],
    lightestAsking: ['lightest-asking', 'all'],
    lightestTelling: ['lightest-telling', 'all'],
  },
  brief: [
    {
      en: 'fewest bytes: {lightestAsking} for an echo, {lightestTelling} for an event',
      ko: '바이트 최소: 에코 {lightestAsking}, 이벤트 {lightestTelling}',
    },
  ],
  conditions: {
    opinion: {
      en: 'agrees in {followed} of {checked}',
      ko: '비교 {checked}건 중 {followed}건 일치',
    },
  },
  // Unless every load and measure gives the same answer, it depends on which of them one cares for.
  verdict: ({ followed, checked }) =>
    followed === checked ? 'confirmed' : followed === 0 ? 'contradicted' : 'opinion',
  explains: {
    confirmed: {
      en: 'Every load and measure here agrees. The client asks: {asking}. The server speaks: {telling} (quickest within 3 ms; fewest bytes).',
      ko: '모든 부하와 기준에서 문서와 일치했습니다. 클라이언트가 요청할 때: {asking}. 서버가 먼저 보낼 때: {telling} (3 ms 안에서 가장 빠름; 바이트 최소).',
    },
    contradicted: {
      en: 'No load and measure here agrees. The client asks: {asking}. The server speaks: {telling} (quickest within 3 ms; fewest bytes).',
      ko: '어떤 부하와 기준에서도 문서와 일치하지 않았습니다. 클라이언트가 요청할 때: {asking}. 서버가 먼저 보낼 때: {telling} (3 ms 안에서 가장 빠름; 바이트 최소).',
    },
    opinion: {
      en: 'A matter of what counts: {followed} of {checked} comparisons agree. The client asks: {asking}. The server speaks: {telling} (quickest within 3 ms; fewest bytes).',
      ko: '무엇을 중시하느냐에 따라 다릅니다. 비교 {checked}건 중 {followed}건이 문서와 일치했습니다. 클라이언트가 요청할 때: {asking}. 서버가 먼저 보낼 때: {telling} (3 ms 안에서 가장 빠름; 바이트 최소).',
    },
  },
});

/**
 * How rows A1, A2 and A5 are decided: each rule beside the sentences of its verdicts, in both languages. A3 and A4 are in
 * event-ages.ts, A6 in use-cases.ts.
 */
import { steadyRequests } from './cost.ts';
import { pushed } from './event-ages.ts';
import type { Carried } from './evidence.ts';
import { judgement } from './judgement.ts';
import { carriedFacts, eventsPerTrial, facts, messagesUp, upDown } from './trial-facts.ts';

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

/**
 * 1 if HTTP/2 carries the trial and its law of one connection per client holds: then a client cannot ask for another.
 */
const isOneByLaw = ({ predictions = [] }: Carried): number =>
  predictions.some(({ law, verdict }) => law === 'H2C' && verdict === 'holds') ? 1 : 0;

export const connections = judgement({
  needs: ['echo', 'unkept'],
  facts: (evidence) => [
    ...carriedFacts(evidence, 'echo', ['http', 'ws'], 'connections', ({ connections }) => connections),
    ...carriedFacts(evidence, 'echo', ['http'], 'one-connection', isOneByLaw),
    ...carriedFacts(evidence, 'echo', ['http'], 'requests', ({ requests }) => requests),
    ...carriedFacts(evidence, 'echo', ['ws'], 'messages-up', messagesUp),
    ...carriedFacts(evidence, 'echo', ['ws'], 'clients', ({ load }) => load.clients),
    ...facts(evidence, 'unkept', ['http'], 'connections-closing'),
    ...facts(evidence, 'unkept', ['http'], 'requests-closing'),
  ],
  reads: {
    http: ['connections', 'http'],
    one: ['one-connection', 'http'],
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
  verdict({ http, one, requests, ws, clients }) {
    if (ws > clients || one === 1) return 'contradicted';
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
      en: 'Not as said: {requests} HTTP requests took {http} TCP connections, ws {ws} for {clients} clients. Whether the protocol itself has one connection a client (law H2C): {one}.',
      ko: '문서의 설명과 다릅니다. HTTP 요청 {requests}개에 TCP 연결 {http}개였고, ws는 클라이언트 {clients}개에 {ws}개였습니다. 프로토콜 자체가 클라이언트마다 연결 하나를 쓰는가(법칙 H2C): {one}.',
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
      en: 'Small, not none: a WebSocket message carries {wsUp} bytes up and {wsDown} down (2 to 14 of them its frame’s, by its length), an HTTP exchange {httpUp} + {httpDown}, and {browser} with the headers of Chromium 147.',
      ko: '작지만 없지는 않습니다. WebSocket 메시지에는 보낼 때 {wsUp} 바이트, 받을 때 {wsDown} 바이트가 붙습니다(그중 프레임은 길이에 따라 2~14바이트). HTTP 요청과 응답에는 {httpUp} + {httpDown} 바이트, Chromium 147의 헤더로는 {browser} 바이트가 붙습니다.',
    },
    contradicted: {
      en: 'WebSocket carried {wsUp} + {wsDown} bytes a message, HTTP {httpUp} + {httpDown}: not less.',
      ko: '메시지당 WebSocket은 {wsUp} + {wsDown} 바이트, HTTP는 {httpUp} + {httpDown} 바이트로 WebSocket이 더 적지 않았습니다.',
    },
  },
});

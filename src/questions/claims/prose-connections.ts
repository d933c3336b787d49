/**
 * What the document says in the prose around table A about what connections carry and save, and how it is decided.
 */
import type { Trial } from '../../document/report.ts';
import { fact } from '../probes/fact.ts';
import type { ProseClaim } from './claim.ts';
import { setupBytesPerClient } from './cost.ts';
import type { Evidence } from './evidence.ts';
import { judgement } from './judgement.ts';
import { priceBehindProxy, priceFacts } from './judgements-b.ts';
import { connectionsPer100, connectionsPerClient, facts, probed } from './trial-facts.ts';

/** Bytes of the steady phase that only encode bytes as text, per message and its echo. */
const encodingBytes = ({ wire, messages }: Trial) => {
  const encoding = wire.layers.filter(({ layer, phase }) => layer === 'encoding' && phase === 'steady');
  return messages.down > 0 ? encoding.reduce((sum, { bytes }) => sum + bytes, 0) / messages.down : null;
};
const carriers = ['http', 'polling', 'long-polling', 'sse', 'ws', 'socket.io'];

const A10: ProseClaim = {
  id: 'A10',
  table: null,
  title: { en: 'Binary data', ko: '바이너리 데이터' },
  says: {
    prose: {
      en: 'HTTP suits varied binary data less; WebSocket carries text and binary efficiently',
      ko: 'HTTP는 다양한 바이너리 데이터에 덜 적합하고, WebSocket은 텍스트와 바이너리를 효율적으로 전달합니다',
    },
  },
  judgement: judgement({
    needs: ['binary'],
    facts: (evidence) => [
      ...facts(evidence, 'binary', carriers, 'encoding-bytes', encodingBytes),
      ...facts(evidence, 'binary', carriers, 'binary-overhead'),
    ],
    reads: {
      http: ['encoding-bytes', 'http'],
      sse: ['encoding-bytes', 'sse'],
      ws: ['encoding-bytes', 'ws'],
      httpOverhead: ['binary-overhead', 'http'],
      wsOverhead: ['binary-overhead', 'ws'],
    },
    quotes: { sseOverhead: ['binary-overhead', 'sse'] },
    verdict({ http, sse, ws, httpOverhead, wsOverhead }) {
      if (ws > 0 || wsOverhead >= httpOverhead) return 'contradicted';
      return http === 0 && sse > 0 ? 'refined' : http > 0 ? 'confirmed' : 'contradicted';
    },
    explains: {
      confirmed: {
        en: 'The same random bytes needed {http} bytes of encoding over HTTP and {ws} over WebSocket; besides the payload {httpOverhead} and {wsOverhead}.',
        ko: '같은 무작위 데이터를 인코딩하는 데 HTTP는 {http} 바이트, WebSocket은 {ws} 바이트가 들었고, 페이로드를 뺀 나머지는 {httpOverhead} 대 {wsOverhead} 바이트였습니다.',
      },
      refined: {
        en: 'An HTTP body carries bytes as they are ({http} bytes of encoding, as ws: {ws}); an event stream is text and adds {sse} to 1,024. What weighs on HTTP are headers: {httpOverhead} bytes an exchange, SSE {sseOverhead}, ws {wsOverhead}.',
        ko: 'HTTP 본문은 바이트를 그대로 전달합니다(인코딩 {http} 바이트, ws도 {ws} 바이트). 이벤트 스트림은 텍스트라서 1,024바이트에 {sse} 바이트가 더 붙습니다. HTTP에서 부담이 되는 것은 헤더입니다: 요청과 응답에 {httpOverhead} 바이트, SSE {sseOverhead} 바이트, ws {wsOverhead} 바이트.',
      },
      contradicted: {
        en: 'Encoding took {http} bytes over HTTP, {sse} over SSE and {ws} over WebSocket; overhead {httpOverhead} and {wsOverhead}.',
        ko: '인코딩에 HTTP {http} 바이트, SSE {sse} 바이트, WebSocket {ws} 바이트가 들었고 오버헤드는 {httpOverhead} 대 {wsOverhead} 바이트였습니다.',
      },
    },
  }),
};

const A14: ProseClaim = {
  id: 'A14',
  table: null,
  title: { en: 'To other clients at once', ko: '다른 클라이언트에게 즉시' },
  says: {
    prose: {
      en: 'a message can be passed on to other clients at once, as in a chat',
      ko: '채팅처럼 메시지를 다른 클라이언트에게 바로 전달할 수 있습니다',
    },
  },
  judgement: judgement({
    needs: ['chat', 'behind-proxy'],
    facts: (evidence) => [
      ...facts(evidence, 'chat', ['ws'], 'chat-delivered'),
      ...facts(evidence, 'chat', ['ws'], 'chat-expected'),
      ...facts(evidence, 'chat', ['ws'], 'hears-first'),
      ...facts(evidence, 'chat', ['ws'], 'hears-last'),
      ...probed(evidence, ...priceFacts),
    ],
    reads: {
      delivered: ['chat-delivered', 'ws'],
      expected: ['chat-expected', 'ws'],
      first: ['hears-first', 'ws'],
      last: ['hears-last', 'ws'],
    },
    quotes: priceBehindProxy,
    besides: [
      {
        en: 'Through {between} no WebSocket comes: there Socket.IO’s polling brought {proxiedHeard} of {copies} copies, at {proxiedBytes} for a message to two others instead of {directBytes}.',
        ko: '{between}은(는) WebSocket을 통과시키지 않습니다. 그 뒤에서 Socket.IO의 폴링은 사본 {copies}개 중 {proxiedHeard}개를 전했고, 두 명에게 보낸 메시지 하나에 {directBytes} 대신 {proxiedBytes}가 들었습니다.',
      },
    ],
    // A client that hears in time on a busy machine would on a quiet one.
    despiteNoise: ['confirmed', 'contradicted'],
    // From a quarter of a second on, people notice a delay in a conversation (ITU-T G.114 asks for 150 ms).
    verdict: ({ delivered, expected, last }) =>
      delivered < expected ? 'contradicted' : last < 250e6 ? 'confirmed' : 'refined',
    explains: {
      confirmed: {
        en: 'All {delivered} of {expected} copies arrived; the first of the receivers heard a message after {first}, the last after {last} (medians): a broadcast is a loop.',
        ko: '사본 {expected}개 중 {delivered}개가 모두 도착했습니다. 가장 먼저 받은 클라이언트는 {first}, 마지막 클라이언트는 {last} 만에 받았습니다(중앙값). 서버가 클라이언트마다 차례로 보내기 때문입니다.',
      },
      refined: {
        en: 'All {delivered} copies arrived, but the last receiver heard only after {last}, the first after {first}.',
        ko: '사본 {delivered}개가 모두 도착했지만 마지막 클라이언트는 {last} 뒤에야 받았습니다(처음은 {first}).',
      },
      contradicted: {
        en: 'Only {delivered} of {expected} copies arrived.',
        ko: '사본 {expected}개 중 {delivered}개만 도착했습니다.',
      },
    },
  }),
};

/** From which message on a ws client has cost fewer bytes than one that POSTs over a kept-alive connection. */
function breakEven(evidence: Evidence) {
  const of = (transport: string) => evidence.trials('connect').find((trial) => trial.transport === transport);
  const [ws, http] = [of('ws'), of('http')];
  const cost = (trial: Trial | undefined) => trial?.perMessage.overhead ?? null;
  const [wsCost, httpCost] = [cost(ws), cost(http)];
  if (!ws || !http || wsCost === null || httpCost === null || wsCost >= httpCost) return [];
  const saved = (setupBytesPerClient(ws) ?? 0) - (setupBytesPerClient(http) ?? 0);
  return [fact('break-even', 'ws', Math.floor(saved / (httpCost - wsCost)) + 1)];
}

const roundTrips = ({ stages, link }: Trial) => {
  const ready = stages.find(({ stage }) => stage === 'ready');
  const rttMs = link.upDelayMs + link.downDelayMs;
  return ready && rttMs > 0 ? ready.p50Ns / 1e6 / rttMs : null;
};

const A15: ProseClaim = {
  id: 'A15',
  table: null,
  title: { en: 'Set-up saved', ko: '줄어드는 연결 작업' },
  says: {
    prose: {
      en: 'a persistent connection saves the work of setting up and tearing down',
      ko: '연결을 유지하면 연결을 맺고 끊는 작업이 줄어듭니다',
    },
  },
  judgement: judgement({
    needs: ['connect', 'unkept', 'echo'],
    facts: (evidence) => [
      ...facts(evidence, 'connect', ['ws', 'http'], 'setup-bytes', setupBytesPerClient),
      ...facts(evidence, 'connect', ['ws'], 'setup-round-trips', roundTrips),
      ...breakEven(evidence),
      ...facts(evidence, 'unkept', ['http'], 'connections-per-100-closing', connectionsPer100),
      ...facts(evidence, 'echo', ['ws'], 'connections-per-client', connectionsPerClient),
    ],
    reads: {
      even: ['break-even', 'ws'],
      closing: ['connections-per-100-closing', 'http'],
      ws: ['connections-per-client', 'ws'],
    },
    quotes: { trips: ['setup-round-trips', 'ws'], setup: ['setup-bytes', 'ws'] },
    verdict: ({ even, closing, ws }) =>
      ws > 1 || closing < 90 ? 'contradicted' : even <= 10 ? 'confirmed' : 'refined',
    explains: {
      confirmed: {
        en: 'Closed each time, 100 requests set up {closing} connections; ws set up {ws} a client, once, for {setup} bytes and {trips} round trips, and is cheaper than kept-alive POSTs from message {even} on.',
        ko: '매번 닫으면 요청 100개에 연결 {closing}개를 맺습니다. ws는 클라이언트당 {ws}개를 한 번만, {setup} 바이트와 왕복 {trips}회로 맺고, {even}번째 메시지부터 keep-alive를 쓰는 POST보다 바이트가 적습니다.',
      },
      refined: {
        en: 'Saved, but not at once: set-up takes {setup} bytes and {trips} round trips, and ws is cheaper than kept-alive POSTs only from message {even} on.',
        ko: '줄어들지만 처음부터는 아닙니다. 연결에 {setup} 바이트와 왕복 {trips}회가 들고, {even}번째 메시지부터야 keep-alive를 쓰는 POST보다 바이트가 적습니다.',
      },
      contradicted: {
        en: 'Not as said: asked to close each time, HTTP took {closing} connections for 100 requests; ws took {ws} a client.',
        ko: '문서의 설명과 다릅니다. 매번 닫으라고 해도 HTTP는 요청 100개에 연결 {closing}개를 썼고, ws는 클라이언트당 {ws}개였습니다.',
      },
    },
  }),
};

const A16: ProseClaim = {
  id: 'A16',
  table: null,
  title: { en: 'Stateless', ko: '무상태(stateless)' },
  says: {
    prose: {
      en: 'HTTP is stateless: each request stands alone',
      ko: 'HTTP는 상태를 저장하지 않으며 요청은 서로 독립적입니다',
    },
  },
  judgement: judgement({
    needs: ['statelessness'],
    facts: (evidence) =>
      probed(evidence, 'requests-on-one-connection', 'messages-with-identity', 'messages-without-identity'),
    reads: {
      requests: ['requests-on-one-connection', 'polling'],
      named: ['messages-with-identity', 'polling'],
      nameless: ['messages-without-identity', 'polling'],
    },
    verdict({ requests, named, nameless }) {
      if (named === 0 || nameless > 0) return 'contradicted';
      return requests > 1 ? 'confirmed' : 'refined';
    },
    explains: {
      confirmed: {
        en: '{requests} requests went over one connection; one that named its client found {named} message, one that did not found {nameless}. So the connection is no memory: reusing it and being stateless are two things.',
        ko: '요청 {requests}개가 한 연결로 전송되었습니다. 클라이언트 ID를 넣은 요청은 메시지 {named}개를 받았고, 넣지 않은 요청은 {nameless}개를 받았습니다. 연결이 상태를 기억해 주지는 않습니다. 연결 재사용과 무상태는 서로 다른 성질입니다.',
      },
      refined: {
        en: 'A request that named its client found {named} message, one that did not found {nameless}; but each had a connection of its own, so this shows less than it should.',
        ko: 'ID를 넣은 요청은 메시지 {named}개, 넣지 않은 요청은 {nameless}개를 받았습니다. 그러나 요청마다 연결이 따로여서 충분한 증거는 아닙니다.',
      },
      contradicted: {
        en: 'Named, a request found {named} messages, nameless {nameless}: the server remembered the connection.',
        ko: 'ID를 넣은 요청은 메시지 {named}개, 넣지 않은 요청은 {nameless}개를 받았습니다. 서버가 연결을 기억했습니다.',
      },
    },
  }),
};

export const proseAboutConnections: readonly ProseClaim[] = [A10, A14, A15, A16];

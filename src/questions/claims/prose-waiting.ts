/**
 * What the document says in the prose around table A about waiting and waste, and how it is decided.
 */
import type { Trial } from '../../document/report.ts';
import type { ProseClaim } from './claim.ts';
import { bytesPerEvent, steadyRequests } from './cost.ts';
import { judgement } from './judgement.ts';
import { eventsPerTrial, facts, idleCpuNs } from './trial-facts.ts';

const hourly = ({ idle }: Trial) => idle;
const listeners = ['polling', 'long-polling', 'sse', 'ws'];

const A7: ProseClaim = {
  id: 'A7',
  table: null,
  title: { en: 'Polling when nothing is new', ko: '새 데이터가 없을 때의 폴링' },
  says: {
    prose: {
      en: 'polling wastes network and burdens the server even when nothing is new',
      ko: '폴링은 새 데이터가 없어도 네트워크를 낭비하고 서버에 부담을 줍니다',
    },
  },
  judgement: judgement({
    needs: ['idle'],
    facts: (evidence) => [
      ...facts(
        evidence,
        'idle',
        ['polling'],
        'empty-polls',
        ({ polls }) => polls && polls.empty / polls.made,
      ),
      ...facts(evidence, 'idle', listeners, 'idle-bytes', (trial) => hourly(trial)?.bytes),
      ...facts(evidence, 'idle', listeners, 'idle-requests', (trial) => hourly(trial)?.requests),
      ...facts(evidence, 'idle', listeners, 'idle-cpu', idleCpuNs),
    ],
    reads: {
      empty: ['empty-polls', 'polling'],
      polling: ['idle-bytes', 'polling'],
      ws: ['idle-bytes', 'ws'],
      pollingCpu: ['idle-cpu', 'polling'],
      wsCpu: ['idle-cpu', 'ws'],
    },
    quotes: { requests: ['idle-requests', 'polling'] },
    verdict({ empty, polling, ws, pollingCpu, wsCpu }) {
      if (empty < 0.5 || polling <= ws) return 'contradicted';
      return pollingCpu > 2 * wsCpu ? 'confirmed' : 'refined';
    },
    explains: {
      confirmed: {
        en: 'With nothing to tell, {empty} of the polls were empty: {requests} requests and {polling} a client and hour (ws: {ws}), and {pollingCpu} of the server’s processor (ws: {wsCpu}); extrapolated.',
        ko: '보낼 데이터가 없을 때 폴링에서 빈 응답의 비율은 {empty}입니다. 클라이언트당 한 시간에 요청 {requests}회, {polling}(ws {ws}), 서버 CPU {pollingCpu}(ws {wsCpu})입니다(외삽한 값).',
      },
      refined: {
        en: 'The network, yes: {empty} of the polls were empty, {polling} a client and hour against {ws} over ws. The server’s processor took at most twice as much: {pollingCpu} against {wsCpu}.',
        ko: '네트워크에서는 맞습니다. 폴링에서 빈 응답의 비율은 {empty}, 클라이언트당 한 시간에 {polling}(ws {ws})입니다. 서버 CPU는 두 배를 넘지 않았습니다: {pollingCpu} 대 {wsCpu}.',
      },
      contradicted: {
        en: 'Here {empty} of the polls were empty, and polling sent {polling} a client and hour, ws {ws}.',
        ko: '여기서는 폴링에서 빈 응답의 비율이 {empty}, 클라이언트당 한 시간에 폴링 {polling}, ws {ws}입니다.',
      },
    },
  }),
};

/**
 * How many polls a fixed interval makes between the two ends of the phase: law POLL3, as the trial itself checks it.
 */
const pollsOf = (which: 'predicted' | 'measured') => (trial: Trial) => {
  const law = trial.predictions.find(({ law }) => law === 'POLL3');
  const value = law?.[which];
  return typeof value === 'number' ? value : null;
};

const A8: ProseClaim = {
  id: 'A8',
  table: null,
  title: { en: 'A fixed interval', ko: '고정된 간격' },
  says: {
    prose: { en: 'polling asks again at a fixed interval', ko: '폴링은 일정한 간격으로 다시 요청합니다' },
  },
  judgement: judgement({
    needs: ['push'],
    facts: (evidence) => [
      ...facts(evidence, 'push', ['polling'], 'polls', pollsOf('measured')),
      ...facts(evidence, 'push', ['polling'], 'polls-due', pollsOf('predicted')),
      ...facts(evidence, 'push', ['polling'], 'age-in-intervals', ({ latency, load }) =>
        latency ? latency.mean / (load.pollIntervalMs * 1e6) : null,
      ),
      ...facts(evidence, 'push', ['polling', 'ws'], 'age-p50'),
    ],
    reads: { made: ['polls', 'polling'], due: ['polls-due', 'polling'] },
    quotes: { age: ['age-in-intervals', 'polling'], polling: ['age-p50', 'polling'], ws: ['age-p50', 'ws'] },
    verdict: ({ made, due }) => (made === due ? 'confirmed' : 'contradicted'),
    explains: {
      confirmed: {
        en: '{made} polls where a fixed interval makes {due}. What follows is our inference: news waits for the next poll, on average {age} intervals (median {polling}, ws {ws}).',
        ko: '폴링 {made}번을 보냈고, 고정 간격이라면 {due}번입니다. 다음은 여기서 끌어낸 결론입니다. 새 데이터는 다음 폴링까지 평균 {age} 간격을 기다립니다(중앙값 {polling}, ws {ws}).',
      },
      contradicted: {
        en: '{made} polls, where a fixed interval makes {due}.',
        ko: '폴링 {made}번을 보냈지만, 고정 간격이라면 {due}번입니다.',
      },
    },
  }),
};

/** Messages that went up in requests of their own. */
const postsPerMessage = (trial: Trial) => {
  const posts = trial.exchanges
    .filter(({ kind, phase }) => phase === 'steady' && kind.startsWith('POST '))
    .reduce((sum, { count }) => sum + count, 0);
  return trial.messages.up > 0 ? posts / trial.messages.up : null;
};

const A9: ProseClaim = {
  id: 'A9',
  table: null,
  title: { en: 'Long polling and SSE', ko: '롱 폴링과 SSE' },
  says: {
    prose: {
      en: 'long polling and SSE overcome one-way HTTP, with limits and overhead',
      ko: '롱 폴링과 SSE는 HTTP의 단방향 제약을 극복하지만 한계와 오버헤드가 있습니다',
    },
  },
  judgement: judgement({
    needs: ['push', 'echo'],
    facts: (evidence) => [
      ...facts(evidence, 'push', listeners, 'age-p50'),
      ...facts(evidence, 'push', listeners, 'bytes-per-event', bytesPerEvent),
      ...facts(
        evidence,
        'push',
        listeners,
        'requests-per-event',
        (trial) => steadyRequests(trial) / eventsPerTrial(trial),
      ),
      ...facts(evidence, 'echo', ['sse', 'ws'], 'posts-per-message', postsPerMessage),
    ],
    reads: {
      polling: ['age-p50', 'polling'],
      longPolling: ['age-p50', 'long-polling'],
      sse: ['age-p50', 'sse'],
      longPollingBytes: ['bytes-per-event', 'long-polling'],
      sseBytes: ['bytes-per-event', 'sse'],
      wsBytes: ['bytes-per-event', 'ws'],
    },
    quotes: { requests: ['requests-per-event', 'long-polling'], posts: ['posts-per-message', 'sse'] },
    verdict({ polling, longPolling, sse, longPollingBytes, sseBytes, wsBytes }) {
      if (Math.min(longPolling, sse) >= polling) return 'contradicted';
      return Math.max(longPolling, sse) < polling && longPollingBytes > wsBytes && sseBytes > wsBytes
        ? 'confirmed'
        : 'refined';
    },
    explains: {
      confirmed: {
        en: 'Events came after {longPolling} and {sse} (polling: {polling}). The price: {requests} requests and {longPollingBytes} bytes an event by long polling, {sseBytes} by SSE (ws: {wsBytes}), and {posts} POST for each message up. A browser’s limit of six connections is not measured here.',
        ko: '이벤트는 롱 폴링 {longPolling}, SSE {sse} 만에 도착했습니다(폴링 {polling}). 그 대신 이벤트당 롱 폴링은 요청 {requests}회와 {longPollingBytes} 바이트, SSE는 {sseBytes} 바이트가 들고(ws {wsBytes}), 보내는 메시지마다 POST {posts}회가 필요합니다. 브라우저의 연결 6개 제한은 여기서 측정하지 않았습니다.',
      },
      refined: {
        en: 'Not in everything: events came after {longPolling} by long polling and {sse} by SSE (polling: {polling}), for {longPollingBytes} and {sseBytes} bytes an event (ws: {wsBytes}).',
        ko: '모든 면에서 그런 것은 아닙니다. 이벤트는 롱 폴링 {longPolling}, SSE {sse} 만에 도착했고(폴링 {polling}), 이벤트당 바이트는 {longPollingBytes}, {sseBytes}였습니다(ws {wsBytes}).',
      },
      contradicted: {
        en: 'They were no quicker than polling here: {longPolling} and {sse} against {polling}.',
        ko: '여기서는 폴링보다 빠르지 않았습니다: 롱 폴링 {longPolling}, SSE {sse} 대 폴링 {polling}.',
      },
    },
  }),
};

export const proseAboutWaiting: readonly ProseClaim[] = [A7, A8, A9];

/** What the document says of cost at scale, decided by saturated servers. */
import type { Trial } from '../../document/report.ts';
import { fact } from '../probes/fact.ts';
import type { ProseClaim } from './claim.ts';
import type { Evidence } from './evidence.ts';
import { judgement } from './judgement.ts';
import { facts, timedFact, upDown } from './trial-facts.ts';

const saturated = ['ws', 'socket.io:websocket'];
const amongTwo = ['ws', 'socket.io:polling'];

/** The trial with the fewest and that with the most clients. */
function ends(evidence: Evidence, transport: string): { least: Trial; most: Trial } | null {
  const trials = evidence
    .trials('saturate')
    .filter((trial) => trial.transport === transport)
    .toSorted((a, b) => a.load.clients - b.load.clients);
  const [least, most] = [trials[0], trials.at(-1)];
  return least && most && least !== most ? { least, most } : null;
}

const throughputs = (evidence: Evidence) =>
  saturated.flatMap((transport) => {
    const found = ends(evidence, transport);
    if (!found?.least.throughput || !found.most.throughput) return [];
    return [
      timedFact('throughput-least', found.least, found.least.throughput),
      timedFact('throughput-most', found.most, found.most.throughput),
      fact('clients-most', transport, found.most.load.clients),
    ];
  });

export const B14: ProseClaim = {
  id: 'B14',
  table: null,
  title: { en: 'Bandwidth and performance', ko: '대역폭과 성능' },
  says: {
    prose: {
      en: 'ws saves bandwidth and suits high performance; Socket.IO’s overhead may matter in large services, not usually',
      ko: 'ws는 대역폭을 아끼고 고성능에 적합합니다. Socket.IO의 오버헤드는 대규모 서비스에서 문제가 될 수 있지만 보통은 괜찮습니다',
    },
  },
  judgement: judgement({
    needs: ['saturate', 'memory', 'echo', 'cluster', 'slow'],
    facts: (evidence) => [
      ...throughputs(evidence),
      ...upDown(evidence, ['ws', 'socket.io']),
      ...facts(evidence, 'memory', ['ws', 'socket.io'], 'server-memory'),
      ...facts(evidence, 'cluster', amongTwo, 'cluster-clients', ({ load }) => load.clients),
      ...facts(evidence, 'cluster', amongTwo, 'cluster-first'),
      ...facts(evidence, 'slow', saturated, 'unread-message', ({ load }) => load.size),
      ...facts(evidence, 'slow', saturated, 'kept-unread'),
    ],
    reads: {
      ws: ['throughput-most', 'ws'],
      socketIo: ['throughput-most', 'socket.io:websocket'],
      clients: ['clients-most', 'ws'],
      wsDown: ['overhead-down', 'ws'],
      down: ['overhead-down', 'socket.io'],
      wsMemory: ['server-memory', 'ws'],
      memory: ['server-memory', 'socket.io'],
    },
    quotes: {
      wsOne: ['throughput-least', 'ws'],
      socketIoOne: ['throughput-least', 'socket.io:websocket'],
      crowd: ['cluster-clients', 'ws'],
      wsFirst: ['cluster-first', 'ws'],
      first: ['cluster-first', 'socket.io:polling'],
      unread: ['unread-message', 'ws'],
      wsKept: ['kept-unread', 'ws'],
      kept: ['kept-unread', 'socket.io:websocket'],
    },
    besides: [
      {
        en: 'A large service has several servers: of {crowd} clients of two, without sticky sessions, {first} of Socket.IO’s polling were in at the first attempt, and {wsFirst} of ws.',
        ko: '대규모 서비스에는 서버가 여러 대입니다. 세션을 고정하지 않은 서버 두 대에서 클라이언트 {crowd}개 가운데 첫 시도에 연결된 것은 Socket.IO 폴링 {first}개, ws {wsFirst}개입니다.',
      },
      {
        en: 'And it has readers that stop: each further message of {unread} keeps {wsKept} of the server’s memory with ws, and {kept} with Socket.IO.',
        ko: '읽기를 멈추는 클라이언트도 있습니다. 그때부터 {unread} 메시지마다 서버 메모리가 ws에서는 {wsKept}, Socket.IO에서는 {kept} 더 듭니다.',
      },
    ],
    verdict({ ws, socketIo, wsDown, down, wsMemory, memory }) {
      if (wsDown >= down) return 'contradicted';
      return ws > 1.1 * socketIo && memory > wsMemory ? 'confirmed' : 'refined';
    },
    explains: {
      confirmed: {
        en: 'Saturated, ws carried {wsOne} messages/s with one client and {ws} with {clients}, Socket.IO {socketIoOne} and {socketIo}; an event costs {wsDown} and {down} bytes of framing, a connection {wsMemory} and {memory} of the server’s memory.',
        ko: '최대 부하에서 ws는 클라이언트 하나로 초당 메시지 {wsOne}개, {clients}개로 {ws}개를 주고받았고, Socket.IO는 {socketIoOne}개와 {socketIo}개였습니다. 이벤트당 프레이밍은 {wsDown} 대 {down} 바이트, 연결당 서버 메모리는 {wsMemory} 대 {memory}입니다.',
      },
      refined: {
        en: 'Bytes, yes: {wsDown} against {down} of framing an event. Not everything followed: with {clients} clients {ws} against {socketIo} messages/s, memory {wsMemory} against {memory} a connection.',
        ko: '바이트에서는 맞습니다. 이벤트당 프레이밍은 {wsDown} 대 {down} 바이트입니다. 나머지가 다 그런 것은 아닙니다. 클라이언트 {clients}개에서 초당 메시지 {ws}개 대 {socketIo}개, 연결당 메모리 {wsMemory} 대 {memory}입니다.',
      },
      contradicted: {
        en: 'ws saved nothing: {wsDown} against {down} bytes of framing an event.',
        ko: 'ws가 바이트를 아끼지 못했습니다. 이벤트당 프레이밍은 {wsDown} 대 {down} 바이트입니다.',
      },
    },
  }),
};

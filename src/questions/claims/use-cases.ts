/** Row A6: which transport wins each load, by time and by bytes, and whether that is what the document advises. */
import type { Fact } from '../probes/fact.ts';
import { fact } from '../probes/fact.ts';
import { bytesPerEvent } from './cost.ts';
import { median, pushed } from './event-ages.ts';
import type { Carried, Evidence } from './evidence.ts';
import { judgement } from './judgement.ts';
import { exact, rank, sameNs, timingNoise } from './ranking.ts';

const contestants = ['http', ...pushed];

interface Contest {
  readonly names: readonly string[];
  /** False if it rests on the times of a noisy trial. */
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

/** The document gives one load to HTTP and the other to WebSocket. Which wins them, by time and by bytes? */
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
  // What is left out matters only if all the others agree.
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
  // Unless every load and measure gives the same answer, it depends on which of them matters to the reader.
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

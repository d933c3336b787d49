/**
 * Saturate: a closed loop, as fast as possible. Each client keeps one message outstanding, so the figure is
 * messages per second, not latency: a closed loop never sends while it waits, and so never sees the queue that an
 * open loop would (coordinated omission).
 */
import { type Scenario, usual } from './scenario.ts';

export const saturate = {
  ...usual,
  name: 'saturate',
  question: {
    en: 'How many messages a second go through when everyone asks as fast as it is answered?',
    ko: '모두가 응답을 받자마자 다시 요청하면 초당 메시지 몇 개를 주고받을 수 있습니까?',
  },
  paced: false,
  defaults: { messages: 1_000_000, durationMs: 2000, closed: true },
  async drive(lab) {
    const ms = lab.load.durationMs ?? 0;
    const endNs = lab.startNs + (lab.phase === 'steady' ? ms : ms / 10) * 1e6;
    await Promise.all(lab.speakers.map(({ askUntil }) => askUntil(endNs, lab.load.messages)));
  },
} satisfies Scenario;

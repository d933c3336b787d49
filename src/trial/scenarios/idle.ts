/**
 * Idle: everyone is there and nobody says anything. Most connections of most applications spend most of their
 * time like this; what it costs is bytes, requests, wake-ups and memory.
 */
import { type Scenario, usual } from './scenario.ts';

export const idle = {
  ...usual,
  name: 'idle',
  question: {
    en: 'What does it cost to be connected while nothing happens?',
    ko: '메시지가 없을 때 연결을 유지하는 데 얼마나 듭니까?',
  },
  connecting: 'in-steps',
  paced: false,
  timed: false,
  defaults: { messages: 0, warmup: 0, durationMs: 30_000, pollIntervalMs: 5000 },
  async drive(lab) {
    if (lab.phase === 'steady') await lab.pass(lab.load.durationMs ?? 0);
  },
} satisfies Scenario;

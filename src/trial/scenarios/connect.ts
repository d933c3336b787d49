/**
 * Connect: clients connect and leave one after the other. Measured are the time, the requests, the round trips
 * and the bytes until the first message can flow, and what it takes to leave.
 */
import { type Scenario, usual } from './scenario.ts';

export const connect = {
  ...usual,
  name: 'connect',
  question: {
    en: 'What does it take until the first message can flow, and to leave again?',
    ko: '첫 메시지를 보낼 수 있을 때까지, 그리고 연결을 끝내는 데 얼마나 걸립니까?',
  },
  connecting: 'in-turn',
  paced: false,
  defaults: { messages: 1, warmup: 0 },
  /** Each client sends one message and waits for its echo, so that a connection that only looks open does not count. */
  async drive(lab) {
    for (const speaker of lab.speakers) if (lab.phase === 'steady') await speaker.ask();
  },
} satisfies Scenario;

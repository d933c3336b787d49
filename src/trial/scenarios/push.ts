/**
 * Push: the server sends to every client, on a seeded schedule. Measured are the age of an event when the client
 * handles it, and the cost of being connected when it arrives.
 */
import { type Scenario, usual } from './scenario.ts';

export const push = {
  ...usual,
  name: 'push',
  question: {
    en: 'When the server has news, how old is it when the client hears it, and what did listening cost?',
    ko: '서버에 새 데이터가 생기면 클라이언트는 얼마나 늦게 받고, 기다리는 데 얼마나 듭니까?',
  },
  behaviour: 'ticker',
  latency: 'age',
  needs: ['tick'],
  needsPush: true,
  receivers: 'everyone',
  async drive(lab) {
    await lab.serverSpeaks();
    await lab.delivered();
  },
} satisfies Scenario;

/**
 * Burst: all messages of each client are due at once. Frames go out one by one; polling and long polling
 * answer with many messages in one response. When many messages fit into one poll, polling is the cheapest.
 */
import { type Scenario, usual } from './scenario.ts';

export const burst = {
  ...usual,
  name: 'burst',
  question: {
    en: 'What happens when many messages are due at once?',
    ko: '많은 메시지를 한꺼번에 보내면 어떻게 됩니까?',
  },
  paced: false,
  timed: false,
  // Messages without an identity would have to go one by one, which is no burst.
  needsIdentity: true,
  defaults: { messages: 50 },
  async drive(lab) {
    await Promise.all(
      lab.speakers.map(async ({ due, speak }) => {
        for (let k = 0; k < due.length; k++) await speak(lab.startNs);
      }),
    );
    await lab.delivered();
  },
} satisfies Scenario;

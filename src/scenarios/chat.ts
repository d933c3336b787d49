/**
 * Chat: everyone speaks and everyone hears. N clients with M messages each send N·M messages up and cause N²·M
 * down; the question is how far apart the first and the last of the N hear the same sentence.
 */
import { everyoneSpeaks } from './echo.ts';
import { type Scenario, usual } from './scenario.ts';

export const chat = {
  ...usual,
  name: 'chat',
  question: {
    en: 'When one speaks and everyone listens, when do the first and the last of them hear it?',
    ko: '한 사람이 말하고 모두가 들을 때, 가장 먼저 듣는 사람과 가장 늦게 듣는 사람은 언제 듣는가?',
  },
  behaviour: 'chat',
  latency: 'age',
  needsPush: true,
  receivers: 'everyone',
  needsIdentity: true,
  defaults: { messages: 10, rate: 2, warmup: 1 },
  drive: everyoneSpeaks,
} satisfies Scenario;

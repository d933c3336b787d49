/**
 * Chat: each client's messages go to all clients. N clients with M messages each send N·M messages up and cause N²·M
 * down; the question is how far apart the first and the last of the N receive the same message.
 */
import { everyoneSpeaks } from './echo.ts';
import { type Scenario, usual } from './scenario.ts';

export const chat = {
  ...usual,
  name: 'chat',
  question: {
    en: 'When one speaks and everyone listens, when do the first and the last of them hear it?',
    ko: '한 사람이 보낸 메시지를 모두가 받을 때, 처음과 마지막 사람은 언제 받습니까?',
  },
  behaviour: 'chat',
  latency: 'age',
  needsPush: true,
  receivers: 'everyone',
  needsIdentity: true,
  defaults: { messages: 10, rate: 2, warmup: 1 },
  drive: everyoneSpeaks,
} satisfies Scenario;

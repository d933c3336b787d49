/** What the application wanted to say. */
import type { Protocol } from '../protocol.ts';
import { explainPayload } from './explanation.ts';
import { rawConversation } from './raw.ts';

export const payload = {
  name: 'payload',
  read: rawConversation,
  explain: explainPayload,
} satisfies Protocol;

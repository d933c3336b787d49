/** Our polling responses: the lengths and commas of netstrings. */
import type { Protocol } from '../protocol.ts';
import { explainMailbox } from './explanation.ts';
import { readMailbox } from './mailbox.ts';

export const mailbox = {
  name: 'mailbox',
  read: readMailbox,
  explain: explainMailbox,
} satisfies Protocol;

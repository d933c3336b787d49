/** Our polling responses: the lengths and commas of netstrings. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainMailbox } from './explanation.ts';
import { readMailbox } from './mailbox.ts';

export const mailbox = {
  name: 'mailbox',
  read: readMailbox,
  explain: explainMailbox,
  look: {
    title: text('mail\u200bbox', 'mail\u200bbox'),
    light: '#b775af',
    dark: '#c280ba',
    pattern: 'M4 -1V9 M-1 4H9',
    letter: 'm',
    terminal: 'yellow',
  },
} satisfies Protocol;

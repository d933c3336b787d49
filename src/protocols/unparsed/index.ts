/** What no dissector could read: counted all the same. */
import type { Protocol } from '../protocol.ts';
import { explainUnparsed } from './explanation.ts';

export const unparsed = {
  name: 'unparsed',
  read: null,
  explain: explainUnparsed,
} satisfies Protocol;

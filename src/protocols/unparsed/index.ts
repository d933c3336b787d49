/** What no dissector could read: counted all the same. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainUnparsed } from './explanation.ts';

export const unparsed = {
  name: 'unparsed',
  read: null,
  explain: explainUnparsed,
  look: {
    title: text('un\u200bparsed', '해석\u200b불가'),
    light: '#000000',
    dark: '#ffffff',
    pattern: 'M1 1L7 7 M1 7L7 1',
    letter: '?',
    terminal: ['white', 'bgRed'],
  },
} satisfies Protocol;

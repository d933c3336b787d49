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
    pattern: '',
    letter: '?',
    terminal: ['white', 'bgRed'],
  },
} satisfies Protocol;

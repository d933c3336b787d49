/** JSON lines: quotes, keys, line ends. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainJsonLine } from './explanation.ts';
import { jsonLines } from './ndjson.ts';

export const ndjson = {
  name: 'ndjson',
  read: jsonLines,
  explain: explainJsonLine,
  look: {
    title: text('ndjson', 'ndjson'),
    light: '#739648',
    dark: '#83a657',
    pattern: 'M-1 5L3 9 M-1 -1L9 9 M5 -1L9 3',
    letter: 'n',
    terminal: 'green',
  },
} satisfies Protocol;

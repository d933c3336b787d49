/** The chunked transfer coding (RFC 9112 §7.1): sizes, extensions, line ends, trailers. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { readChunked } from './chunked.ts';
import { explainChunk } from './explanation.ts';

export const chunk = {
  name: 'chunk',
  read: readChunked,
  explain: explainChunk,
  look: {
    title: text('chunk', 'chunk'),
    light: '#7fbfe0',
    dark: '#8fcfee',
    pattern: 'M2 2h2v2h-2z M6 6h2v2h-2z',
    letter: 'c',
    terminal: 'cyan',
  },
} satisfies Protocol;

/** The chunked transfer coding (RFC 9112 §7.1): sizes, extensions, line ends, trailers. */
import type { Protocol } from '../protocol.ts';
import { readChunked } from './chunked.ts';
import { explainChunk } from './explanation.ts';

export const chunk = {
  name: 'chunk',
  read: readChunked,
  explain: explainChunk,
} satisfies Protocol;

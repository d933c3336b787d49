/** JSON lines: quotes, keys, line ends. */
import type { Protocol } from '../protocol.ts';
import { explainJsonLine } from './explanation.ts';
import { jsonLines } from './ndjson.ts';

export const ndjson = {
  name: 'ndjson',
  read: jsonLines,
  explain: explainJsonLine,
} satisfies Protocol;

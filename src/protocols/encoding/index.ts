/** What base64 and JSON escaping add to a payload. */
import type { Protocol } from '../protocol.ts';
import { ownBase64 } from './base64.ts';
import { explainEncoding } from './explanation.ts';

export const encoding = {
  name: 'encoding',
  read: ownBase64,
  explain: explainEncoding,
} satisfies Protocol;

/** What base64 and JSON escaping add to a payload. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { ownBase64 } from './base64.ts';
import { explainEncoding } from './explanation.ts';

export const encoding = {
  name: 'encoding',
  read: ownBase64,
  explain: explainEncoding,
  look: {
    title: text('enco\u200bding', '인코딩'),
    light: '#65351f',
    dark: '#7b4831',
    pattern: 'M1 1h3v3h-3z',
    letter: 'b',
    terminal: 'red',
  },
} satisfies Protocol;

/** Bodies of parts (RFC 2046 §5.1): boundaries, and the fields of each part. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainMultipart } from './explanation.ts';
import { multipartBody } from './multipart.ts';

export const multipart = {
  name: 'multipart',
  read: multipartBody,
  explain: explainMultipart,
  look: {
    title: text('multi\u200bpart', 'multi\u200bpart'),
    light: '#3f8f8a',
    dark: '#5fb0aa',
    pattern: 'M-1 4H9',
    letter: 'p',
    terminal: 'cyan',
  },
} satisfies Protocol;

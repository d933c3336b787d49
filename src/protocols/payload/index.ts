/** What the application wanted to say. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainPayload } from './explanation.ts';
import { rawConversation } from './raw.ts';

export const payload = {
  name: 'payload',
  read: rawConversation,
  explain: explainPayload,
  look: {
    title: text('pay\u200bload', '페이\u200b로드'),
    light: '#dbd0c8',
    dark: '#ede0d9',
    pattern: '',
    letter: null,
    terminal: ['black', 'bgYellow'],
  },
} satisfies Protocol;

/** Engine.IO 4: packet types, separators, handshakes. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { engineIoPayload } from './engine-io.ts';
import { explainEngineIo } from './explanation.ts';

export const engineIo = {
  name: 'engine.io',
  read: engineIoPayload,
  explain: explainEngineIo,
  look: {
    title: text('engine\u200b.io', 'engine\u200b.io'),
    light: '#bd3641',
    dark: '#d64c54',
    pattern: 'M-1 2H9 M-1 6H9',
    letter: 'e',
    terminal: 'cyanBright',
  },
} satisfies Protocol;

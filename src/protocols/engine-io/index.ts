/** Engine.IO 4: packet types, separators, handshakes. */
import type { Protocol } from '../protocol.ts';
import { engineIoPayload } from './engine-io.ts';
import { explainEngineIo } from './explanation.ts';

export const engineIo = {
  name: 'engine.io',
  read: engineIoPayload,
  explain: explainEngineIo,
} satisfies Protocol;

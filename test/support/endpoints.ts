/** Endpoints of Engine.IO as a test needs them. */
import type { Endpoint } from '../../src/protocols/engine-io/endpoint.ts';

/** Raw Engine.IO 4 over WebSocket, where a test says nothing else. */
export const endpoint = (about: Partial<Endpoint> = {}): Endpoint => ({
  transport: 'websocket',
  version: 4,
  isJsonp: false,
  isSocketIo: false,
  ...about,
});

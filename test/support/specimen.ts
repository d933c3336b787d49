/** Specimens for tests: one made from given bytes, and one of each transport, recorded once a test file. */

import { httpConversation } from '../../src/protocols/http1/http.ts';
import type { Layer } from '../../src/protocols/layers.ts';
import { recordSpecimen, type Specimen, type SpecimenOptions } from '../../src/script/specimen.ts';
import { spansOf } from '../../src/tap/spans.ts';
import { headersOf, headsOf } from '../../src/transports/headers.ts';
import { transportByName, transports } from '../../src/transports/index.ts';
import type { Dissect } from '../../src/wire/conversation.ts';
import type { Direction } from '../../src/wire/span.ts';

/** A conversation over one connection, of which every chunk is given. */
export function specimenOf(
  chunks: readonly (readonly [Direction, string | Uint8Array])[],
  dissect: Dissect<Layer> = httpConversation,
): Specimen {
  const bytes = chunks.map(([direction, chunk]) => ({
    direction,
    bytes: typeof chunk === 'string' ? Buffer.from(chunk) : chunk,
  }));
  const recorded = bytes.map((chunk, at) => ({ ...chunk, at, connection: 0, phase: 'setup' as const }));
  const sum = (direction: Direction) =>
    bytes.reduce((all, chunk) => all + (chunk.direction === direction ? chunk.bytes.length : 0), 0);
  return {
    transport: 'given',
    over: 'http',
    steps: ['connect'],
    spans: spansOf(recorded, dissect).map((span) => ({ ...span, step: 0 })),
    connections: [{ connection: 0, step: 0, dialledAt: 0, bytesWritten: sum('up'), bytesRead: sum('down') }],
  };
}

/** The opening handshake of RFC 6455 §1.2, without the fields that only a browser sends. */
export const handshake = [
  [
    'up',
    'GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  ],
  [
    'down',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
  ],
] as const satisfies Parameters<typeof specimenOf>[0];

/** What the conversations of `specimens` say. */
const awkward = Buffer.from('000a0d221e80feff', 'hex');

/** Each transport is recorded when first asked for, and kept. */
export function recordedOnce(options: SpecimenOptions): (name: string) => Promise<Specimen> {
  const known = new Map<string, Promise<Specimen>>();
  return (name) => {
    const specimen = known.get(name) ?? recordSpecimen(transportByName(name)!, options);
    known.set(name, specimen);
    return specimen;
  };
}

export const specimens = {
  text: recordedOnce({ message: 'hello', headers: {} }),
  binary: recordedOnce({ message: awkward, headers: {} }),
  browser: recordedOnce({ message: 'hello', headers: headersOf('chromium', 20), heads: headsOf('chromium') }),
};

/** All at once would be quicker than heartbeats allow: those that are due would come between the messages. */
export async function recordAll(): Promise<void> {
  for (const recorded of Object.values(specimens))
    await Promise.all(transports.map(({ name }) => recorded(name)));
}

/**
 * An application under inspection, with a witness on either side of the inspector: client and application must have
 * sent and received the same bytes, connection by connection.
 */
import type { AddressInfo, Server } from 'node:net';
import { expect } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { type Inspection, inspectionSchema } from '../../src/document/inspection.ts';
import { imbalances } from '../../src/inspection/imbalances.ts';
import { type InspectorOptions, startInspector } from '../../src/inspection/inspector.ts';
import { eventually } from '../network/sockets.ts';
import { type Fingerprint, fingerprintingRelay } from './fingerprints.ts';

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export const inspectorOf = (targetPort: number, more: Partial<InspectorOptions> = {}) =>
  startInspector({
    target: 'http://127.0.0.1',
    host: '127.0.0.1',
    targetPort,
    port: 0,
    clock: realClock,
    ...more,
  });

export async function inspected(appPort: number, more: Partial<InspectorOptions> = {}) {
  const behind = await fingerprintingRelay(appPort);
  const inspector = await inspectorOf(behind.port, more);
  const before = await fingerprintingRelay(inspector.port);
  const sorted = (prints: Fingerprint[]) => prints.map(({ up, down }) => `${up} | ${down}`).sort();
  return {
    port: before.port,
    inspector,
    url: `http://127.0.0.1:${before.port}`,
    /** Resolves when no connection is open on either side. */
    quiet: () => eventually(() => before.open() === 0 && behind.open() === 0),
    /** Waits until every connection has closed; then holds what was seen against what the witnesses saw. */
    async transparent(): Promise<Inspection> {
      await eventually(() => before.open() === 0 && behind.open() === 0);
      const seen = await inspector.end();
      expect(sorted(before.prints())).toEqual(sorted(behind.prints()));
      expect(imbalances(seen)).toEqual([]);
      expect(seen.wire.socketBytes).toBe(before.bytes());
      expect(seen.connections).toBe(before.prints().length);
      return inspectionSchema.parse(seen);
    },
    async [Symbol.asyncDispose]() {
      await inspector[Symbol.asyncDispose]();
      before.close();
      behind.close();
    },
  };
}

/** Bytes of a layer, both ways or one. */
export const layerBytes = (
  { wire }: Pick<Inspection, 'wire'>,
  layer: string,
  direction: 'up' | 'down' | 'both' = 'both',
): number =>
  wire.layers
    .filter((row) => row.layer === layer && (direction === 'both' || row.direction === direction))
    .reduce((sum, { bytes }) => sum + bytes, 0);

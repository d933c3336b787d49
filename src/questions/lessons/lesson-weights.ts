/** The gate's exact weighing for lessons: a transport by its name, and the bytes beside the payload. */

import type { HeadsByKind } from '../../document/browser-side.ts';
import type { StageWeight } from '../../document/weighing.ts';
import { headerBytes } from '../../laws/http-bytes.ts';
import type { Payload } from '../../protocols/contract.ts';
import { weighTransport } from '../../script/exact-weights.ts';
import { transportByName } from '../../transports/index.ts';
import { headersFor, recordedHeads } from '../../transports/recorded-heads.ts';
import type { Transport } from '../../transports/transport.ts';

/** The gate's message size by default. */
export const usualBytes = 64;

export function transportOf(name: string): Transport {
  const transport = transportByName(name);
  if (!transport) throw new Error(`no transport ${name}`);
  return transport;
}

/** One message up and its echo, exactly. */
export async function weighMessage(
  name: string,
  { message, heads }: { message?: Payload; heads?: HeadsByKind } = {},
): Promise<StageWeight> {
  const { stages } = await weighTransport(transportOf(name), {
    ...(message === undefined ? {} : { message }),
    connectOptions: heads ? { heads } : {},
  });
  const [weight] = stages.message ?? [];
  if (!weight) throw new Error(`${name} said nothing`);
  return weight;
}

export const { chromium, firefox } = recordedHeads;

/**
 * What a browser's headers add to a POST by law BY3; the server's address in them has the same length for any port of
 * five digits.
 */
export const addedBy = (heads: HeadsByKind): number => {
  const asked = { headers: {}, heads, host: '127.0.0.1', port: 40_000, dialer: { isSealed: false } };
  return Object.entries(headersFor(asked, 'POST')).reduce(
    (sum, [name, value]) => sum + headerBytes(name, value),
    0,
  );
};

/** Header and framing bytes of one direction. */
export const overheadOf = ({ fields }: StageWeight, way: 'up' | 'down'): number =>
  fields
    .filter(({ direction, layer }) => direction === way && layer !== 'payload')
    .reduce((sum, { bytes }) => sum + bytes, 0);

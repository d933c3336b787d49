/** What lessons ask of the gate's exact weighing: a transport by its name, and the bytes beside the payload. */

import type { StageWeight } from '../../document/weighing.ts';
import type { Payload } from '../../protocols/contract.ts';
import { weighTransport } from '../../script/exact-weights.ts';
import { transportByName } from '../../transports/index.ts';
import type { Transport } from '../../transports/transport.ts';

/** What the gate says where nothing else is asked for. */
export const usualBytes = 64;

export function transportOf(name: string): Transport {
  const transport = transportByName(name);
  if (!transport) throw new Error(`no transport ${name}`);
  return transport;
}

/** One message up and its echo, exactly. */
export async function weighMessage(
  name: string,
  { message, headers = {} }: { message?: Payload; headers?: Readonly<Record<string, string>> } = {},
): Promise<StageWeight> {
  const { stages } = await weighTransport(transportOf(name), {
    ...(message === undefined ? {} : { message }),
    connectOptions: { headers },
  });
  const [weight] = stages.message ?? [];
  if (!weight) throw new Error(`${name} said nothing`);
  return weight;
}

/** Header and framing bytes of one direction. */
export const overheadOf = ({ fields }: StageWeight, way: 'up' | 'down'): number =>
  fields
    .filter(({ direction, layer }) => direction === way && layer !== 'payload')
    .reduce((sum, { bytes }) => sum + bytes, 0);

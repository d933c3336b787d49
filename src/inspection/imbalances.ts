/**
 * Whether the books balance: every byte that the relay took, or that TCP carried in a capture, has exactly one owner,
 * on each connection and in all.
 */
import type { Inspection, InspectionSource } from '../document/inspection.ts';

/** A sentence for each discrepancy, for an error message; none if every byte is owned. */
export function imbalances({
  wire,
  perConnection,
  source,
}: Pick<Inspection, 'wire' | 'perConnection' | 'source'>): string[] {
  return [
    ...perConnection.map((one) => discrepancy(`connection ${one.id}`, one.wire)),
    discrepancy('all connections', wire),
    ...(source ? [unread(source, wire)] : []),
  ].filter((sentence) => sentence !== '');
}

function discrepancy(where: string, { up, down, socketBytes, layers }: Inspection['wire']): string {
  const owned = layers.reduce((sum, { bytes }) => sum + bytes, 0);
  if (owned === socketBytes && up + down === socketBytes) return '';
  return `${where}: ${socketBytes} B were relayed, ${up + down} B recorded, ${owned} B have an owner`;
}

/** Compares with the packets' own count, which is made before reassembly. */
function unread({ tcp }: InspectionSource, { socketBytes }: Inspection['wire']): string {
  const { payloadBytes, repeatedBytes } = tcp;
  if (payloadBytes - repeatedBytes === socketBytes) return '';
  return `the capture: ${payloadBytes} B were captured, ${repeatedBytes} B of them again, ${socketBytes} B recorded`;
}

/** Do the books balance: every byte that the relay took has exactly one owner, on each connection and over all. */
import type { Inspection } from '../document/inspection.ts';

/** Sentences for a message of failure, one a discrepancy; none where every byte is owned. */
export function imbalances({ wire, perConnection }: Pick<Inspection, 'wire' | 'perConnection'>): string[] {
  return [
    ...perConnection.map((one) => discrepancy(`connection ${one.id}`, one.wire)),
    discrepancy('all connections', wire),
  ].filter((sentence) => sentence !== '');
}

function discrepancy(where: string, { up, down, socketBytes, layers }: Inspection['wire']): string {
  const owned = layers.reduce((sum, { bytes }) => sum + bytes, 0);
  if (owned === socketBytes && up + down === socketBytes) return '';
  return `${where}: ${socketBytes} B were relayed, ${up + down} B recorded, ${owned} B have an owner`;
}

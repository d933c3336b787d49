/**
 * Do the books balance? Three counts must agree: the bytes of the dissectors' spans, what Node's own sockets counted,
 * and the payload that the application sent and received. There is no tolerance.
 */

import type { Ledger } from '../ledger/ledger.ts';
import type { Field } from '../ledger/tally.ts';
import type { Book, Delivery } from '../metrics/book.ts';
import type { Party } from './party.ts';
import type { TrialPlan } from './plan.ts';

/** Compares recorded bytes with what Node's own sockets counted, by connection, and with the sum of all layers. */
export function balance(party: Pick<Party, 'connections'>, ledger: Ledger) {
  const books = { up: 0, down: 0, socketBytes: 0, difference: null as string | null };
  for (const { connection, bytesWritten, bytesRead } of party.connections()) {
    const { up, down } = ledger.connection(connection).bytes;
    books.up += up;
    books.down += down;
    books.socketBytes += bytesWritten + bytesRead;
    const off = { up: up - bytesWritten, down: down - bytesRead };
    if (off.up === 0 && off.down === 0) continue;
    books.difference ??= `connection ${connection}: ${off.up} B up, ${off.down} B down more than its socket counted`;
  }
  const owned = ledger.layers().reduce((sum, { bytes }) => sum + bytes, 0);
  if (owned !== books.up + books.down)
    books.difference ??= `${books.up + books.down} B were recorded, and ${owned} B have an owner`;
  return books;
}

/** Only if no phase lost anything and nothing was compressed must the payload agree exactly. */
export function isClean(plan: TrialPlan, warmup: Book | null, steady: Book | null): boolean {
  const isWhole = ({ lost, errors }: Delivery) => lost === 0 && Object.keys(errors).length === 0;
  return (
    steady !== null &&
    !plan.compression &&
    [warmup, steady].every((book) => book === null || isWhole(book.delivery()))
  );
}

/** The payload layer must be what the application sent and received, to the byte. */
export function payloadDifference(
  fields: readonly Field[],
  told: { up: number; down: number },
): string | null {
  const seen = { up: 0, down: 0 };
  for (const { layer, direction, bytes } of fields) if (layer === 'payload') seen[direction] += bytes;
  if (seen.up === told.up && seen.down === told.down) return null;
  return `payload on the wire ${seen.up} B up and ${seen.down} B down, but ${told.up} and ${told.down} were sent and received`;
}

/**
 * Do the books balance? Three counts must agree: what the dissectors owned, what Node's own sockets counted, and
 * the payload that the application says it sent and received. There is no tolerance.
 */
import type { Client } from './clients.ts';
import type { TrialPlan } from './measure.ts';
import type { Field, Ledger } from './metrics/ledger.ts';
import type { Steady } from './steady.ts';
import { connectionsOf } from './wire/dialer.ts';

/** Compares the ledger with what Node's own sockets counted, connection by connection. */
export function balance(clients: readonly Client[], ledger: Ledger) {
  const books = { up: 0, down: 0, socketBytes: 0, difference: null as string | null };
  for (const { dialer } of clients) {
    for (const { connection, socket } of connectionsOf(dialer)) {
      const { up, down } = ledger.connection(connection).bytes;
      books.up += up;
      books.down += down;
      books.socketBytes += socket.bytesWritten + socket.bytesRead;
      const off = { up: up - socket.bytesWritten, down: down - socket.bytesRead };
      if (off.up === 0 && off.down === 0) continue;
      books.difference ??= `connection ${connection}: ${off.up} B up, ${off.down} B down more than its socket counted`;
    }
  }
  return books;
}

/** Only a trial that lost nothing and compressed nothing can be asked for its exact payload. */
export function isClean(plan: TrialPlan, steady: Steady | null): boolean {
  const delivery = steady?.book.delivery();
  return (
    !!delivery &&
    !plan.compression &&
    !plan.transport.traits.addsArguments &&
    delivery.lost === 0 &&
    Object.keys(delivery.errors).length === 0
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

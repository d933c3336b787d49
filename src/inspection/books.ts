/**
 * The books of an inspection: an account for each connection while it is open, a line for it when it has closed, and
 * the sum of all. Beyond a thousand lines only the sum grows, with a count of the connections that have no line.
 */

import type { InspectedConnection, Totals } from '../document/inspection.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Dissect } from '../wire/conversation.ts';
import type { Direction } from '../wire/span.ts';
import { type Account, type OpenAccount, openAccount, pollsOf, sumAccounts } from './account.ts';

interface OpenBook {
  readonly id: number;
  readonly openedMs: number;
  readonly account: OpenAccount;
}

/** What the relay counted on a connection, apart from any ledger. */
interface Closing {
  readonly failed: boolean;
  readonly up: number;
  readonly down: number;
  readonly atMs: number;
}

type Sums = Omit<Totals, 'schemaVersion' | 'kind' | 'target' | 'startedAt' | 'durationMs' | 'delay'>;

const linesKept = 1000;
const nothing: Account = sumAccounts([]);

export function createBooks(dissect: Dissect<Layer>) {
  const open = new Map<number, OpenBook>();
  const closed: InspectedConnection[] = [];
  const counts = { connections: 0, refused: 0, socketBytes: 0, unlisted: 0 };
  const afterHoles = { bytes: 0, connections: 0 };
  let past = nothing;

  return {
    open(connection: number, atMs: number) {
      counts.connections++;
      open.set(connection, {
        id: connection + 1,
        openedMs: atMs,
        account: openAccount(dissect),
      });
    },
    take(chunk: Chunk) {
      const book = open.get(chunk.connection);
      if (!book) throw new Error(`books: bytes of connection ${chunk.connection}, which is not open`);
      book.account.take(chunk);
    },
    /** Bytes of a direction are missing. */
    lose(connection: number, direction: Direction) {
      open.get(connection)?.account.lose(direction);
    },
    close(connection: number, { failed, up, down, atMs }: Closing) {
      const book = open.get(connection);
      if (!book) return;
      open.delete(connection);
      book.account.close();
      const account = book.account.read();
      past = sumAccounts([past, account]);
      counts.socketBytes += up + down;
      afterHoles.bytes += book.account.afterHole();
      if (book.account.afterHole() > 0) afterHoles.connections++;
      if (failed) counts.refused++;
      const end = { state: failed ? 'refused' : 'closed', nowMs: atMs, socketBytes: up + down } as const;
      if (closed.length < linesKept) closed.push(lineOf(book, account, end));
      else counts.unlisted++;
    },
    /** Bytes after such holes, which were not parsed, of the connections that have closed. */
    afterHoles: () => ({ ...afterHoles }),
    read(nowMs: number): Sums {
      const live = [...open.values()].map((book) => ({ book, account: book.account.read() }));
      const lines = live.map(({ book, account }) => {
        // The relay gives its own count only when a connection closes; until then the account's count stands.
        const socketBytes = account.up + account.down;
        return lineOf(book, account, { state: 'open', nowMs, socketBytes });
      });
      const openBytes = lines.reduce((sum, { wire }) => sum + wire.socketBytes, 0);
      const { connections, refused, unlisted, socketBytes } = counts;
      return {
        connections,
        refused,
        unlisted,
        ...told(sumAccounts([past, ...live.map(({ account }) => account)]), socketBytes + openBytes),
        perConnection: [...closed, ...lines].sort((a, b) => a.id - b.id),
      };
    },
  };
}

function lineOf(
  { id, openedMs, account: { speaks, path } }: OpenBook,
  account: Account,
  { state, nowMs, socketBytes }: Pick<InspectedConnection, 'state'> & { nowMs: number; socketBytes: number },
): InspectedConnection {
  return {
    id,
    state,
    speaks: speaks(),
    path: path(),
    openedMs,
    durationMs: nowMs - openedMs,
    ...told(account, socketBytes),
  };
}

function told(
  { up, down, tally, exchanges, asked, libraries, steadyMessages, heldStreams, beats, ...counts }: Account,
  socketBytes: number,
) {
  return {
    ...counts,
    libraries: [...libraries],
    steadyMessages: [...steadyMessages],
    heldStreams: [...heldStreams],
    beats: [...beats],
    polls: pollsOf(asked),
    wire: { up, down, socketBytes, layers: tally.layers() },
    fields: tally.fields(),
    exchanges: [...exchanges],
  };
}

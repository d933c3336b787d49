/** The dynamic table (RFC 7541 §2.3.2, §4): earlier fields of this connection, newest first, up to a size. */
interface Entry {
  readonly name: string;
  readonly value: string;
  /** Which header block of this direction put it there, from 0. */
  readonly block: number;
}

export interface DynamicTable {
  maxBytes(): number;
  /** 0 is the newest. */
  at(index: number): Entry | undefined;
  /** Makes room first; an entry larger than the table empties it, and is not in it (§4.4). */
  insert(entry: Entry): void;
  resize(maxBytes: number): void;
}

/** What an entry counts beside its name and value (§4.1), as does a field in a header list (RFC 9113 §6.5.2). */
const entryOverhead = 32;

export const entryBytes = ({ name, value }: Pick<Entry, 'name' | 'value'>): number =>
  name.length + value.length + entryOverhead;

export function createDynamicTable(maxBytes: number): DynamicTable {
  const entries: Entry[] = []; // the oldest first
  let most = maxBytes;
  let bytes = 0;
  const shrinkTo = (room: number) => {
    while (bytes > room) {
      const oldest = entries.shift();
      bytes -= oldest ? entryBytes(oldest) : bytes;
    }
  };
  return {
    maxBytes: () => most,
    at: (index) => entries[entries.length - 1 - index],
    insert(entry) {
      const needed = entryBytes(entry);
      shrinkTo(Math.max(0, most - needed));
      if (needed > most) return;
      entries.push(entry);
      bytes += needed;
    },
    resize(maxBytes) {
      most = maxBytes;
      shrinkTo(most);
    },
  };
}

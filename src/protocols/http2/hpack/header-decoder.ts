/**
 * Header blocks of one direction of a connection (RFC 7541): which fields each says, and in which bytes. A block means
 * what it means only after those before it: they have filled the table that it points into.
 */
import { giveUp, type Parser, take } from '../../../wire/reader.ts';
import { createSource, type Source } from '../../../wire/source.ts';
import type { Shorthand } from '../../../wire/span.ts';
import { createDynamicTable, type DynamicTable, entryBytes } from './dynamic-table.ts';
import { readInteger, readString } from './primitives.ts';
import { staticTable } from './static-table.ts';

/** Indices of 1 to 61 are the static table's, what follows the dynamic one's; heads are header blocks. */
export interface HeaderField extends Omit<Shorthand, 'bytes'> {
  /** `literal`: not to be remembered; `literal-never-indexed`: not by any hop (§6.2.3). */
  readonly kind: 'indexed' | 'literal-indexed' | 'literal' | 'literal-never-indexed';
  readonly name: string;
  readonly value: string;
}

type Reference = NonNullable<Shorthand['reference']>;

export interface SizeUpdate {
  readonly kind: 'size-update';
  readonly maxBytes: number;
}

/** A piece of a header block; their bytes are those of the block. */
export type Representation = (HeaderField | SizeUpdate) & { readonly bytes: Uint8Array };

export interface HeaderDecoder {
  /**
   * A complete block: its pieces in their order, or the name of what is wrong with it. After that no other can be read:
   * nobody knows what the table holds.
   */
  decode(block: Uint8Array): readonly Representation[] | string;
  /** How large the table may be from now on (SETTINGS_HEADER_TABLE_SIZE): its sender says how large it is. */
  allow(maxTableBytes: number): void;
}

/** So much may a block say: few bytes can point at the same long field again and again. */
const longestList = 1024 * 1024;
/** So much is remembered, whatever the two have agreed on. */
const largestTable = 1024 * 1024;

export function createHeaderDecoder(maxTableBytes: number): HeaderDecoder {
  const table = createDynamicTable(maxTableBytes);
  let allowed = maxTableBytes;
  let blocks = 0;
  let problem: string | undefined;

  /** What keeps a piece from being where it stands; otherwise what it does is done. */
  const follow = (
    piece: HeaderField | SizeUpdate,
    before: Representation | undefined,
  ): string | undefined => {
    if (piece.kind === 'size-update') {
      if (before && before.kind !== 'size-update') return 'late-size-update';
      if (piece.maxBytes > allowed) return 'size-update-too-large';
      table.resize(piece.maxBytes);
    } else {
      if (table.maxBytes() > allowed) return 'missing-size-update';
      if (piece.kind === 'literal-indexed')
        table.insert({ name: piece.name, value: piece.value, block: blocks });
    }
    return undefined;
  };
  const read = (block: Uint8Array): Representation[] | string => {
    const source = createSource();
    source.push(block);
    const pieces: Representation[] = [];
    for (let list = 0; source.length() > 0; ) {
      const start = block.length - source.length();
      const piece = run(readPiece(table, blocks), source);
      if (typeof piece === 'string') return piece;
      const wrong = follow(piece, pieces.at(-1));
      if (wrong !== undefined) return wrong;
      list += piece.kind === 'size-update' ? 0 : entryBytes(piece);
      if (list > longestList) return 'too-long';
      pieces.push({ ...piece, bytes: block.subarray(start, block.length - source.length()) });
    }
    return pieces;
  };

  return {
    decode(block) {
      if (problem !== undefined) return problem;
      const pieces = read(block);
      if (typeof pieces === 'string') problem = pieces;
      blocks++;
      return pieces;
    },
    allow(maxTableBytes) {
      allowed = Math.min(maxTableBytes, largestTable);
    },
  };
}

/** What a parser makes of bytes that are all there, or the name under which it gives up. */
function run<Result>(parser: Parser<Result>, source: Source): Result | string {
  for (let asked = parser.next(); ; ) {
    if (asked.done) return asked.value;
    const answer = asked.value(source);
    if (answer === undefined || typeof answer === 'string') return answer ?? 'torn';
    asked = parser.next(answer);
  }
}

/** The first bits say what it is (§6). */
function* readPiece(table: DynamicTable, block: number): Parser<HeaderField | SizeUpdate> {
  const [first = 0] = yield* take(1);
  if (first & 0x80) {
    const entry = yield* lookUp(table, block, yield* readInteger(first, 7));
    return { kind: 'indexed', ...entry, huffman: [] };
  }
  if (first & 0x40) return yield* readLiteral(table, block, 'literal-indexed', yield* readInteger(first, 6));
  if (first & 0x20) return { kind: 'size-update', maxBytes: yield* readInteger(first, 5) };
  const kind = first & 0x10 ? 'literal-never-indexed' : 'literal';
  return yield* readLiteral(table, block, kind, yield* readInteger(first, 4));
}

/**
 * @param block the ordinal of the one that is read.
 * @param index of the entry that has its name; 0 where that is written out.
 */
function* readLiteral(
  table: DynamicTable,
  block: number,
  kind: Exclude<HeaderField['kind'], 'indexed'>,
  index: number,
): Parser<HeaderField> {
  const huffman: ('name' | 'value')[] = [];
  const text = function* (of: 'name' | 'value'): Parser<string> {
    const { text, isHuffman } = yield* readString();
    if (isHuffman) huffman.push(of);
    return text;
  };
  const entry =
    index === 0 ? { name: yield* text('name'), reference: null } : yield* lookUp(table, block, index);
  return { kind, name: entry.name, value: yield* text('value'), reference: entry.reference, huffman };
}

/** Both tables are one row of entries (§2.3.3). */
function* lookUp(
  table: DynamicTable,
  block: number,
  index: number,
): Parser<{ name: string; value: string; reference: Reference }> {
  const [name, value] = staticTable[index - 1] ?? [];
  if (name !== undefined && value !== undefined) return { name, value, reference: { index, ago: null } };
  const entry = table.at(index - staticTable.length - 1);
  if (!entry) return yield* giveUp('bad-index');
  return { name: entry.name, value: entry.value, reference: { index, ago: block - entry.block } };
}

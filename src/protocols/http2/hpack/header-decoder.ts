/**
 * Header blocks of one direction of a connection (RFC 7541): the fields of each, and their bytes. Blocks must be
 * decoded in order: each points into the table that those before it have filled.
 */
import { giveUp, type Parser, take } from '../../../wire/reader.ts';
import { createSource, type Source } from '../../../wire/source.ts';
import type { Shorthand } from '../../../wire/span.ts';
import { createDynamicTable, type DynamicTable, entryBytes } from './dynamic-table.ts';
import { readInteger, readString } from './primitives.ts';
import { staticTable } from './static-table.ts';

/** Indices 1 to 61 are the static table's, those above the dynamic table's; `ago` counts header blocks. */
export interface HeaderField extends Omit<Shorthand, 'bytes'> {
  /** `literal`: not added to the table; `literal-never-indexed`: not by any hop (§6.2.3). */
  readonly kind: 'indexed' | 'literal-indexed' | 'literal' | 'literal-never-indexed';
  readonly name: string;
  readonly value: string;
}

type Reference = NonNullable<Shorthand['reference']>;

export interface SizeUpdate {
  readonly kind: 'size-update';
  readonly maxBytes: number;
}

/** A piece of a header block. The pieces together cover all its bytes. */
export type Representation = (HeaderField | SizeUpdate) & { readonly bytes: Uint8Array };

export interface HeaderDecoder {
  /**
   * Takes a complete block and returns its pieces in order, or the name of what is wrong with it. After an error no
   * further block can be decoded, because the content of the table is no longer known.
   */
  decode(block: Uint8Array): readonly Representation[] | string;
  /** The largest table from now on (SETTINGS_HEADER_TABLE_SIZE); the encoder says how much of that it uses. */
  allow(maxTableBytes: number): void;
}

/** Limit of the decoded fields of a block: a few bytes can point at the same long field again and again. */
const longestList = 1024 * 1024;
/** Limit of the table, whatever the two sides have agreed on. */
const largestTable = 1024 * 1024;

export function createHeaderDecoder(maxTableBytes: number): HeaderDecoder {
  const table = createDynamicTable(maxTableBytes);
  let allowed = maxTableBytes;
  let blocks = 0;
  let problem: string | undefined;

  /** Applies a piece to the table. Returns the name of the rule that it breaks, if any. */
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

/** Runs a parser over bytes that are all there. Returns its result, or the name under which it gives up. */
function run<Result>(parser: Parser<Result>, source: Source): Result | string {
  for (let asked = parser.next(); ; ) {
    if (asked.done) return asked.value;
    const answer = asked.value(source);
    if (answer === undefined || typeof answer === 'string') return answer ?? 'torn';
    asked = parser.next(answer);
  }
}

/** The first bits say which representation follows (§6). */
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
 * @param block ordinal of the block that is being read.
 * @param index of the entry with the field's name; 0 if the name is written out.
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

/** The two tables share one index space (§2.3.3). */
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

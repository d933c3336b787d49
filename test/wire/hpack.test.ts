import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createHeaderDecoder,
  type HeaderDecoder,
  type Representation,
} from '../../src/protocols/http2/hpack/header-decoder.ts';
import { hex } from '../support/bytes.ts';
import { hpackJsOracle, hpackOracle, huffman } from '../support/header-oracles.ts';

/** What the pieces of a block that is well-formed are; their bytes must be the block's. */
function read(decoder: HeaderDecoder, block: Buffer): readonly Representation[] {
  const pieces = decoder.decode(block);
  if (typeof pieces === 'string') throw new Error(pieces);
  expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(block)).toBe(true);
  return pieces;
}

const lineOf = (piece: Representation): string =>
  piece.kind === 'size-update' ? `size ${piece.maxBytes}` : `${piece.name}: ${piece.value}`;

/**
 * As RFC 7541 prints the table after a block: the newest first, and its size; asked entry by entry of decoders that
 * heard the same.
 */
function tableAfter(blocks: readonly string[], maxBytes: number) {
  const entries: string[] = [];
  for (let index = 62; ; index++) {
    const decoder = createHeaderDecoder(maxBytes);
    for (const block of blocks) read(decoder, hex(block));
    const pieces = decoder.decode(Buffer.from([0x80 | index]));
    if (pieces === 'bad-index') break;
    entries.push(...(pieces as Representation[]).map(lineOf));
  }
  const bytes = entries.reduce((sum, entry) => sum + entry.length - ': '.length + 32, 0);
  return { entries, bytes };
}

test.each([
  ['C.1.1: 10 within five bits', '2a', 10],
  ['C.1.2: 1337 in three bytes', '3f9a0a', 1337],
])('RFC 7541 %s', (_, block, maxBytes) => {
  expect(read(createHeaderDecoder(4096), hex(block)).map(lineOf)).toEqual([`size ${maxBytes}`]);
});

test.each([
  [
    'C.2.1: a literal that is remembered',
    '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572',
    { kind: 'literal-indexed', name: 'custom-key', value: 'custom-header', reference: null },
    55,
  ],
  [
    'C.2.2: a literal that is not',
    '040c 2f73 616d 706c 652f 7061 7468',
    { kind: 'literal', name: ':path', value: '/sample/path', reference: { index: 4, ago: null } },
    0,
  ],
  [
    'C.2.3: a literal that nobody may remember',
    '1008 7061 7373 776f 7264 0673 6563 7265 74',
    { kind: 'literal-never-indexed', name: 'password', value: 'secret', reference: null },
    0,
  ],
  [
    'C.2.4: an entry of the static table',
    '82',
    { kind: 'indexed', name: ':method', value: 'GET', reference: { index: 2, ago: null } },
    0,
  ],
])('RFC 7541 %s', (_, listing, piece, tableBytes) => {
  const block = hex(listing);
  expect(read(createHeaderDecoder(4096), block)).toEqual([{ ...piece, huffman: [], bytes: block }]);
  expect(tableAfter([listing], 4096).bytes).toBe(tableBytes);
});

interface Example {
  readonly maxBytes: number;
  readonly blocks: readonly string[];
  /** Of each block, and the bytes of each piece. */
  readonly said: readonly (readonly string[])[];
  readonly pieces: readonly (readonly number[])[];
  readonly tables: readonly { readonly entries: readonly string[]; readonly bytes: number }[];
}

const requests = {
  maxBytes: 4096,
  said: [
    [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
    [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
    [
      ':method: GET',
      ':scheme: https',
      ':path: /index.html',
      ':authority: www.example.com',
      'custom-key: custom-value',
    ],
  ],
  tables: [
    { entries: [':authority: www.example.com'], bytes: 57 },
    { entries: ['cache-control: no-cache', ':authority: www.example.com'], bytes: 110 },
    {
      entries: ['custom-key: custom-value', 'cache-control: no-cache', ':authority: www.example.com'],
      bytes: 164,
    },
  ],
};

const twentyOne = 'date: Mon, 21 Oct 2013 20:13:21 GMT';
const twentyTwo = 'date: Mon, 21 Oct 2013 20:13:22 GMT';
const where = 'location: https://www.example.com';
const cookie = 'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1';
const responses = {
  maxBytes: 256,
  said: [
    [':status: 302', 'cache-control: private', twentyOne, where],
    [':status: 307', 'cache-control: private', twentyOne, where],
    [':status: 200', 'cache-control: private', twentyTwo, where, 'content-encoding: gzip', cookie],
  ],
  tables: [
    { entries: [where, twentyOne, 'cache-control: private', ':status: 302'], bytes: 222 },
    { entries: [':status: 307', where, twentyOne, 'cache-control: private'], bytes: 222 },
    { entries: [cookie, 'content-encoding: gzip', twentyTwo], bytes: 215 },
  ],
};

const examples: readonly (readonly [name: string, Example])[] = [
  [
    'C.3: requests of 20, 14 and 29 bytes',
    {
      ...requests,
      blocks: [
        '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
        '8286 84be 5808 6e6f 2d63 6163 6865',
        '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
      ],
      pieces: [
        [1, 1, 1, 17],
        [1, 1, 1, 1, 10],
        [1, 1, 1, 1, 25],
      ],
    },
  ],
  [
    'C.4: the same, Huffman-coded: 17, 12 and 24 bytes',
    {
      ...requests,
      blocks: [
        '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
        '8286 84be 5886 a8eb 1064 9cbf',
        '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
      ],
      pieces: [
        [1, 1, 1, 14],
        [1, 1, 1, 1, 8],
        [1, 1, 1, 1, 20],
      ],
    },
  ],
  [
    'C.5: responses whose table is too small for all they say',
    {
      ...responses,
      blocks: [
        `4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32
         3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d`,
        '4803 3330 37c1 c0bf',
        `88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970
         7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61
         6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31`,
      ],
      pieces: [
        [5, 9, 31, 25],
        [5, 1, 1, 1],
        [1, 1, 31, 1, 6, 58],
      ],
    },
  ],
  [
    'C.6: the same, Huffman-coded',
    {
      ...responses,
      blocks: [
        `4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad
         1718 63c7 8f0b 97c8 e9ae 82ae 43d3`,
        '4883 640e ffc1 c0bf',
        `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2
         e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07`,
      ],
      pieces: [
        [4, 7, 24, 19],
        [5, 1, 1, 1],
        [1, 1, 24, 1, 5, 47],
      ],
    },
  ],
];

test.each(examples)(
  'RFC 7541 %s, and the table after each',
  (_, { maxBytes, blocks, said, pieces, tables }) => {
    const decoder = createHeaderDecoder(maxBytes);
    const both = [hpackOracle(maxBytes), hpackJsOracle(maxBytes)];
    for (const [at, listing] of blocks.entries()) {
      const got = read(decoder, hex(listing));
      expect(got.map(lineOf)).toEqual(said[at]);
      expect(got.map(({ bytes }) => bytes.length)).toEqual(pieces[at]);
      expect(tableAfter(blocks.slice(0, at + 1), maxBytes)).toEqual(tables[at]);
      for (const oracle of both)
        expect(oracle(hex(listing)).map(([name, value]) => `${name}: ${value}`)).toEqual(said[at]);
    }
  },
);

test('what points at the dynamic table says how many blocks ago that was said, and which strings are Huffman-coded', () => {
  const decoder = createHeaderDecoder(4096);
  const [first, second, third] = examples[1]![1].blocks.map((block) => read(decoder, hex(block)));
  expect(first?.at(-1)).toMatchObject({ reference: { index: 1, ago: null }, huffman: ['value'] });
  expect(second?.[3]).toMatchObject({ kind: 'indexed', reference: { index: 62, ago: 1 }, huffman: [] });
  expect(third?.slice(3)).toMatchObject([
    { kind: 'indexed', reference: { index: 63, ago: 2 } },
    { kind: 'literal-indexed', reference: null, huffman: ['name', 'value'] },
  ]);
});

test.each([
  ['index 0', '80', 'bad-index'],
  ['an index that nobody has filled', 'be', 'bad-index'],
  ['a name at such an index', '7f00 0161', 'bad-index'],
  ['an integer without end', 'ff80 8080 8080 80', 'integer-overflow'],
  ['an integer of more than 28 bits', 'ffff ffff ff7f', 'integer-overflow'],
  ['a string that is cut off', '4003 6162', 'torn'],
  ['a literal without its value', '4001 61', 'torn'],
  ['Huffman padding of zeros', '4001 6181 18', 'bad-huffman'],
  ['Huffman padding of eight bits', '4001 6182 1fff', 'bad-huffman'],
  ['an end of string in a string', '4001 6184 ffff ffff', 'bad-huffman'],
  ['a size above what was allowed', '3fe2 1f', 'size-update-too-large'],
  ['a size after a field', '8220', 'late-size-update'],
])('a block with %s is malformed, and so is what follows', (_, block, problem) => {
  const decoder = createHeaderDecoder(4096);
  expect(decoder.decode(hex(block))).toBe(problem);
  expect(decoder.decode(hex('82'))).toBe(problem);
});

test('RFC 7541 §4.2: once a smaller table is allowed, the next block has to say how small it is', () => {
  const decoder = createHeaderDecoder(4096);
  read(decoder, hex('4001 6101 62'));
  decoder.allow(0);
  expect(decoder.decode(hex('82'))).toBe('missing-size-update');
  const other = createHeaderDecoder(4096);
  read(other, hex('4001 6101 62'));
  other.allow(64);
  expect(read(other, hex('20 3f21')).map(lineOf)).toEqual(['size 0', 'size 64']);
  expect(other.decode(hex('be'))).toBe('bad-index');
});

test('a block that says more than a mebibyte is refused, however few its bytes are', () => {
  const decoder = createHeaderDecoder(4096);
  const long = Buffer.from('x'.repeat(4000));
  read(decoder, Buffer.concat([hex('4001 617f a11e'), long]));
  expect(decoder.decode(Buffer.alloc(200, 0xbe))).toHaveLength(200);
  expect(decoder.decode(Buffer.alloc(300, 0xbe))).toBe('too-long');
});

/** What an encoder might do next; numbers are taken modulo what there is. */
const anyStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('indexed' as const), pick: fc.nat(200) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('literal-indexed' as const, 'literal' as const, 'literal-never-indexed' as const),
      /** Of an entry that has the name; else the name is written out. */
      pick: fc.option(fc.nat(200)),
      name: fc.stringMatching(/^[a-z-]{1,12}$/),
      value: fc.stringMatching(/^[ -~]{1,60}$/),
      huffmanName: fc.boolean(),
      huffmanValue: fc.boolean(),
    }),
  },
);
const anyBlock = fc.record({
  sizes: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.nat(400), { maxLength: 2 })),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 12 }),
});

const staticPairs = (
  createRequire(import.meta.url)('hpack.js/lib/hpack/static-table.js') as {
    table: { name: string; value: string }[];
  }
).table;

const integer = (value: number, bits: number, flags: number): number[] => {
  const full = 2 ** bits - 1;
  if (value < full) return [flags | value];
  const bytes = [flags | full];
  let left = value - full;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push(128 + (left % 128));
  return [...bytes, left];
};
const string = (text: string, isHuffman: boolean): number[] => {
  const bytes = isHuffman ? huffman(Buffer.from(text, 'latin1')) : Buffer.from(text, 'latin1');
  return [...integer(bytes.length, 7, isHuffman ? 0x80 : 0), ...bytes];
};
const forms = { 'literal-indexed': [6, 0x40], literal: [4, 0], 'literal-never-indexed': [4, 0x10] } as const;

/** An encoder that knows nothing of our table: it keeps its own, as RFC 7541 §4 says. */
function createEncoder(maxBytes: number) {
  let entries: { name: string; value: string; block: number }[] = [];
  let most = maxBytes;
  let block = 0;
  const evict = () => {
    const size = () => entries.reduce((sum, { name, value }) => sum + name.length + value.length + 32, 0);
    while (size() > most) entries = entries.slice(0, -1);
  };
  const all = () => [...staticPairs.map((pair) => ({ ...pair, block: null })), ...entries];
  return ({ sizes, steps }: typeof anyBlock extends fc.Arbitrary<infer Block> ? Block : never) => {
    const pieces: Representation[] = [];
    for (const size of sizes) {
      most = size;
      evict();
      pieces.push({ kind: 'size-update', maxBytes: size, bytes: Buffer.from(integer(size, 5, 0x20)) });
    }
    for (const step of steps) {
      const at = step.pick === null ? -1 : step.pick % all().length;
      const entry = all()[at];
      const reference = entry
        ? { index: at + 1, ago: entry.block === null ? null : block - entry.block }
        : null;
      if (step.kind === 'indexed') {
        const { name, value } = entry!;
        const bytes = Buffer.from(integer(at + 1, 7, 0x80));
        pieces.push({ kind: step.kind, name, value, reference, huffman: [], bytes });
        continue;
      }
      const { kind, value, huffmanName, huffmanValue } = step;
      const name = entry?.name ?? step.name;
      const [bits, flags] = forms[kind];
      pieces.push({
        kind,
        name,
        value,
        reference,
        huffman: [
          ...(!entry && huffmanName ? (['name'] as const) : []),
          ...(huffmanValue ? (['value'] as const) : []),
        ],
        bytes: Buffer.from([
          ...integer(at + 1, bits, flags),
          ...(entry ? [] : string(name, huffmanName)),
          ...string(value, huffmanValue),
        ]),
      });
      if (kind !== 'literal-indexed') continue;
      entries = [{ name, value, block }, ...entries];
      evict();
    }
    block++;
    return pieces;
  };
}

test('any blocks, with tables of any size that change and forget: each piece is what was written, and both oracles agree', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.array(anyBlock, { maxLength: 12 }), (maxBytes, blocks) => {
      const encode = createEncoder(400);
      const decoder = createHeaderDecoder(400);
      const both = [hpackOracle(400), hpackJsOracle(400)];
      const first = { sizes: [maxBytes], steps: [] };
      for (const block of [first, ...blocks]) {
        const pieces = encode(block);
        const bytes = Buffer.concat(pieces.map((piece) => piece.bytes));
        expect(decoder.decode(bytes)).toEqual(pieces);
        const pairs = pieces.flatMap((piece) =>
          piece.kind === 'size-update' ? [] : [[piece.name, piece.value]],
        );
        for (const oracle of both) expect(oracle(bytes)).toEqual(pairs);
      }
    }),
    { numRuns: 300 },
  );
});

test('any bytes make pieces or a problem, never an exception', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }), (blocks) => {
      const decoder = createHeaderDecoder(4096);
      for (const block of blocks) {
        const pieces = decoder.decode(block);
        if (typeof pieces === 'string') continue;
        expect(Buffer.concat(pieces.map(({ bytes }) => bytes))).toEqual(Buffer.from(block));
      }
    }),
    { numRuns: 2000 },
  );
});

test('every byte has a Huffman code that is read back', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const value = huffman(all);
  const block = Buffer.from([0x40, 1, 0x61, ...integer(value.length, 7, 0x80), ...value]);
  expect(read(createHeaderDecoder(4096), block)).toMatchObject([{ value: all.toString('latin1') }]);
});

/** Stories of http2jp/hpack-test-case, which the package `hpack` carries: what other encoders made of real headers. */
const stories = join(dirname(createRequire(import.meta.url).resolve('hpack')), 'test/hpack-test-case');
interface Story {
  readonly cases: readonly {
    readonly wire: string;
    readonly header_table_size?: number;
    readonly headers: readonly Readonly<Record<string, string>>[];
  }[];
}

test.each([
  'go-hpack',
  'haskell-http2-linear-huffman',
  'haskell-http2-naive',
  'nghttp2',
  'nghttp2-16384-4096',
  'nghttp2-change-table-size',
  'node-http2-hpack',
])('what %s makes of real headers is read as it was meant', (encoder) => {
  const files = readdirSync(join(stories, encoder)).slice(-4);
  expect(files).toHaveLength(4);
  for (const file of files) {
    const { cases } = JSON.parse(readFileSync(join(stories, encoder, file), 'utf8')) as Story;
    const decoder = createHeaderDecoder(cases[0]?.header_table_size ?? 4096);
    for (const { wire, headers, header_table_size } of cases) {
      if (header_table_size !== undefined) decoder.allow(header_table_size);
      const fields = read(decoder, hex(wire)).filter(({ kind }) => kind !== 'size-update');
      expect(fields.map(lineOf)).toEqual(
        headers.flatMap((header) => Object.entries(header).map(([name, value]) => `${name}: ${value}`)),
      );
    }
  }
});

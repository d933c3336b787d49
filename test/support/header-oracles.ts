/**
 * Two decoders of header blocks (RFC 7541) that are not ours, from npm. They give names and values; whose bytes those are,
 * which is what ours is for, neither says.
 */
import { createRequire } from 'node:module';

type Pair = readonly [name: string, value: string];
/** Blocks of one direction, one after the other. */
export type Oracle = (block: Uint8Array) => Pair[];

const require = createRequire(import.meta.url);

export function hpackOracle(maxTableBytes: number): Oracle {
  const Hpack = require('hpack') as new () => {
    lDynamicTable: { setTableSize(bytes: number): void };
    decode(block: Buffer): Pair[];
  };
  const oracle = new Hpack();
  oracle.lDynamicTable.setTableSize(maxTableBytes);
  return (block) => oracle.decode(Buffer.from(block)).map(([name, value]) => [name, value]);
}

export function hpackJsOracle(maxTableBytes: number): Oracle {
  const { decompressor } = require('hpack.js') as {
    decompressor: {
      create(options: { table: { maxSize: number } }): {
        write(block: Buffer): void;
        execute(): void;
        read(): { name: string; value: string } | null;
      };
    };
  };
  const oracle = decompressor.create({ table: { maxSize: maxTableBytes } });
  return (block) => {
    oracle.write(Buffer.from(block));
    oracle.execute();
    const pairs: Pair[] = [];
    for (let one = oracle.read(); one; one = oracle.read()) pairs.push([one.name, one.value]);
    return pairs;
  };
}

const codes = (require('hpack.js/lib/hpack/huffman.js') as { encode: [length: number, code: number][] })
  .encode;

/** The Huffman code of these bytes, filled up with ones (RFC 7541 §5.2). */
export function huffman(bytes: Uint8Array): Buffer {
  const bits = Array.from(bytes, (byte) => {
    const [length, code] = codes[byte]!;
    return code.toString(2).padStart(length, '0');
  }).join('');
  const filled = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  return Buffer.from(filled.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

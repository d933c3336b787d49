/**
 * Content codings (RFC 9110 §8.4.1): bodies that are compressed as a whole. A stream is read while it arrives: as much
 * is decompressed as can be so far.
 *
 * Synchronously Node decompresses whole buffers only, so the body so far is decompressed again as it grows, and only
 * the new clear bytes are read.
 */
import * as zlib from 'node:zlib';
import type { Open } from '../../wire/reader.ts';
import type { Mark } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';
import { longestClear } from './inflate.ts';
import { openInside } from './opened.ts';

type Opening = (bytes: Uint8Array) => Uint8Array;

const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: longestClear };
const brotliOptions = {
  finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
  maxOutputLength: longestClear,
};

const openings: Readonly<Record<string, Opening>> = {
  gzip: (bytes) => zlib.gunzipSync(bytes, options),
  'x-gzip': (bytes) => zlib.gunzipSync(bytes, options),
  // Some servers send raw deflate under this name; only zlib's first byte has 8 in its low bits (RFC 1950 §2.2).
  deflate: (bytes) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options),
  br: (bytes) => zlib.brotliDecompressSync(bytes, brotliOptions),
};

/** Registered (RFC 9110 §16.6.1, IANA), but this tool does not decompress them. */
const closed = ['compress', 'x-compress', 'zstd', 'dcb', 'dcz', 'aes128gcm', 'exi', 'pack200-gzip'];

export type Coding = 'none' | 'closed' | { readonly open: Opening };

/**
 * @param content value of Content-Encoding. A name that is not registered codes nothing: some servers send `none`.
 * @param transfer value of Transfer-Encoding. An unknown name there makes the coding `closed`: the body is not
 * readable.
 */
export function codingOf(content = '', transfer = ''): Coding {
  const namesIn = (field: string) => field.split(',').map((name) => name.trim().toLowerCase());
  const names = [
    ...namesIn(content).filter((name) => Object.hasOwn(openings, name) || closed.includes(name)),
    ...namesIn(transfer).filter((name) => !['', 'identity', 'chunked'].includes(name)),
  ];
  const [name, another] = names;
  if (name === undefined) return 'none';
  const open = another === undefined ? openings[name] : undefined;
  return open ? { open } : 'closed';
}

/** At most so many compressed bytes are kept for decompression; a longer body is not read any further. */
const mostKept = 4 * 1024 * 1024;
const firstLook = 64;

/** Reads a coded body: its bytes are the payload's, `compressed`; its messages weigh nothing of their own. */
export const coded =
  (opening: Opening, open: Open<Layer>): Open<Layer> =>
  (tell, message) => {
    const inside = openInside(tell, message, open, 'nothing');
    const places = placesToLook();
    const kept: Uint8Array[] = [];
    let length = 0;
    let clear = 0;
    let mark: Mark = 'field';
    const look = () => {
      const all = length > mostKept ? null : opened(opening, Buffer.concat(kept));
      if (all === null || all.length <= clear) return;
      inside.push(all.subarray(clear));
      clear = all.length;
    };
    const close = (inner: () => void) => {
      look();
      if (clear > 0) inner();
      // The content could not be decompressed, but there was a message.
      else if (length > 0) tell({ message, layer: 'payload', name: 'body', length: 0, mark: 'unit' });
    };
    return {
      push(bytes) {
        for (let left = bytes; left.length > 0; ) {
          const { taken, looks } = places.next(left);
          tell({ message, layer: 'payload', name: 'compressed', length: taken, mark });
          mark = 'more';
          length += taken;
          if (length <= mostKept) kept.push(left.subarray(0, taken));
          else kept.length = 0;
          if (looks) look();
          left = left.subarray(taken);
        }
      },
      end: () => close(inside.end),
      breakOff: () => close(inside.breakOff),
    };
  };

/**
 * Where a beginning is opened: whenever it has doubled, and behind the empty block of a sync flush, which is what a
 * sender of events does after each (RFC 7692 §7.2.1 has the same four bytes). Chunks, which are cut as they like, do
 * not matter.
 */
function placesToLook() {
  let length = 0;
  let nextLook = firstLook;
  let lastFour = 0xffff_ffff;
  return {
    next(bytes: Uint8Array): { taken: number; looks: boolean } {
      for (let taken = 1; taken <= bytes.length; taken++) {
        lastFour = ((lastFour << 8) | (bytes[taken - 1] ?? 0)) >>> 0;
        if (++length !== nextLook && lastFour !== 0x0000_ffff) continue;
        if (length === nextLook) nextLook *= 2;
        return { taken, looks: true };
      }
      return { taken: bytes.length, looks: false };
    },
  };
}

function opened(opening: Opening, bytes: Uint8Array): Uint8Array | null {
  try {
    return opening(bytes);
  } catch {
    return null;
  }
}

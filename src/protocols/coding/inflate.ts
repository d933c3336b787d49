/**
 * Messages of permessage-deflate (RFC 7692 §7.2.2), inflated one after the other. Where a context is kept, the last
 * 32 KiB of what came before are the dictionary of what comes next.
 */
import { constants, inflateRawSync } from 'node:zlib';

/** Every message ends with these four bytes, which nobody sends (§7.2.1). */
const left = Buffer.from([0x00, 0x00, 0xff, 0xff]);
const windowBytes = 32 * 1024;
/** A message may become a thousand times as long as it was sent; longer ones stay closed. */
export const longestClear = 16 * 1024 * 1024;

/** The clear bytes of the next message; null where they cannot be had, nor those of any that leans on them.
 *
 * @param compressed null where it was too long to be kept.
 */
export type Inflate = (compressed: Uint8Array | null) => Uint8Array | null;

export function createInflate(keepsContext: boolean): Inflate {
  let window: Buffer | null = Buffer.alloc(0);
  return (compressed) => {
    if (window === null) return null;
    const clear = compressed && inflated(Buffer.concat([compressed, left]), window);
    if (!keepsContext) return clear;
    window = clear && Buffer.from(Buffer.concat([window, clear]).subarray(-windowBytes));
    return clear;
  };
}

function inflated(bytes: Buffer, dictionary: Buffer): Buffer | null {
  try {
    return inflateRawSync(bytes, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: longestClear,
      ...(dictionary.length > 0 && { dictionary }),
    });
  } catch {
    return null;
  }
}

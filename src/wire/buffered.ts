/**
 * Content that is read in one go, when its last byte has come: packets whose meaning is known only then.
 * If the content breaks off before, the splicer owns what was collected here.
 */
import type { Open } from './reader.ts';
import type { Emit } from './span.ts';

/** `read` must own every byte it is given. */
export const whole =
  (read: (emit: Emit, bytes: Uint8Array) => void): Open =>
  (emit) => {
    const pieces: Uint8Array[] = [];
    return {
      push: (bytes) => void pieces.push(bytes),
      end: () => read(emit, Buffer.concat(pieces)),
    };
  };

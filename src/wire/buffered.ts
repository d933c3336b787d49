/**
 * Content that is read in one go when its last byte has arrived: packets whose meaning is known only then.
 * If the content breaks off before that, the splicer reports the bytes collected here as `torn`.
 */
import type { Message } from './message.ts';
import type { Open } from './reader.ts';
import type { Tell } from './span.ts';

/** `read` must tell a span for every byte it is given. */
export const whole =
  <Layer extends string>(
    read: (tell: Tell<Layer>, bytes: Uint8Array, message: Message) => void,
  ): Open<Layer> =>
  (tell, message) => {
    const pieces: Uint8Array[] = [];
    return {
      push: (bytes) => void pieces.push(bytes),
      end: () => read(tell, Buffer.concat(pieces), message),
    };
  };

/**
 * Content that needs no reading: one field, however long, told as it streams by and never buffered.
 * The application's own bodies and messages are such content, and so is whatever is compressed.
 */
import type { Open } from './reader.ts';
import type { Mark } from './span.ts';

/** @param empty what content of no bytes is: still a message (`unit`), or nothing at all. */
export const verbatim =
  <Layer extends string>(layer: Layer, name: string, empty: 'unit' | 'nothing' = 'nothing'): Open<Layer> =>
  (tell, message) => {
    let mark: Mark = 'unit';
    const skip = (length: number) => {
      if (length === 0) return;
      tell({ message, layer, name, length, mark });
      mark = 'more';
    };
    return {
      skip,
      push: ({ length }) => skip(length),
      end() {
        if (mark === 'unit' && empty === 'unit') tell({ message, layer, name, length: 0, mark });
      },
    };
  };

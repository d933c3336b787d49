/**
 * Content that needs no reading: one field, however long, told as it streams by and never buffered.
 * The application's own bodies and messages are such content, and so is whatever is compressed.
 */
import type { Open } from './reader.ts';
import type { Layer, Mark } from './span.ts';

/** `empty` says what content of no bytes is: a message all the same (`unit`), or nothing at all. */
export const verbatim =
  (layer: Layer, name: string, empty: 'unit' | 'nothing' = 'nothing'): Open =>
  (emit) => {
    let mark: Mark = 'unit';
    return {
      push(bytes) {
        if (bytes.length === 0) return;
        emit(layer, name, bytes.length, mark);
        mark = 'more';
      },
      end() {
        if (mark === 'unit' && empty === 'unit') emit(layer, name, 0, 'unit');
      },
    };
  };

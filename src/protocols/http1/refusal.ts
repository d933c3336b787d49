/**
 * Bodies that say why a request was refused (RFC 9110 §15.5, §15.6): no message of the application. They belong to whoever
 * refused: Engine.IO has an error of its own, JSON or a line of text; a page is of a proxy before it.
 */
import type { Dissector, Open } from '../../wire/reader.ts';
import type { Mark } from '../../wire/span.ts';
import { verbatim } from '../../wire/verbatim.ts';

/** A further part of the response, as its head is. */
export const refusal: Open = (emit) => {
  let mark: Mark = 'field';
  return {
    push(bytes) {
      if (bytes.length === 0) return;
      emit('http', 'refusal', bytes.length, mark);
      mark = 'more';
    },
    end() {},
  };
};

const lessThan = 0x3c;
const engineIoError = verbatim('engine.io', 'error');

export const engineIoRefusal: Open = (emit) => {
  let reader: Dissector | undefined;
  return {
    push(bytes) {
      if (bytes.length === 0) return;
      reader ??= (bytes[0] === lessThan ? refusal : engineIoError)(emit);
      reader.push(bytes);
    },
    end: () => reader?.end(),
  };
};

/**
 * Bodies that say why a request was refused (RFC 9110 §15.5, §15.6): no message of the application. They belong to the
 * layer that refused: Engine.IO's errors are JSON or a line of text; an HTML page comes from a proxy before it.
 */
import type { Dissector, Open } from '../../wire/reader.ts';
import type { Mark } from '../../wire/span.ts';
import { verbatim } from '../../wire/verbatim.ts';
import type { Layer } from '../layers.ts';

/** The body belongs to the response as its head does. */
export const refusal: Open<Layer> = (tell, message) => {
  let mark: Mark = 'field';
  return {
    push({ length }) {
      if (length === 0) return;
      tell({ message, layer: 'http', name: 'refusal', length, mark });
      mark = 'more';
    },
    end() {},
  };
};

const lessThan = 0x3c;
const engineIoError = verbatim('engine.io', 'error');

export const engineIoRefusal: Open<Layer> = (tell, message) => {
  let reader: Dissector | undefined;
  return {
    push(bytes) {
      if (bytes.length === 0) return;
      reader ??= (bytes[0] === lessThan ? refusal : engineIoError)(tell, message);
      reader.push(bytes);
    },
    end: () => reader?.end(),
  };
};

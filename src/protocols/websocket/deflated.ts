/**
 * A message under permessage-deflate (RFC 7692): its bytes on the wire are the payload field `compressed`; its content,
 * and how many messages that is, is read from the inflated bytes.
 */

import type { Open } from '../../wire/reader.ts';
import type { Mark } from '../../wire/span.ts';
import { type Inflate, longestClear } from '../coding/inflate.ts';
import { readInside } from '../coding/opened.ts';
import type { Layer } from '../layers.ts';

export const deflated =
  (inflate: Inflate, open: Open<Layer>): Open<Layer> =>
  (tell, message) => {
    const pieces: Uint8Array[] = [];
    let length = 0;
    let mark: Mark = 'field';
    return {
      push(bytes) {
        tell({ message, layer: 'payload', name: 'compressed', length: bytes.length, mark });
        mark = 'more';
        length += bytes.length;
        if (length <= longestClear) pieces.push(bytes);
      },
      end() {
        const clear = inflate(length <= longestClear ? Buffer.concat(pieces) : null);
        if (clear === null)
          return tell({ message, layer: 'payload', name: 'message', length: 0, mark: 'unit' });
        readInside(tell, message, open, 'nothing', clear);
      },
    };
  };

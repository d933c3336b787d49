/**
 * What a middlebox is: it sees both directions of one connection and decides what to pass on, and when. Boxes stand at
 * the server's end of the link, as a reverse proxy does, and may stand in a row. This file knows no box by name.
 */

/** One direction of a byte stream. */
export interface Way {
  push(bytes: Uint8Array): void;
  /** No more bytes will come this way. */
  end(): void;
}

/** What lies behind a box on either side. */
export interface Ends {
  /** Towards the server. */
  readonly up: Way;
  /** Towards the client. */
  readonly down: Way;
  /** Ends both directions at once; afterwards the box must not pass anything on. */
  close(): void;
}

export interface Box {
  /** Takes what the client sent. */
  readonly up: Way;
  /** Takes what the server sent. */
  readonly down: Way;
  /** The connection is gone: the box must cancel its timers. */
  dispose(): void;
}

/** Makes the box of one connection. */
export type OpenBox = (ends: Ends) => Box;

/** A box that only passes on. */
export const passing: OpenBox = ({ up, down }) => ({ up, down, dispose() {} });

/** Two boxes one after the other, the first nearer to the client. */
export const inRow =
  (first: OpenBox, second: OpenBox): OpenBox =>
  (ends) => {
    const nearer: Box = first({
      // The second box is made from the first, so it is looked up only when a byte passes.
      up: { push: (bytes) => farther.up.push(bytes), end: () => farther.up.end() },
      down: ends.down,
      close: ends.close,
    });
    const farther = second({ ...ends, down: nearer.down });
    return {
      up: nearer.up,
      down: farther.down,
      dispose() {
        nearer.dispose();
        farther.dispose();
      },
    };
  };

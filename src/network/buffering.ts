/**
 * Middleboxes that hold responses back, as proxies do in four ways: until the response is complete (lighttpd as it is
 * installed); until a buffer is full (nginx, 4,096 bytes of content); the head alone, until the first byte of content
 * (nginx with the lines of its WebSocket page, and proxies made with Node); or for the 200 ms of the kernel's cork, if
 * the proxy has told the kernel that more will follow (haproxy 2.6). So an event stream shows nothing, or arrives in
 * lumps, or late; a long poll is unharmed.
 *
 * Requests pass as they come, and so do upgraded connections and other protocols than HTTP.
 */
import { type Clock, nanoseconds } from '../base/clock.ts';
import type { Box, Ends, OpenBox, Way } from './box.ts';
import { type ResponseListener, readResponses } from './responses.ts';

/** Buffer of a response that waits for its end, in bytes: nginx has 64 KiB in memory and more on disk. */
export const bufferBytes = 1024 * 1024;
/** What fits into one Ethernet packet: a cork lets a full one go. */
export const segmentBytes = 1448;

/** When held bytes are released, besides at the end of their response. */
interface Policy extends Partial<ResponseListener> {
  /** A piece is in the buffer and has been read. */
  held?(): void;
  dispose?(): void;
}

/** Passes each response on when it is complete. */
export const wholeResponses: OpenBox = (ends) => holding(ends, () => ({}));

/**
 * Passes content on in pieces of this size, with its chunk framing, and the rest at the response's end. The head counts
 * towards the first piece. A response with `X-Accel-Buffering: no` passes as it comes, as behind nginx.
 */
export const inPieces =
  (pieceBytes: number): OpenBox =>
  (ends) =>
    holding(ends, (buffer) => {
      let content = 0;
      let isAsked = false;
      return {
        head(bytes, fields) {
          content += bytes;
          isAsked = fields.get('x-accel-buffering') === 'no';
        },
        held() {
          if (isAsked) buffer.release();
        },
        content(bytes, until) {
          content += bytes;
          const beyond = content % pieceBytes;
          if (beyond < bytes && content >= pieceBytes) buffer.release(until - beyond);
        },
        complete() {
          content = 0;
          isAsked = false;
        },
      };
    });

/** Holds each head until the first byte of content; what follows it passes. */
export const holdHead: OpenBox = (ends) =>
  holding(ends, (buffer) => {
    let hasBegun = false;
    return {
      content() {
        hasBegun = true;
      },
      held() {
        if (hasBegun) buffer.release();
      },
      complete() {
        hasBegun = false;
      },
    };
  });

/** Bytes wait for `corkMs`, a full segment or the end of the response. haproxy does so to chunked responses. */
export const cork =
  (corkMs: number, clock: Clock): OpenBox =>
  (ends) =>
    holding(ends, (buffer) => {
      let cancel: (() => void) | undefined;
      const uncork = () => {
        cancel?.();
        cancel = undefined;
      };
      const letGo = () => {
        uncork();
        buffer.release();
      };
      return {
        held() {
          const full = buffer.bytes() - (buffer.bytes() % segmentBytes);
          if (full > 0) {
            uncork();
            buffer.release(buffer.released() + full);
          }
          if (buffer.bytes() > 0) cancel ??= clock.at(clock.now() + corkMs * nanoseconds.perMs, letGo);
        },
        complete: uncork,
        open: uncork,
        dispose: uncork,
      };
    });

function holding(ends: Ends, policyOf: (buffer: Held) => Policy): Box {
  const buffer = createBuffer(ends.down);
  const policy = policyOf(buffer);
  let isOpen = false;
  const reader = readResponses({
    head: (bytes, fields) => policy.head?.(bytes, fields),
    content: (bytes, until) => policy.content?.(bytes, until),
    complete() {
      policy.complete?.();
      buffer.release();
    },
    open() {
      isOpen = true;
      policy.open?.();
      buffer.release();
    },
  });
  return {
    up: {
      push(piece) {
        reader.push('up', piece);
        ends.up.push(piece);
      },
      end: () => ends.up.end(),
    },
    down: {
      push(piece) {
        // Buffered before it is read, because reading a response's last byte releases the buffer.
        buffer.hold(piece);
        reader.push('down', piece);
        if (isOpen || buffer.bytes() >= bufferBytes) buffer.release();
        else policy.held?.();
      },
      end() {
        policy.dispose?.();
        buffer.release();
        ends.down.end();
      },
    },
    dispose: () => policy.dispose?.(),
  };
}

type Held = ReturnType<typeof createBuffer>;

/** Holds bytes until they are released up to a position, counted from the first byte of the connection. */
function createBuffer(beyond: Way) {
  let held: Uint8Array[] = [];
  let bytes = 0;
  let released = 0;
  return {
    bytes: () => bytes,
    released: () => released,
    hold(piece: Uint8Array) {
      held.push(piece);
      bytes += piece.length;
    },
    release(until = released + bytes) {
      let wanted = Math.min(bytes, until - released);
      while (wanted > 0) {
        const [piece = new Uint8Array(0)] = held;
        const taken = piece.subarray(0, wanted);
        held = taken.length < piece.length ? [piece.subarray(taken.length), ...held.slice(1)] : held.slice(1);
        beyond.push(taken);
        bytes -= taken.length;
        released += taken.length;
        wanted -= taken.length;
      }
    },
  };
}

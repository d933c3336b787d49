/**
 * Middleboxes that hold responses back, as proxies do for four reasons: until it is complete (lighttpd as it is installed);
 * until a buffer is full (nginx, 4,096 bytes of content); the head alone, until the first byte of content (nginx with the lines
 * of its WebSocket page, and proxies made of Node); or for the 200 ms of the kernel's cork, where a proxy has told it that more
 * is to come (haproxy 2.6). So an event stream shows nothing, or comes in lumps, or late, and a long poll is unharmed.
 *
 * Requests pass as they come, and so do an upgraded connection and what does not speak HTTP.
 */
import { type Clock, nanoseconds } from '../base/clock.ts';
import type { Box, Ends, OpenBox, Way } from './box.ts';
import { type ResponseListener, readResponses } from './responses.ts';

/** One response's buffer, where it waits for its end: nginx has 64 KiB in memory and more on disk. */
export const bufferBytes = 1024 * 1024;
/** What fits into one packet of an Ethernet: a cork lets a full one go. */
export const segmentBytes = 1448;

/** What lets bytes go that are held, besides the end of their response. */
interface Policy extends Partial<ResponseListener> {
  /** A piece is held and has been read. */
  held?(): void;
  dispose?(): void;
}

/** Each response whole. */
export const wholeResponses: OpenBox = (ends) => holding(ends, () => ({}));

/**
 * Content in pieces of this size, with whatever frames it, and the rest with the response's end; the head is in the
 * first. A response that says `X-Accel-Buffering: no` passes as it comes, as behind the model.
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

/** Heads wait for the first byte of content; what follows it passes. */
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

/** What is not the end of a response waits for so long, or for a full segment. The model does so to what comes in chunks. */
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
        // Held first: reading its last byte lets the response go.
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

/** Holds what it is given until it is released, as far as that says; positions count from the first byte of the connection. */
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

/**
 * What permessage-deflate (RFC 7692) would have saved on WebSocket messages where it was offered and refused: a
 * sample of each direction is deflated once, with the context that both sides keep by default.
 */
import { deflateRawSync } from 'node:zlib';
import type { Layer } from '../protocols/layers.ts';
import { type Message, type Request, requestOf } from '../wire/message.ts';
import type { Direction, Span } from '../wire/span.ts';
import { frameOf } from './said.ts';

export interface Deflatable {
  /** Of messages, in the sample. */
  readonly bytes: number;
  readonly deflated: number;
}

/** Bytes of messages kept for each direction. */
const sampleBytes = 16 * 1024;
/** An empty block ends each message; its last four bytes are left out (§7.2.1). */
const endBytes = 1;

export function watchDeflatable() {
  const samples = { up: createSample(), down: createSample() };
  let sum: Deflatable = { bytes: 0, deflated: 0 };
  let looked = { request: null as Request | null, isOffered: false };
  const isOfferedIn = (message: Message): boolean => {
    const request = requestOf(message);
    if (request !== looked.request) looked = { request, isOffered: request !== null && isRefused(request) };
    return looked.isOffered;
  };
  return {
    /** Whether all bytes of its spans are wanted. */
    wants: (message: Message): boolean =>
      frameOf(message) !== null && isOfferedIn(message) && samples[message.direction].hasRoom(),
    /** @param bytes all of the span's, as on the wire. */
    tell({ message, layer, clear }: Span<Layer>, bytes: Uint8Array) {
      if (layer !== 'websocket') samples[message.direction].add(frameOf(message), clear ? clear() : bytes);
    },
    end() {
      const directions: readonly Direction[] = ['up', 'down'];
      sum = {
        bytes: directions.reduce((all, one) => all + samples[one].bytes(), 0),
        deflated: directions.reduce((all, one) => all + samples[one].deflated(), 0),
      };
    },
    read: (): Deflatable => sum,
  };
}

const isRefused = ({ headers, peer }: Request): boolean =>
  /permessage-deflate/i.test(headers.get('sec-websocket-extensions') ?? '') &&
  peer?.status === 101 &&
  !peer.headers.has('sec-websocket-extensions');

function createSample() {
  const parts: Uint8Array[] = [];
  let length = 0;
  let messages = 0;
  let current: Message | null = null;
  return {
    hasRoom: () => length < sampleBytes,
    add(frame: Message | null, bytes: Uint8Array) {
      if (frame !== current) messages++;
      current = frame;
      const kept = bytes.subarray(0, sampleBytes - length);
      parts.push(kept);
      length += kept.length;
    },
    bytes: () => length,
    deflated: () => (length === 0 ? 0 : deflateRawSync(Buffer.concat(parts)).length + endBytes * messages),
  };
}

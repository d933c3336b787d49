/**
 * What clients and servers must agree on, and nothing else: paths, names, the mailbox's framing and how a
 * message says who sent it. Both sides import this file; neither side imports the other.
 */
import { contentTypes } from './endpoints.ts';

export { contentTypes, cursorHeader, eventName, paths } from './endpoints.ts';

/** An application message: text travels as text, and bytes as bytes if the wire can carry them. */
export type Payload = string | Uint8Array;

/** No server takes a longer message, whatever its transport. */
export const maxMessageBytes = 4 * 1024 * 1024;

export const contentTypeOf = (data: Payload): string =>
  typeof data === 'string' ? contentTypes.text : contentTypes.binary;

export const byteLength = (data: Payload): number =>
  typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;

/**
 * SSE event types of messages that a bare `data:` line cannot carry. Plain text has no `event:` field at all,
 * so that it costs what the specification's smallest event costs.
 */
export const sseTypes = {
  /** Bytes, as base64: an event stream is UTF-8 text. */
  binary: 'binary',
  /** Text with a carriage return, as a JSON string: the parser would read CR as a line end. */
  json: 'json',
} as const;

/** Frames messages for a mailbox response as netstrings (`LENGTH:BYTES,`): self-delimiting, and binary stays binary. */
export function encodeMailbox(messages: readonly Payload[]): Buffer {
  const parts: Buffer[] = [];
  for (const message of messages) {
    const bytes = typeof message === 'string' ? Buffer.from(message) : message;
    parts.push(Buffer.from(`${bytes.byteLength}:`), Buffer.from(bytes), Buffer.from(','));
  }
  return Buffer.concat(parts);
}

/** The inverse of `encodeMailbox`. Throws a RangeError on anything that is not a whole number of netstrings. */
export function decodeMailbox(body: Uint8Array): Uint8Array[] {
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    const colon = body.indexOf(0x3a, at);
    const digits = Buffer.from(body.subarray(at, Math.max(at, colon))).toString('latin1');
    const end = colon + 1 + Number(digits);
    if (!/^\d+$/.test(digits) || body[end] !== 0x2c)
      throw new RangeError(`mailbox: no netstring at byte ${at}`);
    messages.push(body.subarray(colon + 1, end));
    at = end + 1;
  }
  return messages;
}

/** From this size in bytes on, a message carries its own identity; smaller ones travel one at a time per client. */
export const identityBytes = 12;

/** Who sent a message and which one it is. Server-originated messages come from client 0. */
export interface Identity {
  readonly client: number;
  readonly sequence: number;
}

/** Builds a message of exactly `size` bytes: its identity first (where it fits), then filler. */
export function encodeMessage({ client, sequence }: Identity, size: number, binary: boolean): Payload {
  if (binary) {
    const bytes = Buffer.allocUnsafe(size);
    // Every byte value appears, so that a wire that is not 8-bit clean shows at once.
    for (let i = 0; i < size; i++) bytes[i] = (sequence + i * 151) & 0xff;
    if (size >= identityBytes) {
      bytes.writeUInt32BE(0, 0);
      bytes.writeUInt32BE(client, 4);
      bytes.writeUInt32BE(sequence, 8);
    }
    return bytes;
  }
  if (size < identityBytes) return fillerOf(size);
  const head = `${client.toString(36).padStart(4, '0')}-${sequence.toString(36).padStart(6, '0')}.`;
  return head + fillerOf(size - identityBytes);
}

let filler = 'the quick brown fox jumps over the lazy dog; ';

function fillerOf(size: number): string {
  while (filler.length < size) filler += filler;
  return filler.slice(0, size);
}

/** Reads the identity back, or `null` where the message is too small, or a text that is not one of ours. */
export function decodeIdentity(data: Payload): Identity | null {
  if (typeof data !== 'string') {
    if (data.byteLength < identityBytes) return null;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return { client: view.getUint32(4), sequence: view.getUint32(8) };
  }
  if (data.length < identityBytes || data[4] !== '-' || data[11] !== '.') return null;
  const client = base36(data, 0, 4);
  const sequence = base36(data, 5, 11);
  return client < 0 || sequence < 0 ? null : { client, sequence };
}

/** The number written from `start` to `end` in lower case; -1 where there is none. Every message pays for this. */
function base36(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const digit = code >= 97 && code <= 122 ? code - 87 : code >= 48 && code <= 57 ? code - 48 : Number.NaN;
    number = number * 36 + digit;
  }
  return Number.isNaN(number) ? -1 : number;
}

/** Cuts a byte stream into frames of one fixed size: all the framing the TCP floor has. */
export function frames(size: number, take: (frame: Uint8Array) => void): (bytes: Buffer) => void {
  // Concatenated once, when a frame is complete: doing it at every chunk would copy a long message again and again.
  let held: Buffer[] = [];
  let length = 0;
  return (bytes) => {
    held.push(bytes);
    length += bytes.length;
    if (length < size) return;
    let rest = held.length === 1 ? bytes : Buffer.concat(held, length);
    for (; rest.length >= size; rest = rest.subarray(size)) take(rest.subarray(0, size));
    held = rest.length > 0 ? [rest] : [];
    length = rest.length;
  };
}

/** What a client calls itself: four characters, so that every client's requests have one length. */
export const clientName = (index: number): string => (index + 1).toString(36).padStart(4, '0');

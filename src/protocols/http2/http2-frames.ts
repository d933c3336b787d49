/**
 * Frames of HTTP/2 (RFC 9113 §4, §6): nine bytes with the frame's length, type, flags and stream, then the payload of
 * its type. Gives up on a frame with a wrong stream or length before any of it is owned. Knows nothing of exchanges.
 */
import type { Part } from '../../wire/message.ts';
import { giveUp, type Parser, take } from '../../wire/reader.ts';
import type { Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';
import { errorName, settingsText } from './names.ts';

/** By their number (§6). */
const types = [
  'data',
  'headers',
  'priority',
  'rst-stream',
  'settings',
  'push-promise',
  'ping',
  'goaway',
  'window-update',
  'continuation',
] as const;

/** `extension`: of a type that this specification does not know. */
export type FrameType = (typeof types)[number] | 'settings-ack' | 'ping-ack' | 'extension';

export const flags = { endStream: 0x01, ack: 0x01, endHeaders: 0x04, padded: 0x08, priority: 0x20 } as const;

export interface FrameHead {
  readonly type: FrameType;
  /** Of what follows. */
  readonly length: number;
  readonly flags: number;
  /** 0 is the connection. */
  readonly stream: number;
}

export const headBytes = 9;

/** The low 31 bits; the first is reserved (§4.1). */
export const number31 = (bytes: Uint8Array): number => bytes.reduce(grown, 0) % 2 ** 31;

const grown = (value: number, byte: number): number => value * 256 + byte;

const ofStream = (_length: number, stream: number) => stream > 0;
const ofConnection =
  (...lengths: number[]) =>
  (length: number, stream: number) =>
    stream === 0 && lengths.includes(length);

const isAllowed: Readonly<Record<FrameType, (length: number, stream: number) => boolean>> = {
  data: ofStream,
  headers: ofStream,
  priority: (length, stream) => length === 5 && stream > 0,
  'rst-stream': (length, stream) => length === 4 && stream > 0,
  settings: (length, stream) => length % 6 === 0 && stream === 0,
  'settings-ack': ofConnection(0),
  'push-promise': ofStream,
  ping: ofConnection(8),
  'ping-ack': ofConnection(8),
  goaway: (length, stream) => length >= 8 && stream === 0,
  'window-update': (length) => length === 4,
  continuation: ofStream,
  extension: () => true,
};

export function* readFrameHead(): Parser<FrameHead> {
  const head = headOf(yield* take(headBytes));
  return isAllowed[head.type](head.length, head.stream) ? head : yield* giveUp('malformed');
}

export function headOf(bytes: Uint8Array): FrameHead {
  const [type = 0, flag = 0] = bytes.subarray(3);
  return {
    type: typeOf(type, flag),
    length: bytes.subarray(0, 3).reduce(grown, 0),
    flags: flag,
    stream: number31(bytes.subarray(5, headBytes)),
  };
}

function typeOf(number: number, flag: number): FrameType {
  const type = types[number] ?? 'extension';
  const isAnswer = (flag & flags.ack) !== 0;
  return isAnswer && (type === 'settings' || type === 'ping') ? `${type}-ack` : type;
}

/** The head of a frame, which begins with it. */
export function tellHead(tell: Tell<Layer>, frame: Part): void {
  tell({ message: frame, layer: 'http2', name: `${frame.type}-head`, length: headBytes, mark: 'unit' });
}

/** Frames that carry neither content nor headers. */
export type ControlType = Exclude<FrameType, 'data' | 'headers' | 'push-promise' | 'continuation'>;

interface Field {
  readonly name: string;
  readonly bytes: number | 'rest';
  readonly says?: (bytes: Uint8Array) => string;
}

const errorCode: Field = { name: 'error-code', bytes: 4, says: errorName };
const pingData: Field = { name: 'ping-data', bytes: 8 };

const layouts: Readonly<Record<ControlType, readonly Field[]>> = {
  priority: [{ name: 'priority', bytes: 5 }],
  'rst-stream': [errorCode],
  settings: [{ name: 'settings', bytes: 'rest', says: settingsText }],
  'settings-ack': [],
  ping: [pingData],
  'ping-ack': [pingData],
  goaway: [
    { name: 'last-stream', bytes: 4, says: (bytes) => String(number31(bytes)) },
    errorCode,
    { name: 'debug-data', bytes: 'rest' },
  ],
  'window-update': [{ name: 'window-increment', bytes: 4, says: (bytes) => String(number31(bytes)) }],
  extension: [{ name: 'extension-data', bytes: 'rest' }],
};

/** Tells a control frame's payload and returns it, because the caller reads SETTINGS from it; it is short. */
export function* readControl(
  tell: Tell<Layer>,
  frame: Part,
  { type, length }: FrameHead & { readonly type: ControlType },
): Parser<Uint8Array> {
  const payload = yield* take(length);
  let at = 0;
  for (const { name, bytes, says } of layouts[type]) {
    const field = payload.subarray(at, bytes === 'rest' ? length : at + bytes);
    at += field.length;
    if (field.length === 0) continue;
    const span = { message: frame, layer: 'http2', name, length: field.length, mark: 'field' } as const;
    tell(says ? { ...span, value: says(field) } : span);
  }
  return payload;
}

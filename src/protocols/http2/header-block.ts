/**
 * The frames of one header block (RFC 9113 §4.3): HEADERS or PUSH_PROMISE, and CONTINUATION until END_HEADERS, with no
 * frame between them. They are read as a whole, because a field may lie across two frames, and only the complete block
 * says which message it belongs to.
 */
import { whole } from '../../wire/buffered.ts';
import { type Part, partOf, type Request, type Response } from '../../wire/message.ts';
import { giveUp, type Parser, take } from '../../wire/reader.ts';
import type { Mark, Span, Tell } from '../../wire/span.ts';
import { splice } from '../../wire/splice.ts';
import type { Layer } from '../layers.ts';
import type { Representation } from './hpack/header-decoder.ts';
import { type FrameHead, flags, headBytes, number31, readFrameHead, tellHead } from './http2-frames.ts';

interface BlockFrame {
  readonly head: FrameHead;
  /** What stands before its piece of the block. */
  readonly before: readonly { readonly name: string; readonly length: number; readonly value?: string }[];
  readonly fragment: Uint8Array;
  readonly padding: number;
}

export interface HeaderBlock {
  readonly frames: readonly BlockFrame[];
  readonly bytes: Uint8Array;
  /** The stream that a PUSH_PROMISE promises; else 0. */
  readonly promised: number;
}

/** Frame heads of CONTINUATION count too: an endless row of empty ones is a known attack. */
const longestBlock = 1024 * 1024;

/** @param first its head, which has been read and is not owned. */
export function* readHeaderBlock(first: FrameHead): Parser<HeaderBlock> {
  const frames: BlockFrame[] = [];
  let promised = 0;
  for (let [head, total] = [first, 0]; ; head = yield* readFrameHead()) {
    const isNext = frames.length === 0 || (head.type === 'continuation' && head.stream === first.stream);
    if (!isNext) return yield* giveUp('malformed');
    total += headBytes + head.length;
    if (total > longestBlock) return yield* giveUp('too-long');
    const payload = yield* take(head.length);
    const frame = cutOpen(head, payload);
    if (!frame) return yield* giveUp('malformed');
    frames.push(frame);
    promised ||= Number(frame.before.find(({ name }) => name === 'promised-stream')?.value ?? 0);
    if ((head.flags & flags.endHeaders) !== 0) break;
  }
  return { frames, bytes: Buffer.concat(frames.map(({ fragment }) => fragment)), promised };
}

/** Null where it is too short for what its flags announce. */
function cutOpen(head: FrameHead, payload: Uint8Array): BlockFrame | null {
  const has = (flag: number) => head.type !== 'continuation' && (head.flags & flag) !== 0;
  const before: { name: string; length: number; value?: string }[] = [];
  let start = 0;
  const add = (name: string, length: number) => {
    before.push({ name, length });
    start += length;
  };
  if (has(flags.padded)) add('pad-length', 1);
  if (head.type === 'headers' && has(flags.priority)) add('priority', 5);
  if (head.type === 'push-promise') {
    const value = String(number31(payload.subarray(start, start + 4)));
    before.push({ name: 'promised-stream', length: 4, value });
    start += 4;
  }
  const padding = has(flags.padded) ? (payload[0] ?? 0) : 0;
  const end = payload.length - padding;
  return start > end ? null : { head, before, fragment: payload.subarray(start, end), padding };
}

/** Tells frames and fields in the order of their bytes; the fields are the message's, the rest is the frames'. */
export function tellHeaderBlock(
  tell: Tell<Layer>,
  message: Request | Response,
  { frames }: HeaderBlock,
  pieces: readonly Representation[],
  of: 'head' | 'trailers',
): void {
  const wire = splice(tell);
  const parts = frames.map((frame) => ({ ...frame, part: partOf(message, 'frame', frame.head.type) }));
  const fields = whole<Layer>((tell) => {
    let mark: Mark = of === 'head' ? 'unit' : 'field';
    for (const piece of pieces) {
      if (piece.kind === 'size-update') {
        if (parts[0]) tell(sizeUpdate(piece, parts[0].part));
        continue;
      }
      tell(fieldOf(piece, message, of === 'head' ? '' : 'trailer:', mark));
      mark = 'field';
    }
  });
  wire.enter(message, fields);
  for (const { part, before, fragment, padding } of parts) {
    tellHead(wire.tell, part);
    const own = { message: part, layer: 'http2', mark: 'field' } as const;
    for (const field of before) wire.tell({ ...own, ...field });
    wire.pass(message, fragment);
    if (padding > 0) wire.tell({ ...own, name: 'padding', length: padding });
  }
  wire.leave(message);
}

const sizeUpdate = (
  { maxBytes, bytes }: Extract<Representation, { kind: 'size-update' }>,
  message: Part,
): Span<Layer> => ({
  message,
  layer: 'http2',
  name: 'table-size-update',
  length: bytes.length,
  mark: 'field',
  value: String(maxBytes),
});

/** Names are lower case, without any character that would end a line (RFC 9113 §8.2.1); a colon only at the start. */
const fieldName = /^:?[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** The field as a line of HTTP/1.1: what `clear` shows. */
function fieldOf(
  { kind, name, value, reference, huffman, bytes }: Exclude<Representation, { kind: 'size-update' }>,
  message: Request | Response,
  prefix: string,
  mark: Mark,
): Span<Layer> {
  const { length } = bytes;
  if (!fieldName.test(name)) return { message, layer: 'unparsed', name: 'malformed', length, mark };
  return {
    message,
    layer: 'http',
    name: prefix + name,
    length,
    mark,
    value,
    clear: () => Buffer.from(`${name}: ${value}\r\n`, 'latin1'),
    shorthand: { bytes, kind, reference, huffman },
  };
}

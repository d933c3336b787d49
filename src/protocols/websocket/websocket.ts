/**
 * WebSocket frames of one direction (RFC 6455 §5): two bytes or more with opcode and length, upward four more with the
 * masking key, then a control frame's data or a piece of a message. `FrameRules.open` reads the message, unmasked and
 * inflated. From the first frame that breaks a rule on, the direction is `unparsed`. Fields of its layer: opcode,
 * length, masking-key, ping-data, pong-data, close-code, close-reason.
 */

import { type Message, type Part, partOf } from '../../wire/message.ts';
import { type Ask, type Open, type Parser, take } from '../../wire/reader.ts';
import type { Clear } from '../../wire/span.ts';
import type { Splice } from '../../wire/splice.ts';
import { verbatim } from '../../wire/verbatim.ts';
import { createInflate } from '../coding/inflate.ts';
import type { Layer } from '../layers.ts';
import { deflated } from './deflated.ts';
import { unmask } from './mask.ts';
import { askHead, type Extension, type FrameHead, type HeadRules, headOf } from './websocket-head.ts';

/** Value of the opcode field of a frame that comes after its sender's Close. */
export const afterClose = 'after-close';

/** Compressed by an extension that this tool does not read. */
const sealed = verbatim<Layer>('payload', 'compressed', 'unit');

export interface FrameRules {
  /** Client to server frames are masked, server to client frames are not (§5.1). */
  readonly masked: boolean;
  /**
   * What was negotiated about reserved bits; on a message's first frame RSV1 says that it is compressed (RFC 7692 §6).
   */
  readonly extension: Extension;
  /** What reads a message. */
  readonly open: (kind: 'text' | 'binary') => Open<Layer>;
}

/** Frames after one side's half of a handshake. */
export function* readFrames(wire: Splice<Layer>, handshake: Message, rules: FrameRules): Parser {
  const { masked, extension } = rules;
  const inflate =
    extension === 'deflate' || extension === 'deflate-each' ? createInflate(extension === 'deflate') : null;
  const compressed = (open: Open<Layer>) => (inflate ? deflated(inflate, open) : sealed);
  // These functions are made once, not for each frame: a connection may have a million.
  const headRules: HeadRules = { masked, extension, inMessage: false };
  const nextHead = askHead(headRules);
  let left = 0;
  const nextPiece: Ask = (source) =>
    source.length() > 0 ? source.take(Math.min(left, source.length())) : undefined;
  let isClosed = false;
  for (;;) {
    const head = headOf(yield nextHead);
    const frame = partOf(handshake, 'frame', head.kind);
    ownHead(wire, frame, head, isClosed);
    if (head.kind === 'ping' || head.kind === 'pong' || head.kind === 'close') {
      yield* readControl(wire, frame, head);
      isClosed ||= head.kind === 'close';
      continue;
    }
    if (head.kind !== 'continuation') {
      const open = rules.open(head.kind);
      wire.enter(frame, head.compressed ? compressed(open) : open);
    }
    for (left = head.length; left > 0; ) {
      const piece = yield nextPiece;
      wire.pass(frame, piece, head.mask && unmasked(piece, head.mask, head.length - left));
      left -= piece.length;
    }
    if (head.final) wire.leave(frame);
    headRules.inMessage = !head.final;
  }
}

const unmasked =
  (piece: Uint8Array, mask: Uint8Array, at: number): Clear =>
  () =>
    unmask(piece, mask, at);

/** No data frame may follow a Close (§5.5.1). If one does, or a second Close, it is told as a frame, marked as late. */
function ownHead(
  { tell }: Splice<Layer>,
  message: Part,
  { lengthBytes, mask }: FrameHead,
  isClosed: boolean,
): void {
  const value = isClosed ? afterClose : undefined;
  tell({ message, layer: 'websocket', name: 'opcode', length: 1, mark: 'unit', value });
  tell({ message, layer: 'websocket', name: 'length', length: lengthBytes, mark: 'field' });
  if (mask) tell({ message, layer: 'websocket', name: 'masking-key', length: mask.length, mark: 'field' });
}

/** A control frame is told whole: it is short, and may stand between two pieces of a message (§5.5). */
function* readControl(wire: Splice<Layer>, message: Part, { kind, length, mask }: FrameHead): Parser<void> {
  const data = yield* take(length);
  const tellData = (name: string, from: number, to: number) => {
    const clear = mask && (() => unmask(data.subarray(from, to), mask, from));
    if (to > from) wire.tell({ message, layer: 'websocket', name, length: to - from, mark: 'field', clear });
  };
  if (kind !== 'close') return tellData(kind === 'ping' ? 'ping-data' : 'pong-data', 0, length);
  tellData('close-code', 0, Math.min(length, 2));
  tellData('close-reason', 2, length);
}

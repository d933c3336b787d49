/**
 * WebSocket frames of one direction (RFC 6455 §5): two bytes or more that say what follows and how long it
 * is, upward four more of a mask, then a control frame's data or a piece of a message. The message goes,
 * unmasked, to whoever reads it. From the first frame that breaks a rule on, the direction is `unparsed`.
 */

import { giveUp, type Open, type Parser, some, take } from '../../wire/reader.ts';
import type { Splice } from '../../wire/splice.ts';
import { verbatim } from '../../wire/verbatim.ts';
import { unmask } from './mask.ts';
import { type FrameHead, readFrameHead } from './websocket-head.ts';

export interface FrameRules {
  /** Client to server frames are masked, server to client frames are not (§5.1). */
  readonly masked: boolean;
  /** permessage-deflate was negotiated: RSV1 on a message's first frame says it is compressed (RFC 7692 §6). */
  readonly deflate: boolean;
  /** What reads a message that is not compressed. */
  readonly open: (kind: 'text' | 'binary') => Open;
}

export function* readFrames(wire: Splice, rules: FrameRules): Parser {
  for (let inMessage = false; ; ) {
    const head: FrameHead = yield* readFrameHead({ ...rules, inMessage });
    wire.emit('websocket', 'opcode', 1, 'unit');
    wire.emit('websocket', 'length', head.lengthBytes, 'field');
    if (head.mask) wire.emit('websocket', 'masking-key', head.mask.length, 'field');
    if (head.kind === 'ping' || head.kind === 'pong' || head.kind === 'close') {
      yield* readControl(wire, head);
      continue;
    }
    if (head.kind !== 'continuation') {
      wire.enter(head.compressed ? verbatim('payload', 'compressed', 'unit') : rules.open(head.kind));
    }
    yield* passUnmasked(wire, head);
    if (head.final) wire.leave();
    inMessage = !head.final;
  }
}

/** A control frame is told whole: it is short, and may stand between two pieces of a message (§5.5). */
function* readControl(wire: Splice, { kind, length }: FrameHead): Parser<void> {
  yield* take(length);
  if (kind !== 'close') {
    if (length > 0) wire.emit('websocket', `${kind}-data`, length, 'field');
    return;
  }
  if (length > 0) wire.emit('websocket', 'close-code', 2, 'field');
  if (length > 2) wire.emit('websocket', 'close-reason', length - 2, 'field');
  yield* giveUp('after-close'); // no message may follow (§5.5.1), and nobody sends anything else
}

function* passUnmasked(wire: Splice, { length, mask }: FrameHead): Parser<void> {
  for (let at = 0; at < length; ) {
    const piece = yield* some(length - at);
    wire.pass(mask ? unmask(piece, mask, at) : piece);
    at += piece.length;
  }
}

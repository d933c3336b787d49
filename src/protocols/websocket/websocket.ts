/**
 * WebSocket frames of one direction (RFC 6455 §5): two bytes or more that say what follows and how long it
 * is, upward four more of a mask, then a control frame's data or a piece of a message. The message goes,
 * unmasked, to whoever reads it. From the first frame that breaks a rule on, the direction is `unparsed`.
 */

import { type Message, type Part, partOf } from '../../wire/message.ts';
import { giveUp, type Open, type Parser, take } from '../../wire/reader.ts';
import type { Source } from '../../wire/source.ts';
import type { Splice } from '../../wire/splice.ts';
import { verbatim } from '../../wire/verbatim.ts';
import type { Layer } from '../layers.ts';
import { unmask } from './mask.ts';
import { type FrameHead, readFrameHead } from './websocket-head.ts';

export interface FrameRules {
  /** Client to server frames are masked, server to client frames are not (§5.1). */
  readonly masked: boolean;
  /** permessage-deflate was negotiated: RSV1 on a message's first frame says it is compressed (RFC 7692 §6). */
  readonly deflate: boolean;
  /** What reads a message that is not compressed. */
  readonly open: (kind: 'text' | 'binary') => Open<Layer>;
}

const compressed = verbatim('payload', 'compressed', 'unit');

/** Frames after one side's half of a handshake. */
export function* readFrames(wire: Splice<Layer>, handshake: Message, rules: FrameRules): Parser {
  const { masked, deflate } = rules;
  for (let inMessage = false; ; ) {
    // Written out: to spread `rules` and add to it makes a hidden class for every frame, which doubled the memory.
    const head: FrameHead = yield* readFrameHead({ masked, deflate, inMessage });
    const frame = partOf(handshake, 'frame', head.kind);
    ownHead(wire, frame, head);
    if (head.kind === 'ping' || head.kind === 'pong' || head.kind === 'close') {
      yield* readControl(wire, frame, head);
      continue;
    }
    if (head.kind !== 'continuation') wire.enter(frame, head.compressed ? compressed : rules.open(head.kind));
    yield* passUnmasked(wire, frame, head);
    if (head.final) wire.leave(frame);
    inMessage = !head.final;
  }
}

function ownHead({ tell }: Splice<Layer>, message: Part, { lengthBytes, mask }: FrameHead): void {
  tell({ message, layer: 'websocket', name: 'opcode', length: 1, mark: 'unit' });
  tell({ message, layer: 'websocket', name: 'length', length: lengthBytes, mark: 'field' });
  if (mask) tell({ message, layer: 'websocket', name: 'masking-key', length: mask.length, mark: 'field' });
}

/** A control frame is told whole: it is short, and may stand between two pieces of a message (§5.5). */
function* readControl(wire: Splice<Layer>, message: Part, { kind, length, mask }: FrameHead): Parser<void> {
  const data = yield* take(length);
  const own = (name: string, from: number, to: number) => {
    const clear = mask && (() => unmask(data.subarray(from, to), mask, from));
    if (to > from) wire.tell({ message, layer: 'websocket', name, length: to - from, mark: 'field', clear });
  };
  if (kind !== 'close') return own(`${kind}-data`, 0, length);
  own('close-code', 0, Math.min(length, 2));
  own('close-reason', 2, length);
  yield* giveUp('after-close'); // no message may follow (§5.5.1), and nobody sends anything else
}

function* passUnmasked(wire: Splice<Layer>, frame: Part, { length, mask }: FrameHead): Parser<void> {
  let left = length;
  // One question for all pieces: a message of many would otherwise make a reader for each.
  const ask = (source: Source) =>
    source.length > 0 ? source.take(Math.min(left, source.length)) : undefined;
  while (left > 0) {
    const at = length - left;
    const piece = yield ask;
    wire.pass(frame, piece, mask && (() => unmask(piece, mask, at)));
    left -= piece.length;
  }
}

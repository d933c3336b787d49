/**
 * Heartbeats of protocols: pings and pongs of WebSocket and Engine.IO, comments of event streams, as long as they
 * keep a steady pace. From them follows what an hour of silence costs, and which layer owns those bytes.
 */
import type { Layer } from '../protocols/layers.ts';
import type { Message } from '../wire/message.ts';
import type { Direction, Span } from '../wire/span.ts';
import { frameOf } from './said.ts';
import { type SteadyPace, watchPace } from './steady-pace.ts';

export interface Beat {
  readonly layer: 'websocket' | 'engine.io' | 'sse';
  readonly name: 'ping' | 'pong' | 'comment';
  readonly direction: Direction;
  readonly count: number;
  /** Of all beats, each with the framing that carries it alone. */
  readonly bytes: number;
  readonly periodMs: number;
}

interface Kind extends Pick<Beat, 'layer' | 'name' | 'direction'> {
  readonly pace: SteadyPace;
  /** The message of the last beat: more bytes of it may come. */
  last: Message;
  bytes: number;
}

export function watchBeats() {
  const kinds: Kind[] = [];
  return {
    tell({ message, layer, name: field, mark }: Span<Layer>, atNs: number) {
      if (mark !== 'unit') return;
      const name = beatOf(message, layer, field);
      if (name === null) return;
      const { direction } = message;
      const carrier = frameOf(message) ?? message;
      const known = kinds.find(
        (one) => one.layer === layer && one.name === name && one.direction === direction,
      );
      if (known) {
        known.bytes += known.last.bytes;
        known.last = carrier;
        known.pace.add(atNs);
      } else if (layer === 'websocket' || layer === 'engine.io' || layer === 'sse')
        kinds.push({ layer, name, direction, pace: watchPace(atNs), last: carrier, bytes: 0 });
    },
    read: (): Beat[] =>
      kinds.flatMap(({ layer, name, direction, pace, last, bytes }) => {
        const { count, periodMs } = pace.read();
        return periodMs === null
          ? []
          : [{ layer, name, direction, count, bytes: bytes + last.bytes, periodMs }];
      }),
  };
}

function beatOf(message: Message, layer: Layer, field: string): Beat['name'] | null {
  if (layer === 'sse') return field === 'comment' ? 'comment' : null;
  if (layer !== 'websocket' && layer !== 'engine.io') return null;
  // In a body of polling the ping's share of the request is not known.
  if ((message.kind !== 'frame' && message.kind !== 'packet') || !frameOf(message)) return null;
  return message.type === 'ping' || message.type === 'pong' ? message.type : null;
}

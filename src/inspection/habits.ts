/** What one connection shows of an application's costly habits; the hints about them are computed from this. */
import type { Layer } from '../protocols/layers.ts';
import type { Span } from '../wire/span.ts';
import { type Beat, watchBeats } from './beats.ts';
import { type Echoes, watchEchoes } from './echoes.ts';
import { type Held, sumHeld, watchHeldStreams } from './held-streams.ts';
import { type MqttPackets, watchMqttPackets } from './mqtt-packets.ts';
import { type PacketWeights, watchPacketWeights } from './packet-weights.ts';
import type { SaidMessage } from './said.ts';
import { type SteadyMessage, watchSteadyMessages } from './steady-messages.ts';
import { sumsOf } from './sums.ts';

export interface Habits {
  readonly steadyMessages: readonly SteadyMessage[];
  readonly beats: readonly Beat[];
  readonly heldStreams: readonly Held[];
  readonly mqtt: MqttPackets;
  readonly packetWeights: PacketWeights;
  readonly echoes: Echoes;
}

export function watchHabits() {
  const steady = watchSteadyMessages();
  const beats = watchBeats();
  const held = watchHeldStreams();
  const mqtt = watchMqttPackets();
  const weights = watchPacketWeights();
  const echoes = watchEchoes();
  return {
    /** Bytes of the answers have arrived; their spans follow by `tell`. */
    arrived: held.arrived,
    /** @param beginning makes the first bytes of the span's, as on the wire. */
    tell(span: Span<Layer>, beginning: () => Uint8Array, atNs: number) {
      held.tell(span, atNs);
      beats.tell(span, atNs);
      weights.tell(span, beginning);
    },
    said(message: SaidMessage) {
      held.said(message);
      mqtt.said(message);
      echoes.said(message);
      if (!['request', 'response'].includes(message.carrier.kind)) steady.said(message);
    },
    end: weights.end,
    read: (): Habits => ({
      steadyMessages: steady.read(),
      beats: beats.read(),
      heldStreams: held.read(),
      mqtt: mqtt.read(),
      packetWeights: weights.read(),
      echoes: echoes.read(),
    }),
  };
}

/** At most so many are kept, however many connections there are. */
const steadyKept = 50;

export const sumHabits = (all: readonly Habits[]): Habits => ({
  steadyMessages: all.flatMap(({ steadyMessages }) => steadyMessages).slice(0, steadyKept),
  beats: all.flatMap(({ beats }) => beats).slice(0, steadyKept),
  heldStreams: sumHeld(all.flatMap(({ heldStreams }) => heldStreams)),
  mqtt: sumsOf(
    ['packets', 'messages', 'headBytes'],
    all.map(({ mqtt }) => mqtt),
  ),
  packetWeights: sumsOf(
    ['packets', 'bytes', 'plainBytes'],
    all.map(({ packetWeights }) => packetWeights),
  ),
  echoes: sumsOf(
    ['connections', 'sent', 'returned', 'bytes'],
    all.map(({ echoes }) => echoes),
  ),
});

/** A client of a Socket.IO server: keeps the values of each event that it hears. */
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import { type ArrivalQueue, createArrivals } from '../arrivals.ts';
import type { Ground } from '../ground.ts';
import { events } from '../kinds.ts';
import { differenceIn, type SeenMessage, seconds } from '../seen-in-words.ts';

export type EventArgument = SeenMessage | Readonly<Record<string, unknown>>;
export type Event = keyof typeof events;

export interface Talker {
  readonly heard: Readonly<Record<Event, ArrivalQueue<EventArgument>>>;
  /** Emits with an acknowledgement that it does not wait for: another sentence finds servers that break without one. */
  emit(event: Event, value: EventArgument): void;
  /** Emits exactly this, with any values or none. */
  emitBare(event: Event, ...values: readonly unknown[]): void;
  /** Emits and waits for the acknowledgement: its value, or why there is none. */
  ask(
    event: Event,
    value: EventArgument,
  ): Promise<{ readonly acknowledged: unknown } | { readonly seen: Text }>;
  expect(event: Event, values: readonly EventArgument[]): Promise<Text | null>;
  vanish(): void;
}

const phrases = {
  failed: text('Socket.IO did not connect: {reason}', 'Socket.IO가 연결되지 않았습니다: {reason}'),
  silent: text(
    'Socket.IO did not connect within {seconds} s',
    '{seconds}초 안에 Socket.IO가 연결되지 않았습니다',
  ),
  unacknowledged: text(
    'no acknowledgement within {seconds} s',
    '{seconds}초 안에 확인 응답(ack)이 오지 않았습니다',
  ),
};

export async function openTalker(
  ground: Ground,
  transports: readonly ('polling' | 'websocket')[] = ['websocket'],
): Promise<Talker | Text> {
  const { host, port, patienceMs } = ground;
  const socket = ground.library('socket.io-client').io(`http://${host}:${port}`, {
    transports: [...transports],
    forceNew: true,
    reconnection: false,
    timeout: patienceMs,
  });
  ground.atEnd(() => socket.disconnect());
  const heard = { echo: createArrivals<EventArgument>(), chat: createArrivals<EventArgument>() };
  for (const event of Object.values(events))
    socket.on(event, (value: EventArgument) =>
      heard[event].add(value instanceof ArrayBuffer ? new Uint8Array(value) : value),
    );
  const failure = await new Promise<Text | null>((resolve) => {
    const timer = setTimeout(
      () => resolve(inEveryLanguage(phrases.silent, { seconds: seconds(patienceMs) })),
      patienceMs,
    );
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(null);
    });
    socket.once('connect_error', ({ message: reason }) => {
      clearTimeout(timer);
      resolve(inEveryLanguage(phrases.failed, { reason }));
    });
  });
  if (failure) return failure;
  return {
    heard,
    emit: (event, value) => void socket.emit(event, value, () => {}),
    emitBare: (event, ...values) => void socket.emit(event, ...values),
    ask: (event, value) =>
      socket
        .timeout(patienceMs)
        .emitWithAck(event, value)
        .then((acknowledged: unknown) => ({ acknowledged }))
        .catch(() => ({ seen: inEveryLanguage(phrases.unacknowledged, { seconds: seconds(patienceMs) }) })),
    async expect(event, values) {
      const came = heard[event];
      await came.until((all) => all.length >= values.length, patienceMs);
      return valueDifference(values, came.all, patienceMs);
    },
    vanish: () => void socket.io.engine.close(),
  };
}

/** In a sentence an object appears as its JSON, and differs from a text of the same JSON. */
const asMessage = (value: unknown): SeenMessage =>
  typeof value === 'string' || value instanceof Uint8Array ? value : `(JSON) ${JSON.stringify(value)}`;

export const valueDifference = (
  sent: readonly unknown[],
  got: readonly unknown[],
  waitedMs: number,
): Text | null => differenceIn(sent.map(asMessage), got.map(asMessage), waitedMs);

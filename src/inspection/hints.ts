/**
 * Hints for the application's authors: each is a name and a small function over the totals that returns its figures, or
 * null. Reports have the words. A further hint is one entry here, two phrases and a test.
 */

import type { Hint, Totals } from '../document/inspection.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Direction } from '../wire/span.ts';

type Figures = Readonly<Record<string, number>>;
type Look = (seen: Totals) => Figures | null;

const when = (condition: boolean, figures: Figures): Figures | null => (condition ? figures : null);

interface Which {
  readonly layer: Layer;
  readonly direction?: Direction;
  readonly name?: string;
}

const rows = ({ fields }: Totals, { layer, direction, name }: Which) =>
  fields.filter(
    (field) =>
      field.layer === layer &&
      (direction === undefined || field.direction === direction) &&
      (name === undefined || field.name === name),
  );

const bytesOf = (seen: Totals, which: Which) => rows(seen, which).reduce((sum, { bytes }) => sum + bytes, 0);
const countOf = (seen: Totals, which: Which) => rows(seen, which).reduce((sum, { count }) => sum + count, 0);
const header = (name: string, direction: Direction): Which => ({ layer: 'http', name, direction });

const hourMs = 3_600_000;
/** Pings that come more often than this, on average, are no heartbeat. */
const leastBeatMs = 100;
/** Bytes of a compressed message; one this short is no shorter than it was. */
const smallMessage = 24;

/** Bytes of messages that compression must save: fewer are not worth a context for each connection. */
const leastSaved = 1000;

/** Below so many bytes, compressing costs more than it saves. */
const worthCompressing = 10_000;

export const hints: Readonly<Record<string, Look>> = {
  'empty-polls': ({ polls }) => when(polls.empty * 2 >= polls.made && polls.made > 0, { ...polls }),

  'connection-per-request': ({ plainRequests, singleRequests }) =>
    when(singleRequests >= 5 && singleRequests >= 0.8 * plainRequests, {
      connections: singleRequests,
      requests: plainRequests,
    }),

  cookies(seen) {
    const bytes = bytesOf(seen, header('cookie', 'up'));
    return when(bytes >= 0.1 * seen.wire.up && bytes > 0, { bytes, share: bytes / seen.wire.up });
  },

  /** Headers of many small requests; two or three large ones prove nothing. */
  headers(seen) {
    const bytes = bytesOf(seen, { layer: 'http' }) - bytesOf(seen, { layer: 'http', name: 'refusal' });
    const share = bytes / (seen.wire.up + seen.wire.down);
    return when(seen.requests >= 10 && share >= 0.5, { share, requests: seen.requests });
  },

  'upgrade-stripped': ({ handshakes: { asked, stripped } }) => when(stripped > 0, { asked, stripped }),

  'upgrade-refused': ({ handshakes: { asked, refused } }) => when(refused > 0, { asked, refused }),

  /** Many servers refuse it, and most are right: a hint only where it would have saved something. */
  'compression-refused'(seen) {
    // Handshakes that got no WebSocket are not counted as refusing compression.
    const offered = seen.handshakes.offering;
    const accepted = countOf(seen, header('sec-websocket-extensions', 'down'));
    const { bytes, deflated } = seen.deflatable;
    const share = (bytes - deflated) / bytes;
    return when(offered > accepted && bytes - deflated >= leastSaved && share >= 0.2, {
      offered,
      accepted,
      bytes,
      share,
    });
  },

  'compression-idle'(seen) {
    const accepted = countOf(seen, header('sec-websocket-extensions', 'down'));
    const messages = seen.messages.up + seen.messages.down;
    return when(accepted > 0 && seen.compressedMessages === 0 && messages > 0, { accepted, messages });
  },

  'bodies-uncompressed': ({ uncompressed: { bodies, bytes } }) =>
    when(bytes >= worthCompressing, { offered: bodies, bytes }),

  'compressed-messages': ({ compressedMessages }) =>
    when(compressedMessages > 0, { messages: compressedMessages }),

  /** Only answered polls count: a client that got nothing but refusals has not stayed with polling. */
  'stays-with-polling': ({ engineIo }) =>
    when(engineIo.answered >= 10 && engineIo.upgrades === 0, { requests: engineIo.answered }),

  'versions-differ': ({ engineIo }) => when(engineIo.version3 > 0, { packets: engineIo.version3 }),

  /** Pings of WebSocket and Engine.IO with their answers, and comments of event streams. */
  heartbeats(seen) {
    const messages = seen.messages.up + seen.messages.down;
    const heartbeats =
      countOf(seen, { layer: 'engine.io', name: 'ping' }) +
      countOf(seen, { layer: 'engine.io', name: 'pong' }) +
      seen.frames.pings +
      seen.frames.pongs +
      countOf(seen, { layer: 'sse', name: 'comment' });
    // Four in a moment are no habit.
    const isHabit = heartbeats >= 4 && seen.durationMs >= leastBeatMs * heartbeats;
    return when(isHabit && heartbeats > messages, { heartbeats, messages });
  },

  /** Bytes for an hour in which nothing else is sent. */
  'heartbeat-messages'({ steadyMessages }) {
    const hourly = steadyMessages.reduce(
      (sum, { bytes, count, periodMs }) => sum + (bytes / count) * (hourMs / periodMs),
      0,
    );
    const shortest = Math.min(...steadyMessages.map(({ periodMs }) => periodMs));
    return when(steadyMessages.length > 0, {
      seconds: shortest / 1000,
      bytes: Math.round(hourly),
    });
  },

  /** Heartbeats of protocols on one connection, by the layer that owns the bytes. */
  silence({ beats }) {
    const hourly = (layer?: (typeof beats)[number]['layer']) =>
      Math.round(hourlyOf(beats.filter((beat) => (layer ?? beat.layer) === beat.layer)));
    return when(beats.length > 0, {
      seconds: Math.min(...beats.map(({ periodMs }) => periodMs)) / 1000,
      bytes: hourly(),
      webSocketBytes: hourly('websocket'),
      engineIoBytes: hourly('engine.io'),
      sseBytes: hourly('sse'),
    });
  },

  'packets-in-pieces': ({ mqtt: { packets, messages, headBytes } }) =>
    when(packets >= 5 && messages >= 1.5 * packets, { packets, messages, bytes: headBytes }),

  'packets-heavier': ({ packetWeights: { packets, bytes, plainBytes } }) =>
    when(packets >= 5 && bytes > plainBytes, { packets, bytes, plainBytes }),

  'own-messages-back': ({ echoes: { connections, ...echoes } }) => when(connections > 0, echoes),

  'frames-after-close': ({ frames: { afterClose } }) => when(afterClose > 0, { frames: afterClose }),

  'streamed-responses': ({ slowBodies: { responses, chunks, ms } }) =>
    when(responses > 0, { responses, chunks, seconds: ms / 1000 }),

  'events-corked': (seen) => heldFigures(seen, 'timed'),
  'events-buffered': (seen) => heldFigures(seen, 'buffered'),
  'events-together': (seen) => heldFigures(seen, 'chunked'),

  'unfinished-events': ({ unfinishedEvents }) => when(unfinishedEvents > 0, { events: unfinishedEvents }),

  /** Deflate takes some ten bytes before it saves any. */
  'small-messages-compressed'(seen) {
    const { compressedMessages } = seen;
    const bytes = bytesOf(seen, { layer: 'payload', name: 'compressed' });
    const mean = bytes / compressedMessages;
    return when(compressedMessages >= 10 && mean <= smallMessage, {
      messages: compressedMessages,
      bytes: Math.round(mean),
    });
  },

  /** A message that takes several frames, where each has a head and a mask of its own. */
  'frames-per-message': ({ frames: { messages, continuations } }) =>
    when(messages >= 10 && continuations >= 0.5 * messages, { frames: messages + continuations, messages }),

  /** Base64 and JSON escapes: bytes that binary messages would not have. */
  encoding(seen) {
    const bytes = bytesOf(seen, { layer: 'encoding' });
    const share = bytes / (seen.wire.up + seen.wire.down);
    return when(bytes >= 1000 && share >= 0.1, { bytes, share });
  },

  tls: (seen) => sealed(seen, 'tls'),
  http2: (seen) => sealed(seen, 'http2'),

  unparsed(seen) {
    const all = bytesOf(seen, { layer: 'unparsed' });
    const sealedBytes = ['tls', 'http2'].reduce(
      (sum, name) => sum + bytesOf(seen, { layer: 'unparsed', name }),
      0,
    );
    return when(all > sealedBytes, { bytes: all - sealedBytes });
  },

  refused: ({ refused }) => when(refused > 0, { connections: refused }),
};

/** Bytes an hour: connections that have the same heartbeat count once, by their mean. */
function hourlyOf(beats: Totals['beats']): number {
  const keyOf = ({ layer, name, direction }: Totals['beats'][number]) => `${layer} ${name} ${direction}`;
  return beats.reduce((sum, beat) => {
    const alike = beats.filter((one) => keyOf(one) === keyOf(beat)).length;
    return sum + ((beat.bytes / beat.count) * (hourMs / beat.periodMs)) / alike;
  }, 0);
}

function sealed(seen: Totals, name: 'tls' | 'http2'): Figures | null {
  const bytes = bytesOf(seen, { layer: 'unparsed', name });
  return when(bytes > 0, { bytes });
}

/** Means per burst. */
function heldFigures(
  { heldStreams, delay }: Totals,
  wanted: Totals['heldStreams'][number]['sign'],
): Figures | null {
  const held = heldStreams.find(({ sign }) => sign === wanted);
  if (!held) return null;
  const { bursts, events, bytes, pausesMs, lateMs } = held;
  // If this process itself was late to read, events that came one by one look like a burst.
  const isOwnDoing = delay !== null && 4 * delay.loopP99Ms * bursts > pausesMs;
  return when(!isOwnDoing, {
    events: events / bursts,
    bytes: Math.round(bytes / bursts),
    pauseMs: pausesMs / bursts,
    lateMs: lateMs / bursts,
  });
}

export const hintsOf = (seen: Totals): Hint[] =>
  Object.entries(hints).flatMap(([kind, look]) => {
    const figures = look(seen);
    return figures === null ? [] : [{ kind, values: { ...figures } }];
  });

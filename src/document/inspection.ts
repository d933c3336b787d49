/**
 * What an inspection found, as plain JSON: over all connections and for each of them. `wire` and `fields` are the
 * report's (carried-bytes.ts), all of it in the phase `steady`: whoever looks on cannot know what an application
 * calls its set-up. Keys may be added, never changed.
 */
import { z } from 'zod';
import { layers, unreadNames } from '../protocols/layers.ts';
import { count, fieldSchema, wireSchema } from './carried-bytes.ts';

/** What a connection may be found to speak. */
const spoken = [
  ...(['http', 'sse', 'ndjson', 'multipart', 'websocket', 'engine.io', 'socket.io'] as const),
  ...unreadNames,
  'unknown',
] as const;
export type Spoken = (typeof spoken)[number];

const accountShape = {
  /** HTTP requests, upgrades included. */
  requests: count,
  /** What applications said: WebSocket messages, events, Socket.IO events and acks, bodies that are not empty. */
  messages: z.object({ up: count, down: count }),
  /** WebSocket messages under permessage-deflate: their payload is counted as it was compressed. */
  compressedMessages: count,
  /** Of WebSocket: pings, pongs, frames after a Close; frames that begin a message, and those that continue one. */
  frames: z
    .object({
      pings: count,
      pongs: count,
      afterClose: count,
      messages: count.default(0),
      continuations: count.default(0),
    })
    .default({ pings: 0, pongs: 0, afterClose: 0, messages: 0, continuations: 0 }),
  /** Events that the end of their stream cut off: no page gets them. */
  unfinishedEvents: count.default(0),
  /** Libraries and protocols that the wire gives a name to. */
  libraries: z.array(z.string()).default([]),
  /** Small messages that came again and again at a steady pace. */
  steadyMessages: z
    .array(
      z.object({
        direction: z.enum(['up', 'down']),
        /** Where it says in a word that it is a heartbeat, its numbers are left out. */
        text: z.string(),
        count,
        /** Of all of them, with what carries them. */
        bytes: count,
        periodMs: z.number(),
      }),
    )
    .default([]),
  /**
   * Streams whose events come several at a time, with pauses, by how that is known: the events say when they were made, what
   * comes is a full buffer, or each has a chunk of its own. With what came at a time, the pauses before it, and how late the
   * first event of each was (of those that do not say: by even steps over the pause), all summed.
   */
  heldStreams: z
    .array(
      z.object({
        sign: z.enum(['timed', 'buffered', 'chunked']),
        streams: count,
        bursts: count,
        events: count,
        bytes: count,
        pausesMs: z.number(),
        lateMs: z.number(),
      }),
    )
    .default([]),
  /** Pings and pongs of WebSocket and Engine.IO, and comments of event streams, that keep a steady pace; each with its frame. */
  beats: z
    .array(
      z.object({
        layer: z.enum(['websocket', 'engine.io', 'sse']),
        name: z.enum(['ping', 'pong', 'comment']),
        direction: z.enum(['up', 'down']),
        count,
        bytes: count,
        periodMs: z.number(),
      }),
    )
    .default([]),
  /** Packets of MQTT, the WebSocket messages that brought them, and heads of messages that begin within a packet. */
  mqtt: z
    .object({ packets: count, messages: count, headBytes: count })
    .default({ packets: 0, messages: 0, headBytes: 0 }),
  /** Packets of Socket.IO as MessagePack or JSON objects, up to 256 B, and what its usual parser would have written. */
  packetWeights: z
    .object({ packets: count, bytes: count, plainBytes: count })
    .default({ packets: 0, bytes: 0, plainBytes: 0 }),
  /** Connections whose client got back most of what it sent, byte for byte: different messages, and bytes of what came back. */
  echoes: z
    .object({ connections: count, sent: count, returned: count, bytes: count })
    .default({ connections: 0, sent: 0, returned: 0, bytes: 0 }),
  /**
   * Of WebSockets on which compression was offered and not taken, and that have closed: bytes of messages in a sample (16 KiB a
   * direction), and what permessage-deflate would have made of them.
   */
  deflatable: z.object({ bytes: count, deflated: count }).default({ bytes: 0, deflated: 0 }),
  /** GETs of a path that was asked ten times or more and sometimes had nothing to say. */
  polls: z.object({ made: count, empty: count }),
  /**
   * Engine.IO's requests: those of its polling transport, of these the ones that a session answered, and the upgrades to
   * WebSocket; and packets in the format of version 3 where version 4 was asked for.
   */
  engineIo: z.object({
    polling: count,
    upgrades: count,
    answered: count.default(0),
    version3: count.default(0),
  }),
  /**
   * Requests for a WebSocket: all; those whose answer, 400 or 426, shows that the wish was left out on the way; other
   * refusals; and those that offered compression and got a WebSocket.
   */
  handshakes: z.object({ asked: count, stripped: count, refused: count, offering: count }),
  /** Answers that came chunk by chunk over a second or more, and are no stream whose events are known. */
  slowBodies: z
    .object({ responses: count, chunks: count, ms: z.number() })
    .default({ responses: 0, chunks: 0, ms: 0 }),
  /** Bodies that came as they are although compression would shorten their kind and was offered. */
  uncompressed: z.object({ bodies: count, bytes: count }).default({ bodies: 0, bytes: 0 }),
  /** Complete exchanges that were neither upgrades, agreed to or not, nor Engine.IO's nor event streams. */
  plainRequests: count,
  /** Connections that carried one of those and nothing else. */
  singleRequests: count,
  /** `socketBytes` is what the relay's sockets, or the TCP of a capture, brought in, counted apart from the ledger. */
  wire: wireSchema,
  fields: z.array(fieldSchema),
  /** HTTP exchanges by method, path without its query, and status; beyond 1,000 kinds the rest is `other`. */
  exchanges: z.array(
    z.object({
      kind: z.string(),
      count,
      up: count,
      down: count,
      /** It went on when the inspection ended, or was broken off: streams end like that. */
      isUnfinished: z.literal(true).optional(),
    }),
  ),
} as const;

const connectionSchema = z.object({
  /** From 1 on, in the order in which they came. */
  id: count,
  /** `refused`: the application could not be reached. */
  state: z.enum(['open', 'closed', 'refused']),
  speaks: z.array(z.enum(spoken)),
  /** The first request's path, or nothing where there was none. */
  path: z.string(),
  openedMs: z.number(),
  durationMs: z.number(),
  ...accountShape,
});

/** A rule such as `requests <= 3`, and what came of it. */
const outcomeSchema = z.object({
  /** As written. */
  rule: z.string(),
  metric: z.string(),
  unit: z.enum(['count', 'B']),
  measured: z.number(),
  limit: z.number(),
  verdict: z.enum(['met', 'missed']),
});

const hintSchema = z.object({ kind: z.string(), values: z.record(z.string(), z.number()) });

const profileFieldSchema = z.object({
  direction: z.enum(['up', 'down']),
  layer: z.enum(layers),
  name: z.string(),
  count,
  /** What changes from visit to visit weighs one byte. */
  bytes: count,
  /** How an HTTP line reads, or an event is called; lines of one name have a line each. */
  line: z.string().optional(),
});

/** What was said, taken apart to be compared: see profile.ts. */
const profileSchema = z.object({
  kinds: z.array(
    z.object({
      /** `GET /api/users/* 200`, `Socket.IO event "chat" up`. */
      kind: z.string(),
      count,
      /** How many there are is decided by a race, and says nothing. */
      races: z.boolean(),
      shapes: z.array(z.object({ count, fields: z.array(profileFieldSchema) })),
      /** Units whose shapes were too many to be kept. */
      unkept: count,
    }),
  ),
  /** Connections by their first exchange; those of a race are left out. */
  connections: z.array(z.object({ first: z.string(), count })),
  /** Names of lines of which something was left out. */
  unsteady: z.array(z.string()),
});

/** A capture of tcpdump or Wireshark: what was in the file besides the bytes that have owners. */
const captureSchema = z.object({
  kind: z.literal('capture'),
  /** In the file; those of no TCP connection; pieces of an IP packet, which are not put together. */
  packets: count,
  otherPackets: count,
  fragments: count,
  /** Packets that were not captured whole, and what of the application's bytes is missing for it. */
  cutPackets: count,
  cutBytes: count,
  /** What the capturing program says to have missed; null where it says nothing. */
  droppedPackets: count.nullable(),
  /** How the file ends: `torn` is in the middle of a packet, `broken` is with what is none. */
  ending: z.enum(['whole', 'torn', 'broken']),
  /**
   * Of the listed connections: packets, bytes of IP and TCP headers, and bytes of the application, of which
   * `repeatedBytes` came again. `payloadBytes - repeatedBytes = wire.socketBytes`.
   */
  tcp: z.object({
    packets: count,
    headerBytes: count,
    payloadBytes: count,
    repeatedBytes: count,
    /** Never captured, in so many places. */
    missingBytes: count,
    holes: count,
    /** Connections whose beginning was not captured. */
    joinedLate: count,
  }),
  /** Captured and not read, `unparsed`: bytes before them in their direction are missing, on so many connections. */
  afterHoles: z.object({ bytes: count, connections: count }),
  /**
   * Connections that are not listed: they begin with nothing readable, or are not of the port that was asked for. `tls`:
   * without their secrets. `http2` is 0 since HTTP/2 is read.
   */
  leftOut: z.object({ connections: count, bytes: count, tls: count, http2: count }),
});

export const inspectionSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('inspection'),
  target: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  connections: count,
  refused: count,
  ...accountShape,
  /** Where it was read from; left out where the relay saw it live. */
  source: z.discriminatedUnion('kind', [captureSchema]).optional(),
  /**
   * What the relay added: from reading a chunk to handing it on, without what it waited for a reader that did not keep up;
   * null where there are too few chunks to say. All of it is null where there was no relay.
   */
  delay: z
    .object({
      chunks: count,
      p50Ns: z.number().nullable(),
      p99Ns: z.number().nullable(),
      /** How long its event loop kept timers waiting: bytes that come in meanwhile wait unread. */
      loopP99Ms: z.number(),
      /** Of that, how long the relay itself reads at a time; null where it read too seldom to say. */
      turnP99Ns: z.number().nullable().default(null),
      /**
       * A way through a relay like it, as peers felt it when the inspection ended: what echoes took longer than straight ones
       * (medians, each way), and of that what the relay does not see, because it is the kernel's. Null where it was not weighed.
       */
      hop: z.object({ echoes: count, addedNs: z.number(), kernelNs: z.number() }).nullable().default(null),
      /** Connections on which a side left more than 1 MiB unread, and the longest that the relay waited for one. */
      slowReaders: z
        .object({ connections: count, longestNs: z.number() })
        .default({ connections: 0, longestNs: 0 }),
      /** Neither is to be longer. */
      statedMs: z.number(),
    })
    .nullable(),
  hints: z.array(hintSchema),
  /** Where it was asked for, to be compared with another. */
  profile: profileSchema.optional(),
  /** Where there were rules. */
  thresholds: z.array(outcomeSchema).optional(),
  perConnection: z.array(connectionSchema),
  /** Connections that are in the sums above and no longer listed one by one. */
  unlisted: count,
});

export type Inspection = z.infer<typeof inspectionSchema>;
export type InspectedConnection = z.infer<typeof connectionSchema>;
/** A profile alone: what a gate keeps. */
export const keptProfileSchema = profileSchema.extend({
  schemaVersion: z.literal(1),
  kind: z.literal('inspection-profile'),
});

export type KeptProfile = z.infer<typeof keptProfileSchema>;
export type Profile = z.infer<typeof profileSchema>;
export type ProfileField = z.infer<typeof profileFieldSchema>;
export type InspectionOutcome = z.infer<typeof outcomeSchema>;
export type Hint = z.infer<typeof hintSchema>;
/** What hints are computed from: an inspection before anybody has drawn conclusions. */
export type Totals = Omit<Inspection, 'hints'>;
export type InspectionSource = NonNullable<Inspection['source']>;

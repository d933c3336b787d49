/** What one connection of an inspection carried, or all of them together: the shape that both have in the document. */
import { z } from 'zod';
import { unreadNames } from '../protocols/layers.ts';
import { count, fieldSchema, wireSchema } from './carried-bytes.ts';

/** The protocols that may be recognised on a connection. */
export const spoken = [
  ...(['http', 'sse', 'ndjson', 'multipart', 'websocket', 'engine.io', 'socket.io'] as const),
  ...unreadNames,
  'unknown',
] as const;
export type Spoken = (typeof spoken)[number];

export const accountShape = {
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
  /** Events that the end of their stream cut off: no page receives them. */
  unfinishedEvents: count.default(0),
  /** Libraries and protocols that can be named from the bytes on the wire. */
  libraries: z.array(z.string()).default([]),
  /** Small messages that were repeated at a steady pace. */
  steadyMessages: z
    .array(
      z.object({
        direction: z.enum(['up', 'down']),
        /** If a word in it says that it is a heartbeat, its numbers are left out. */
        text: z.string(),
        count,
        /** Of all of them, with the frames that carry them. */
        bytes: count,
        periodMs: z.number(),
      }),
    )
    .default([]),
  /**
   * Streams whose events come in groups with pauses between them, by how that is known: the events say when they were
   * made, a full buffer comes at a time, or each event has a chunk of its own. With the events in each group, the
   * pauses before it, and how late the first event of each was (if the events do not say: assumed at even steps over
   * the pause), all summed.
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
  /**
   * Pings and pongs of WebSocket and Engine.IO, and comments of event streams, at a steady pace; each with its frame.
   */
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
  /** Packets of MQTT, the WebSocket messages that carried them, and heads of messages that begin within a packet. */
  mqtt: z
    .object({ packets: count, messages: count, headBytes: count })
    .default({ packets: 0, messages: 0, headBytes: 0 }),
  /**
   * Packets of Socket.IO as MessagePack or JSON objects, up to 256 B, and their size with Socket.IO's default parser.
   */
  packetWeights: z
    .object({ packets: count, bytes: count, plainBytes: count })
    .default({ packets: 0, bytes: 0, plainBytes: 0 }),
  /**
   * Connections whose client got back most of what it sent, byte for byte: different messages, and bytes that came
   * back.
   */
  echoes: z
    .object({ connections: count, sent: count, returned: count, bytes: count })
    .default({ connections: 0, sent: 0, returned: 0, bytes: 0 }),
  /**
   * WebSockets that closed, whose client offered compression and whose server did not take it: bytes of a sample of the
   * messages (16 KiB a direction), and their size had permessage-deflate been used.
   */
  deflatable: z.object({ bytes: count, deflated: count }).default({ bytes: 0, deflated: 0 }),
  /** GETs of a path that was asked ten times or more and sometimes had no news. */
  polls: z.object({ made: count, empty: count }),
  /**
   * Engine.IO requests: those of the polling transport, how many of these a session answered, and the upgrades to
   * WebSocket; and packets in the format of version 3 where version 4 was asked for.
   */
  engineIo: z.object({
    polling: count,
    upgrades: count,
    answered: count.default(0),
    version3: count.default(0),
  }),
  /**
   * Requests for a WebSocket: all; those whose answer, 400 or 426, shows that the upgrade was removed on the way; other
   * refusals; and those that offered compression and got a WebSocket.
   */
  handshakes: z.object({ asked: count, stripped: count, refused: count, offering: count }),
  /** Answers whose chunks came over a second or more, and which are not an event stream that can be read. */
  slowBodies: z
    .object({ responses: count, chunks: count, ms: z.number() })
    .default({ responses: 0, chunks: 0, ms: 0 }),
  /** Bodies that were sent uncompressed although the client offered compression and it would shorten their kind. */
  uncompressed: z.object({ bodies: count, bytes: count }).default({ bodies: 0, bytes: 0 }),
  /** Complete exchanges that were neither upgrades (accepted or not) nor Engine.IO's nor event streams. */
  plainRequests: count,
  /** Connections that carried one such exchange and nothing else. */
  singleRequests: count,
  /**
   * `socketBytes` is what the relay's sockets, or the TCP of a capture, brought in; it is counted apart from the
   * ledger.
   */
  wire: wireSchema,
  fields: z.array(fieldSchema),
  /** HTTP exchanges by method, path without its query, and status; beyond 1,000 kinds the rest is `other`. */
  exchanges: z.array(
    z.object({
      kind: z.string(),
      count,
      up: count,
      down: count,
      /** It was still going on, or was broken off, when the inspection ended: streams end like that. */
      isUnfinished: z.literal(true).optional(),
    }),
  ),
} as const;

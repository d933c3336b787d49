/**
 * What an inspection found, as plain JSON: over all connections and for each of them. `wire` and `fields` are the
 * report's (carried-bytes.ts), all of it in the phase `steady`: an inspection cannot know what an application calls its
 * set-up. Keys may be added, never changed.
 */
import { z } from 'zod';
import { layers } from '../protocols/layers.ts';
import { count } from './carried-bytes.ts';
import { accountShape, spoken } from './inspected-account.ts';

const connectionSchema = z.object({
  /** From 1 on, in the order in which the connections were opened. */
  id: count,
  /** `refused`: the application could not be reached. */
  state: z.enum(['open', 'closed', 'refused']),
  speaks: z.array(z.enum(spoken)),
  /** The first request's path; empty if there was none. */
  path: z.string(),
  openedMs: z.number(),
  durationMs: z.number(),
  ...accountShape,
});

/** A rule such as `requests <= 3`, and its outcome. */
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
  /** A value that changes from visit to visit counts as one byte. */
  bytes: count,
  /** The HTTP line as text, or the name of an event; lines of the same name have an entry each. */
  line: z.string().optional(),
});

/** What was sent, taken apart to be compared: see profile.ts. */
const profileSchema = z.object({
  kinds: z.array(
    z.object({
      /** `GET /api/users/* 200`, `Socket.IO event "chat" up`. */
      kind: z.string(),
      count,
      /** A race decides how many there are, so the number says nothing. */
      races: z.boolean(),
      shapes: z.array(z.object({ count, fields: z.array(profileFieldSchema) })),
      /** Units that were not kept because there were too many shapes. */
      unkept: count,
    }),
  ),
  /** Connections by their first exchange; those that a race decides are left out. */
  connections: z.array(z.object({ first: z.string(), count })),
  /** Names of lines whose value was left out in part. */
  unsteady: z.array(z.string()),
});

/** A capture of tcpdump or Wireshark: what the file holds besides the bytes that have owners. */
const captureSchema = z.object({
  kind: z.literal('capture'),
  /** In the file; those of no TCP connection; fragments of IP packets, which are not reassembled. */
  packets: count,
  otherPackets: count,
  fragments: count,
  /** Packets that were not captured whole, and the application's bytes that are missing because of it. */
  cutPackets: count,
  cutBytes: count,
  /** Packets that the capturing program says it has missed; null if it does not say. */
  droppedPackets: count.nullable(),
  /** How the file ends: `torn` in the middle of a packet, `broken` with bytes that are not a packet. */
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
    /** Bytes that were never captured, and the number of gaps. */
    missingBytes: count,
    holes: count,
    /** Connections whose beginning was not captured. */
    joinedLate: count,
  }),
  /**
   * Captured but not read (`unparsed`), because bytes before them in their direction are missing; on so many
   * connections.
   */
  afterHoles: z.object({ bytes: count, connections: count }),
  /**
   * Connections that are not listed, because they begin with nothing readable or are not of the port that was asked
   * for. `tls`: those whose secrets are missing. `http2` is always 0 now, because HTTP/2 is read.
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
  /** The file that was read; left out where the relay saw the traffic live. */
  source: z.discriminatedUnion('kind', [captureSchema]).optional(),
  /**
   * The delay that the relay added: from reading a chunk to passing it on, without the time it waited for a reader that
   * did not keep up; null if there are too few chunks. The whole object is null where there was no relay.
   */
  delay: z
    .object({
      chunks: count,
      p50Ns: z.number().nullable(),
      p99Ns: z.number().nullable(),
      /** How long the relay's event loop kept timers waiting: bytes that come in meanwhile wait unread. */
      loopP99Ms: z.number(),
      /** How long the relay itself takes for one read, as part of that; null if it read too seldom to say. */
      turnP99Ns: z.number().nullable().default(null),
      /**
       * The cost of passing through such a relay, as peers measured it when the inspection ended: how much longer
       * echoes took than direct ones (medians, each way), and the kernel's part of it, which the relay does not see.
       * Null if it was not measured.
       */
      hop: z.object({ echoes: count, addedNs: z.number(), kernelNs: z.number() }).nullable().default(null),
      /**
       * Connections on which a side left more than 1 MiB unread, and the longest that the relay waited for such a
       * reader.
       */
      slowReaders: z
        .object({ connections: count, longestNs: z.number() })
        .default({ connections: 0, longestNs: 0 }),
      /** The limit that neither delay is to exceed. */
      statedMs: z.number(),
    })
    .nullable(),
  hints: z.array(hintSchema),
  /** Only if it was asked for, to compare it with another. */
  profile: profileSchema.optional(),
  /** Only if there were rules. */
  thresholds: z.array(outcomeSchema).optional(),
  perConnection: z.array(connectionSchema),
  /** Connections that are counted in the sums above but no longer listed one by one. */
  unlisted: count,
});

export type Inspection = z.infer<typeof inspectionSchema>;
export type InspectedConnection = z.infer<typeof connectionSchema>;
/** A profile alone, as a gate keeps it. */
export const keptProfileSchema = profileSchema.extend({
  schemaVersion: z.literal(1),
  kind: z.literal('inspection-profile'),
});

export type KeptProfile = z.infer<typeof keptProfileSchema>;
export type Profile = z.infer<typeof profileSchema>;
export type ProfileField = z.infer<typeof profileFieldSchema>;
export type InspectionOutcome = z.infer<typeof outcomeSchema>;
export type Hint = z.infer<typeof hintSchema>;
/** What hints are computed from: the inspection without the hints. */
export type Totals = Omit<Inspection, 'hints'>;
export type InspectionSource = NonNullable<Inspection['source']>;

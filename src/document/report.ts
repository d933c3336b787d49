/**
 * The report, version 1: plain JSON, the only document that passes from measuring to reporting. One zod schema gives
 * the types, the validation and the published JSON Schema. Keys may be added, never changed.
 *
 * Units: times in nanoseconds unless the name says otherwise, sizes in bytes, rates per second.
 */
import { z } from 'zod';
import { connectOutcomes } from '../base/failure.ts';
import { overs } from '../protocols/over.ts';
import { askedShape, linkSchema, loadSchema } from './asked.ts';
import { count } from './carried-bytes.ts';
import type { latencySchema } from './measured-times.ts';
import { type noteSchema, type predictionSchema, trialSchema, verdictSchema } from './measured-trial.ts';
import { speakers } from './speakers.ts';

/** A transport whose clients could not connect: what was to be measured, and why it failed. */
const unconnectedSchema = z.object({
  ...askedShape,
  outcome: z.enum(connectOutcomes),
  /** The HTTP status of the answer that refused it; null where there was none. */
  status: count.nullable(),
  /** Why, and what to do about it. */
  told: z.object({ en: z.string(), ko: z.string() }),
});

/** A threshold of the configuration, and whether this run met it. */
const outcomeSchema = z.object({
  /** As written: `ws p95 <= 1.2 x tcp`. */
  rule: z.string(),
  /** A missed `error` ends the run with exit code 1; a `strict` does so also if it is undecided. */
  level: z.enum(['error', 'strict', 'warn']),
  transport: z.string(),
  scenario: z.string(),
  metric: z.string(),
  unit: z.string(),
  /** The median over repeats, and the limit it was compared with; null if there was none. */
  measured: z.number().nullable(),
  limit: z.number().nullable(),
  /** The interval of the measured value, from five repeats on. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable().default(null),
  verdict: z.enum(['met', 'missed', 'undecided', 'too-few', 'not-measured', 'not-compared']),
  /** In words: why it could not be judged; or why the verdict stands although a trial was noisy. */
  reason: z.object({ en: z.string(), ko: z.string() }).nullable().default(null),
});

/** A fact that a probe of a running server found: `claims/fact-kinds.ts` has its words and its unit. */
const probedSchema = z.object({
  metric: z.string(),
  value: z.union([z.number(), z.string()]).nullable(),
  transport: z.string(),
});

/**
 * The verdict on a row or a sentence of the documents over one protocol; it follows from the trials over that protocol.
 */
const documentVerdictSchema = z.object({
  /** `A2`: see `rtcompare claims`. */
  claim: z.string(),
  over: z.enum(overs),
  /** Null if this protocol decides nothing; `withheld` if the verdict rests on times of a noisy trial. */
  verdict: z.enum(['confirmed', 'refined', 'contradicted', 'opinion', 'withheld']).nullable(),
  /** In words: why there is no verdict, if that is known. */
  why: z.object({ en: z.string(), ko: z.string() }).nullable(),
});

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('rtcompare'), version: z.string() }),
  environment: z.object({
    node: z.string(),
    platform: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: count,
    dependencies: z.record(z.string(), z.string()),
  }),
  plan: z.object({
    seed: count,
    transports: z.array(z.string()),
    /** One name, or several joined by commas, as given on the command line. */
    scenario: z.string(),
    load: loadSchema,
    link: linkSchema,
    /** Middleboxes before the server, as written on the command line. */
    proxy: z.string().default('none'),
    headers: z.string(),
    /** The engines of the clients, joined by commas; missing where the clients were Node's own. */
    browser: z.string().optional(),
    /** What HTTP goes over, joined by commas; the TLS version and the certificate's key, where it is over TLS. */
    over: z.string().default('http'),
    tls: z.string().default('1.3'),
    certificate: z.string().default('ecdsa'),
    /** `none`, or a duration such as `25s`: the same for all transports. */
    heartbeat: z.string(),
    keepAlive: z.boolean(),
    compression: z.boolean(),
    host: z.string(),
    /**
     * Missing where the run started its servers itself. `far`: rtcompare's server on another machine; `foreign`:
     * another.
     */
    target: z
      .object({
        url: z.string(),
        kind: z.enum(['far', 'foreign']),
        /** The most that the run asked of it: messages and polls a second of all clients together, clients, minutes. */
        perSecond: count,
        clients: count,
        minutes: count,
      })
      .optional(),
    repeat: count,
    timeoutMs: z.number(),
  }),
  startedAt: z.string(),
  durationMs: z.number(),
  interrupted: z.boolean(),
  verdict: verdictSchema,
  trials: z.array(trialSchema),
  /** Transports that could not connect and so have no trial. */
  unconnected: z.array(unconnectedSchema).default([]),
  /** Facts for those rows of the documents' tables that no load can answer. */
  probed: z.array(probedSchema).default([]),
  /** Verdicts, one for each protocol, on the documents' claims that this run decides over at least one protocol. */
  documents: z.array(documentVerdictSchema).default([]),
  thresholds: z.array(outcomeSchema).default([]),
  summary: z.array(
    z.object({
      transport: z.string(),
      scenario: z.string(),
      load: loadSchema,
      link: linkSchema,
      over: z.enum(overs).default('http'),
      spokenBy: z.enum(speakers).optional(),
      metric: z.string(),
      median: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
});

export type Report = z.infer<typeof reportSchema>;

export type Trial = z.infer<typeof trialSchema>;

export type Unconnected = z.infer<typeof unconnectedSchema>;

export type Load = z.infer<typeof loadSchema>;

export type Link = z.infer<typeof linkSchema>;

export type Latency = z.infer<typeof latencySchema>;

export type Note = z.infer<typeof noteSchema>;

export type Prediction = z.infer<typeof predictionSchema>;

export type TrialVerdict = z.infer<typeof verdictSchema>;

export type ThresholdOutcome = z.infer<typeof outcomeSchema>;

export type Plan = Report['plan'];

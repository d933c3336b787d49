/**
 * The protocol between `run --target` and `serve --control`: one WebSocket for each server under test, which ends with
 * it. The client is on another machine and has shown the token; all the same only what this file names is accepted.
 */
import { z } from 'zod';
import { certificateKinds } from '../base/certificate.ts';
import { arrivals } from '../base/schedule.ts';
import type { Text } from '../base/text.ts';
import { maxMessageBytes } from '../protocols/contract.ts';
import { overs, tlsVersions } from '../protocols/over.ts';

/** The control's response to any other request; `controlHeader` identifies it. */
export const controlGreeting = 'rtcompare serve --control';
export const controlPath = '/control';
export const controlHeader = 'x-rtcompare-control';

const whole = (most: number) => z.number().int().min(0).max(most);
const mostMs = 3_600_000;

const pace = {
  rate: z.number().positive().max(100_000),
  arrivals: z.enum(arrivals),
  size: whole(maxMessageBytes),
  binary: z.boolean(),
  seed: whole(2 ** 32 - 1),
};

/** Options of the server under test; its own machine decides its address and its key. */
const optionsSchema = z.strictObject({
  holdMs: z.number().min(0).max(mostMs),
  mailboxSilenceMs: z
    .number()
    .min(0)
    .max(2 * mostMs),
  keepAliveTimeoutMs: z
    .number()
    .min(0)
    .max(2 * mostMs),
  heartbeatMs: z.number().positive().max(mostMs).nullable(),
  compression: z.boolean(),
  resume: z.boolean(),
  volatile: z.boolean(),
  messageBytes: whole(maxMessageBytes),
  writeCostUs: z.number().min(0).max(1_000_000),
  over: z.enum(overs),
});

export const askSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    server: z.string(),
    behaviour: z.string(),
    options: optionsSchema,
    /** For TLS: the certificate names the host that its clients use. */
    sealed: z.strictObject({
      version: z.enum(tlsVersions),
      certificate: z.enum(certificateKinds),
      host: z.string().max(255),
    }),
  }),
  z.strictObject({ type: z.literal('clock') }),
  z.strictObject({ type: z.literal('mark') }),
  z.strictObject({ type: z.literal('stats') }),
  z.strictObject({ type: z.literal('outgoing') }),
  z.strictObject({ type: z.literal('memory') }),
  z.strictObject({
    type: z.literal('tick'),
    load: z.strictObject({
      ...pace,
      messages: whole(10_000_000),
      durationMs: z.number().min(0).max(mostMs).nullable(),
      firstSequence: whole(2 ** 31),
    }),
  }),
  z.strictObject({
    type: z.literal('prepare'),
    load: z.strictObject({ ...pace, pieces: whole(1_000_000) }),
  }),
  z.strictObject({ type: z.literal('answers') }),
]);

export type FarAsk = z.infer<typeof askSchema>;
export type FarStart = Extract<FarAsk, { type: 'start' }>;

/** The answer to `start`. */
export interface FarStarted {
  readonly port: number;
  readonly authority: string | null;
  readonly ticks: boolean;
  readonly answers: boolean;
}

/** Times of the clock of the server's machine. */
export interface ClockAnswer {
  readonly cameInNs: number;
  readonly answeredNs: number;
}

export type FarReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: Text }
  /** It ended before it was told to. */
  | { readonly gone: Text };

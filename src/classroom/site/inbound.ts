/**
 * The strict schemas of everything that a page may send: what does not fit is refused, in a lane or over `/control`.
 */
import { z } from 'zod';
import {
  bounds,
  laneNames,
  limits,
  questions,
  roomNames,
  type Said,
  type ToSite,
} from '../page/control-talk.ts';
import { tableSources } from '../page/tables-talk.ts';

const within = ([least, most]: readonly [number, number, number]) => z.number().min(least).max(most);

const settings = z.strictObject({
  rttMs: within(bounds.rttMs),
  pollIntervalMs: within(bounds.pollIntervalMs),
  rate: within(bounds.rate),
  payloadBytes: within(bounds.payloadBytes).int(),
  bots: within(bounds.bots).int(),
});

const lane = z.enum(laneNames);
const language = z.enum(['en', 'ko']);
const time = z.number().nonnegative().nullable();
const times = z.strictObject({ count: z.number().int().nonnegative(), mean: time, p50: time, p95: time });
const timesByLane = z.strictObject(
  Object.fromEntries(laneNames.map((name) => [name, times.optional()])) as Record<
    (typeof laneNames)[number],
    z.ZodOptional<typeof times>
  >,
);

const toSite = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ping'), sentMs: z.number() }),
  z.strictObject({
    type: z.literal('vote'),
    question: z.enum(questions),
    lane,
    instead: z.string().max(limits.token).nullable(),
  }),
  z.strictObject({ type: z.literal('settings'), settings }),
  z.strictObject({ type: z.enum(['start', 'stop', 'again', 'cut', 'fill', 'streams']) }),
  z.strictObject({ type: z.literal('wire'), room: z.enum(roomNames), lane, language }),
  z.strictObject({ type: z.literal('weight'), lane }),
  z.strictObject({
    type: z.literal('tables'),
    from: z.enum(tableSources),
    language,
    race: timesByLane,
    chat: timesByLane,
  }),
]);

const said = z.strictObject({
  name: z.string().trim().max(limits.name),
  text: z.string().min(1).max(limits.text),
  key: z.string().max(limits.key),
});

/** Any JSON value; null if the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const readToSite = (text: string): ToSite | null => {
  const read = toSite.safeParse(parsed(text));
  return read.success ? (read.data as ToSite) : null;
};

export const readSaid = (text: string): Said | null => said.safeParse(parsed(text)).data ?? null;

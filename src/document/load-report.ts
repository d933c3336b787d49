/**
 * What a run of Artillery with our engine counted, as plain JSON. It is read from the document of `artillery run
 * --output`, where the names of counters give transport, layer and direction.
 */
import { z } from 'zod';
import { type Layer, layers } from '../protocols/layers.ts';
import type { Direction } from '../wire/span.ts';

/** The part of Artillery's document that is read. Its sums are exact; its quantiles come from a sketch. */
export const artillerySchema = z.object({
  aggregate: z.object({
    counters: z.record(z.string(), z.number()),
    summaries: z
      .record(
        z.string(),
        z.object({
          count: z.number(),
          min: z.number(),
          max: z.number(),
          mean: z.number(),
          p50: z.number(),
          p95: z.number(),
          p99: z.number(),
        }),
      )
      .default({}),
    firstMetricAt: z.number(),
    lastMetricAt: z.number(),
  }),
});

type Artillery = z.infer<typeof artillerySchema>['aggregate'];

/** Microseconds. */
export type LoadTimes = NonNullable<Artillery['summaries']>[string];

export interface LoadedTransport {
  /** The name ends with what HTTP went over, if that was not HTTP/1.1 in clear text: `ws@h2`. */
  readonly name: string;
  readonly clients: number;
  readonly requests: number;
  readonly connections: number;
  readonly reconnects: number;
  readonly polls: { readonly made: number; readonly empty: number };
  readonly messages: { readonly sent: number; readonly heard: number; readonly lost: number };
  readonly setup: Record<Direction, number>;
  /** What Node's own sockets counted. */
  readonly socket: Record<Direction, number>;
  readonly layers: readonly {
    readonly layer: Layer;
    readonly direction: Direction;
    readonly bytes: number;
  }[];
  readonly times: Readonly<Partial<Record<TimeName, LoadTimes>>>;
  /** Errors that did not end a user, by kind. */
  readonly trouble: readonly (readonly [kind: string, count: number])[];
}

export const timeNames = ['connect', 'echo.age', 'push.behind', 'late'] as const;
export type TimeName = (typeof timeNames)[number];

export interface LoadReport {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly users: { readonly created: number; readonly completed: number; readonly failed: number };
  readonly errors: readonly (readonly [code: string, count: number])[];
  readonly transports: readonly LoadedTransport[];
}

/** The list of transports is empty if our engine has counted nothing. */
export function loadReportOf({ aggregate }: z.infer<typeof artillerySchema>): LoadReport {
  const { counters, firstMetricAt, lastMetricAt } = aggregate;
  const names = Object.keys(counters).flatMap(
    (name) => /^rtcompare\.(.+)\.socket\.up$/.exec(name)?.[1] ?? [],
  );
  return {
    startedAt: new Date(firstMetricAt).toISOString(),
    durationMs: lastMetricAt - firstMetricAt,
    users: {
      created: counters['vusers.created'] ?? 0,
      completed: counters['vusers.completed'] ?? 0,
      failed: counters['vusers.failed'] ?? 0,
    },
    errors: below(counters, 'errors.'),
    transports: names.toSorted().map((name) => transportOf(name, aggregate)),
  };
}

function transportOf(name: string, { counters, summaries }: Artillery): LoadedTransport {
  const prefix = `rtcompare.${name}.`;
  const count = (metric: string) => counters[prefix + metric] ?? 0;
  const both = (metric: string) => ({ up: count(`${metric}.up`), down: count(`${metric}.down`) });
  return {
    name,
    clients: count('clients'),
    requests: count('requests'),
    connections: count('connections'),
    reconnects: count('reconnects'),
    polls: { made: count('polls'), empty: count('polls.empty') },
    messages: {
      sent: count('messages.sent'),
      heard: count('messages.heard'),
      lost: count('messages.lost'),
    },
    setup: both('setup'),
    socket: both('socket'),
    layers: layers.flatMap((layer) =>
      (['up', 'down'] as const)
        .map((direction) => ({ layer, direction, bytes: count(`bytes.${layer}.${direction}`) }))
        .filter(({ bytes }) => bytes > 0),
    ),
    times: Object.fromEntries(
      timeNames.flatMap((time) => {
        const found = summaries[`${prefix}${time}_us`];
        return found ? [[time, found]] : [];
      }),
    ),
    trouble: below(counters, `${prefix}trouble.`),
  };
}

/** Counters whose names begin with `prefix`, named without it. */
const below = (counters: Artillery['counters'], prefix: string): (readonly [string, number])[] =>
  Object.entries(counters)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value]);

/** A recommendation, told: what each transport would cost an hour, which to take, why, and where the answer flips. */
import type { Choice, Flip } from '../recommendation/choice.ts';
import type { Cost, Need } from '../recommendation/costs.ts';
import type { Block, Cell, Table } from './table.ts';
import { bytes, compact, count, decimal, times } from './units.ts';
import type { Words } from './words.ts';

export interface RecommendationTelling {
  readonly need: Need;
  readonly clients: number;
  readonly choice: Choice;
}

/** In milliseconds throughout, so that 1,020 ms is not printed as the limit of 1 s that it misses. */
const milliseconds = (ms: number): string => `${decimal(ms)} ms`;

const delay = (ms: number | null, words: Words): string =>
  ms === null ? '–' : Number.isFinite(ms) ? milliseconds(ms) : words.say('recommend.never');

function table({ choice, clients }: RecommendationTelling, words: Words): Table {
  const rows = choice.costs.toSorted((a, b) => a.bytesPerHour - b.bytesPerHour);
  return {
    title: words.say('title.costs', { clients: count(clients) }),
    notes: [words.say('recommend.legend')],
    shape: 'figures',
    head: [
      words.say('head.transport'),
      words.say('head.bytesPerClient'),
      words.say('head.requestsPerClient'),
      words.say('head.bytesPerSecond'),
      words.say('head.allConnections'),
      words.say('head.age'),
      words.say('head.delayUp'),
    ],
    align: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    rows: rows.map((cost): Cell[] => [
      `${cost.transport}${cost === choice.chosen ? ' *' : ''}`,
      compact(Math.round(cost.bytesPerHour)),
      decimal(cost.requestsPerHour),
      compact(Math.round((cost.bytesPerHour * clients) / 3600)),
      count(cost.connections * clients),
      delay(cost.ageMs, words),
      delay(cost.delayMs, words),
    ]),
  };
}

/** One in so many seconds, where it is less than one a second. */
const rateText = (rate: number, words: Words): string =>
  rate >= 1
    ? words.say('recommend.perSecond', { rate: decimal(rate) })
    : words.say('recommend.oneEvery', { time: span(1 / rate) });

function span(seconds: number): string {
  if (seconds < 120) return `${decimal(seconds)} s`;
  return seconds < 7200 ? `${decimal(seconds / 60)} min` : `${decimal(seconds / 3600)} h`;
}

function flipText({ input, value, towards, to }: Flip, words: Words): string {
  const at = {
    rate: () => rateText(value, words),
    size: () => bytes(value),
    rttMs: () => milliseconds(value),
    withinMs: () => milliseconds(value),
  }[input]();
  const where = words.say(`recommend.flip.${input}.${towards}`, { value: at });
  return to
    ? words.say('recommend.flipTo', { where, transport: to })
    : words.say('recommend.flipNone', { where });
}

function reasons({ need, choice }: RecommendationTelling, words: Words): string[] {
  const { chosen, next, tooSlow } = choice;
  const limit = milliseconds(need.withinMs);
  const slow = tooSlow.map(
    (cost) => `${cost.transport} (${delay(Math.max(cost.ageMs ?? 0, cost.delayMs ?? 0), words)})`,
  );
  return [
    ...(chosen && next
      ? [
          words.say('recommend.fewest', {
            transport: chosen.transport,
            bytes: bytes(Math.round(chosen.bytesPerHour)),
            limit,
            next: next.transport,
            ratio: times(next.bytesPerHour / chosen.bytesPerHour),
          }),
        ]
      : []),
    ...(slow.length > 0 ? [words.say('recommend.tooSlow', { limit, transports: slow.join(', ') })] : []),
    ...(need.upgrades ? [] : [words.say('recommend.noUpgrade')]),
    ...(need.binary ? [words.say('recommend.binary')] : []),
    ...(chosen
      ? [words.say('recommend.setup', { bytes: bytes(chosen.setupBytes), laws: chosen.laws.join(', ') })]
      : []),
  ];
}

export function recommendationBlocks(telling: RecommendationTelling, words: Words): Block[] {
  const { need, clients, choice } = telling;
  const asked = words.say('recommend.asked', {
    clients: count(clients),
    rate: rateText(need.rate, words),
    direction: words.say(`recommend.direction.${need.direction}`),
    size: bytes(need.size),
    rtt: milliseconds(need.rttMs),
  });
  const flips = choice.flips.map((flip) => flipText(flip, words));
  return [
    {
      kind: 'heading',
      text: choice.chosen
        ? words.say('title.recommendation', { transport: choice.chosen.transport })
        : words.say('title.noRecommendation'),
    },
    { kind: 'paragraph', text: asked },
    { kind: 'list', title: words.say('title.reasons'), items: reasons(telling, words) },
    {
      kind: 'list',
      title: words.say('title.flips'),
      items: flips.length > 0 ? flips : [words.say('recommend.flipNowhere')],
    },
    { kind: 'table', table: table(telling, words) },
  ];
}

/** What `--json` prints. */
export const recommendationDocument = ({ need, clients, choice }: RecommendationTelling) => ({
  need: { ...need, clients },
  recommended: choice.chosen?.transport ?? null,
  costs: choice.costs.map((cost: Cost) => ({
    ...cost,
    // JSON has no infinity: a server that can only answer never delivers.
    ageMs: Number.isFinite(cost.ageMs ?? 0) ? cost.ageMs : null,
  })),
  tooSlow: choice.tooSlow.map(({ transport }) => transport),
  flips: choice.flips,
});

/** Outage: what was lost, doubled or late, and who came back how soon. */
import type { Trial } from '../../document/report.ts';
import type { Group, Labelled } from '../groups.ts';
import { count, milliseconds, narrowCount, time } from '../units.ts';
import type { Words } from '../words.ts';
import { p95, requests, some, type Telling } from './telling.ts';

function recovery({ outage }: Trial): { median: number; max: number } | null {
  const sorted = (outage?.recoveryMs ?? []).toSorted((a, b) => a - b);
  const [median, max] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted.at(-1)];
  return median === undefined || max === undefined ? null : { median, max };
}

const ms = (value: number): string => milliseconds(value * 1e6);
const outcome = (of: 'sent' | 'delivered' | 'lost' | 'duplicated' | 'reordered') => (trial: Trial) =>
  narrowCount(trial.delivery[of]);

/** Who stayed away: one sentence for all that never came back, one for each that did in part. */
function comebacks(group: Group, words: Words): string[] {
  const broken = readable(group).flatMap(({ label, trial: { outage: one } }) =>
    one === null || one.recovered === one.clients ? [] : { label, one },
  );
  const gone = broken.filter(({ one }) => one.recovered === 0).map(({ label }) => label);
  const partly = broken.filter(({ one }) => one.recovered > 0);
  return [
    ...(gone.length > 0 ? [words.say('legend.neverBack', { names: gone.join(', ') })] : []),
    ...partly.map(({ label, one }) =>
      words.say('legend.partlyBack', {
        transport: label,
        recovered: count(one.recovered),
        clients: count(one.clients),
      }),
    ),
  ];
}

/** Invalid trials have no figures, and so nothing is said about their coming back. */
const readable = ({ chosen, references }: Group): Labelled[] =>
  [...chosen, ...references].filter(({ trial }) => trial.verdict !== 'invalid');

function lossSentences(trials: readonly Trial[], words: Words): string[] {
  const names = (wanted: (trial: Trial) => boolean) =>
    trials.filter(wanted).map(({ transport }) => transport);
  const whole = names(({ delivery }) => delivery.lost === 0);
  const lossy = trials
    .filter(({ delivery }) => delivery.lost > 0)
    .toSorted((a, b) => a.delivery.lost - b.delivery.lost)
    .map(({ transport, delivery }) =>
      words.say('outage.lostSome', {
        transport,
        lost: count(delivery.lost),
        sent: count(delivery.sent),
      }),
    );
  const gone = names(({ outage }) => outage?.recovered === 0);
  return [
    ...(whole.length > 0 ? [words.say('outage.lostNothing', { names: whole.join(', ') })] : []),
    ...(lossy.length > 0 ? [words.say('outage.lost', { details: lossy.join(', ') })] : []),
    ...(gone.length > 0 ? [words.say('outage.neverBack', { names: gone.join(', ') })] : []),
  ];
}

export const outage = {
  columns: [
    { head: 'head.sent', read: outcome('sent') },
    { head: 'head.delivered', read: outcome('delivered') },
    { head: 'head.lost', read: outcome('lost') },
    { head: 'head.doubled', read: outcome('duplicated') },
    { head: 'head.reordered', read: outcome('reordered') },
    p95,
    {
      head: 'head.back',
      read: ({ outage: one }) => some(one, (it) => `${count(it.recovered)}/${count(it.clients)}`),
    },
    { head: 'head.backMedian', read: (trial) => some(recovery(trial)?.median, ms) },
    { head: 'head.backMax', read: (trial) => some(recovery(trial)?.max, ms) },
    requests,
  ],
  notes: comebacks,
  counted: ['lost', 'duplicated', 'reordered'],
  legend: (group, words) => [
    words.say(`legend.outage.${group.load.outage}`, { time: time(group.load.outageMs * 1e6) }),
    words.say('legend.outage'),
  ],
  sentences: (chosen, _references, words) => lossSentences(chosen, words),
} satisfies Telling;

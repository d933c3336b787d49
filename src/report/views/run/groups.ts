/**
 * Trials that may share a table: the same scenario with the same load over the same link. Each value of a sweep is a
 * group of its own, and its table names the value.
 */

import { type Reader, say, text } from '../../../base/text.ts';
import { conditionsOf } from '../../../document/conditions.ts';
import type { Latency, Link, Load, Report, Trial } from '../../../document/report.ts';
import { gathered } from '../../blocks/gathered.ts';
import { type Axis, sweptAxes } from './sweep-axes.ts';

const phrases = {
  link: text('link {link}', '링크 {link}'),
  axis: text('{axis}: {value}', '{axis}: {value}'),
  on: text('{title} ({where})', '{title} ({where})'),
};

export interface Labelled {
  /** The transport, the repeat if there are several, and a mark: `~` noisy, `!` invalid. */
  readonly label: string;
  readonly trial: Trial;
}

export interface Group {
  readonly scenario: string;
  readonly link: Link;
  readonly load: Load;
  readonly over: Trial['over'];
  readonly spokenBy?: Trial['spokenBy'];
  readonly kind: Latency['kind'];
  /** What the groups of this scenario differ in; empty if nothing was swept. */
  readonly axes: readonly Axis[];
  readonly chosen: readonly Labelled[];
  readonly references: readonly Labelled[];
}

type Trials = Pick<Report, 'plan' | 'trials'>;

/** Printed beside the name of a trial. */
export const marks: Readonly<Record<Trial['verdict'], string>> = {
  valid: '',
  noisy: '\u00a0~',
  invalid: '\u00a0!',
};

/** A name that may break in a narrow column, after its colon or its hyphens. */
export const breakable = (name: string): string => name.replace(/[:-]/g, '$&\u200b');

function labelled(trials: readonly Trial[]): Labelled[] {
  const seen = new Map<string, number>();
  const repeats = (transport: string) => trials.filter((trial) => trial.transport === transport).length;
  return trials.map((trial) => {
    const nth = (seen.get(trial.transport) ?? 0) + 1;
    seen.set(trial.transport, nth);
    const several = repeats(trial.transport) > 1;
    return {
      label: `${breakable(trial.transport)}${several ? ` #${nth}` : ''}${marks[trial.verdict]}`,
      trial,
    };
  });
}

/** Repeats are measured in random order; here they are grouped by transport, in the order of the plan. */
const inOrder = (trials: readonly Trial[], { plan }: Trials): Trial[] =>
  trials.toSorted((a, b) => plan.transports.indexOf(a.transport) - plan.transports.indexOf(b.transport));

function groupOf(trials: readonly Trial[], axes: readonly Axis[]): Group[] {
  const [first] = trials;
  if (first === undefined) return [];
  const all = labelled(trials);
  return [
    {
      scenario: first.scenario,
      link: first.link,
      load: first.load,
      over: first.over,
      spokenBy: first.spokenBy,
      kind: trials.find((trial) => trial.latency !== null)?.latency?.kind ?? 'echo',
      axes,
      chosen: all.filter(({ trial }) => !trial.reference),
      references: all.filter(({ trial }) => trial.reference),
    },
  ];
}

/** In the order in which the report first names them. */
export const groupsOf = (report: Trials): Group[] =>
  gathered(report.trials, ({ scenario }) => scenario).flatMap((ofScenario) => {
    const axes = sweptAxes(ofScenario);
    return gathered(ofScenario, conditionsOf).flatMap((trials) => groupOf(inOrder(trials, report), axes));
  });

/** The title's addition for one value of a sweep; empty if there is only one. */
function whereOf({ axes, chosen, references, link }: Group, report: Trials, reader: Reader): string[] {
  const several = new Set(report.trials.map((trial) => trial.link.name)).size > 1;
  const [any] = [...chosen, ...references];
  return [
    ...(several ? [say(reader, phrases.link, { link: link.name })] : []),
    ...axes.flatMap(({ name, value, text, ofLink }) =>
      any === undefined || (ofLink && several)
        ? []
        : say(reader, phrases.axis, { axis: say(reader, name), value: text(value(any.trial)) }),
    ),
  ];
}

export function titleOn(title: string, group: Group, report: Trials, reader: Reader): string {
  const where = whereOf(group, report, reader);
  return where.length > 0 ? say(reader, phrases.on, { title, where: where.join(', ') }) : title;
}

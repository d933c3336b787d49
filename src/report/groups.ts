/**
 * Trials that may stand in one table: the same scenario over the same link. A group is told by what its
 * latency means, never by the scenario's name, so that a new scenario needs no new table.
 */
import type { Report, Trial } from '../metrics/report.ts';
import type { Words } from './words.ts';

export interface Labelled {
  /** The transport, the repeat where there are several, and a mark: `~` noisy, `!` invalid. */
  readonly label: string;
  readonly trial: Trial;
}

export interface Group {
  readonly scenario: string;
  readonly link: string;
  readonly kind: 'echo' | 'age';
  readonly chosen: readonly Labelled[];
  readonly references: readonly Labelled[];
}

const marks: Readonly<Record<Trial['verdict'], string>> = { valid: '', noisy: '\u00a0~', invalid: '\u00a0!' };

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

/** In the order in which the report first names them. */
export function groupsOf(report: Pick<Report, 'trials'>): Group[] {
  const byKey = new Map<string, Trial[]>();
  for (const trial of report.trials) {
    const key = JSON.stringify([trial.scenario, trial.link.name]);
    byKey.set(key, [...(byKey.get(key) ?? []), trial]);
  }
  return [...byKey.values()].flatMap((trials) => {
    const [first] = trials;
    if (first === undefined) return [];
    const all = labelled(trials);
    return {
      scenario: first.scenario,
      link: first.link.name,
      kind: trials.find((trial) => trial.latency !== null)?.latency?.kind ?? 'echo',
      chosen: all.filter(({ trial }) => !trial.reference),
      references: all.filter(({ trial }) => trial.reference),
    };
  });
}

/** Over several links each table says which one it is about. */
export function titleOn(title: string, group: Group, report: Pick<Report, 'trials'>, words: Words): string {
  const links = new Set(report.trials.map((trial) => trial.link.name));
  return links.size > 1 ? words.say('title.onLink', { title, link: group.link }) : title;
}

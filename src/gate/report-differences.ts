/**
 * What moved between two runs, from their reports. A run is not scripted: how many polls or answers there were depends
 * on timing. So only what timing cannot change is compared: which headers and fields there are, what one of them
 * weighs, and how many requests and connections it took if that is the same for every client or message.
 */
import type { Report, Trial } from '../document/report.ts';
import { reasonsOf } from '../metrics/verdict.ts';
import type { WireChange } from './differences.ts';
import { type Comparison, changedVersions, type NotCompared } from './gate.ts';
import { type Alike, changedAlike, changedSettings } from './report-alike.ts';
import { compareCalmTimings } from './timings.ts';

/** A header behaves alike in every scenario: it is reported once, with all of them. */
export interface RunFinding extends WireChange {
  readonly scenarios: readonly string[];
}

export interface RunComparison extends Comparison {
  readonly findings: readonly RunFinding[];
  /** What changed without a weight of its own. */
  readonly alike: readonly Alike[];
}

/** Cursors and lengths have more digits in a longer run: less than this is no change of a field. */
const leastBytes = 1;

type Field = Trial['fields'][number];
type Weights = ReadonlyMap<string, Pick<Field, 'layer' | 'name' | 'direction' | 'count' | 'bytes'>>;

export function compareReports(before: Report, after: Report): RunComparison {
  const [was, is] = [trialsOf(before), trialsOf(after)];
  const notCompared = unreadable(before, after);
  const isUnreadable = (key: string) => notCompared.some(({ name }) => name === key);
  const pairs = [...is].flatMap(([key, now]) => {
    const old = was.get(key);
    return old ? [{ old, now }] : [];
  });
  const findings = pairs.flatMap(({ old, now }) =>
    ofTrial(old, now).map((finding): RunFinding => ({ ...finding, scenarios: [now.scenario] })),
  );
  return {
    compared: pairs.length,
    findings: once(findings),
    notCompared,
    added: [...is.keys()].filter((key) => !was.has(key) && !isUnreadable(key)),
    missing: [...was.keys()].filter((key) => !is.has(key) && !isUnreadable(key)),
    environment: changedVersions(before.environment, after.environment),
    times: compareCalmTimings(before, after),
    areRuns: true,
    alike: [
      ...changedSettings(before, after),
      ...once(pairs.flatMap(({ old, now }) => changedAlike(old, now))),
    ],
  };
}

/** Merges the same finding of several scenarios into one. */
function once<One extends { readonly scenarios: readonly string[] }>(all: readonly One[]): One[] {
  const found = new Map<string, One>();
  for (const one of all) {
    const key = JSON.stringify({ ...one, scenarios: [] });
    const known = found.get(key);
    found.set(
      key,
      known ? { ...known, scenarios: [...new Set([...known.scenarios, ...one.scenarios])] } : one,
    );
  }
  return [...found.values()];
}

const keyOf = ({ transport, scenario }: Pick<Trial, 'transport' | 'scenario'>) =>
  `${transport} (${scenario})`;

/** A trial that was cut short has not shown all of its fields. */
const isWhole = ({ verdict, notes }: Trial) =>
  verdict !== 'invalid' && !notes.some(({ kind }) => kind === 'interrupted');

/** By transport and scenario. Of repeats and sweeps the first trial: all others have the same fields. */
function trialsOf({ trials }: Report): Map<string, Trial> {
  const found = new Map<string, Trial>();
  for (const trial of trials) if (isWhole(trial) && !found.has(keyOf(trial))) found.set(keyOf(trial), trial);
  return found;
}

/** What one run has measured and the other only tried: its trials are invalid, or the run ended too early. */
function unreadable(before: Report, after: Report): NotCompared[] {
  const [was, is] = [failuresOf(before), failuresOf(after)];
  const tried = [before, after].flatMap(({ trials, unconnected }) => [...trials, ...unconnected].map(keyOf));
  return [...new Set(tried)].flatMap((name): NotCompared[] => {
    const [old, now] = [was(name), is(name)];
    const failed = now ?? old;
    if (!failed) return [];
    return [{ name, side: old && now ? 'both' : now ? 'after' : 'before', ...failed }];
  });
}

/** Why a report has no valid trial of a transport; null if it has one, or if none was planned. */
function failuresOf(report: Report): (key: string) => Pick<NotCompared, 'why' | 'notes' | 'told'> | null {
  const whole = trialsOf(report);
  const { transports, scenario } = report.plan;
  const planned = transports.flatMap((name) => scenario.split(',').map((one) => `${name} (${one})`));
  return (key) => {
    if (whole.has(key)) return null;
    const tried = report.trials.filter((trial) => keyOf(trial) === key);
    const invalid = tried.find(({ notes }) => !notes.some(({ kind }) => kind === 'interrupted'));
    if (invalid) return { why: 'invalid', notes: reasonsOf(invalid) };
    const refused = report.unconnected.find((one) => keyOf(one) === key);
    if (refused) return { why: 'unconnected', notes: [], told: refused.told };
    const wasCut = tried.length > 0 || (report.interrupted && planned.includes(key));
    return wasCut ? { why: 'interrupted', notes: [] } : null;
  };
}

function ofTrial(before: Trial, after: Trial): WireChange[] {
  const { transport } = after;
  const [was, is] = [weightsOf(before), weightsOf(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])].flatMap((key): WireChange[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const field = now ?? old;
    const bytes = { before: perOccurrence(old), after: perOccurrence(now) };
    if (!field || (old && now && Math.abs(bytes.after - bytes.before) < leastBytes)) return [];
    const { layer, name, direction } = field;
    const stage = layer !== 'http' ? 'field' : direction === 'up' ? 'request' : 'response';
    const cause = !old ? 'new' : now ? 'size' : 'gone';
    const count = { before: old ? 1 : 0, after: now ? 1 : 0 };
    return [{ transport, stage, direction, cause, layer, name, sample: null, bytes, count }];
  });
  return [...fields, ...counted(before, after)];
}

const perOccurrence = (field: { count: number; bytes: number } | undefined) =>
  field && field.count > 0 ? field.bytes / field.count : 0;

/** What the application says is no overhead; what leaving costs depends on how a run ends. */
function weightsOf({ fields }: Trial): Weights {
  const sums = new Map<string, { -readonly [Key in keyof Field]: Field[Key] }>();
  for (const field of fields) {
    if (field.phase === 'teardown' || field.layer === 'payload' || field.layer === 'encoding') continue;
    const key = `${field.direction} ${field.layer} ${field.name}`;
    const sum = sums.get(key);
    if (sum) {
      sum.count += field.count;
      sum.bytes += field.bytes;
    } else sums.set(key, { ...field });
  }
  return sums;
}

/** Requests and connections, if each client or each message took the same number. */
function counted(before: Trial, after: Trial): WireChange[] {
  const each: [
    stage: WireChange['stage'],
    cause: 'requests' | 'connections',
    of: (trial: Trial) => number | null,
  ][] = [
    ['setup', 'requests', ({ setup, load }) => setup.requests / load.clients],
    ['setup', 'connections', ({ setup, load }) => setup.connections / load.clients],
    ['message', 'requests', perMessage],
  ];
  return each.flatMap(([stage, cause, of]): WireChange[] => {
    const [was, is] = [of(before), of(after)];
    const exact = Number.isInteger(was) && Number.isInteger(is);
    if (!exact || was === null || is === null || was === is) return [];
    const bytes = { before: was * headBytes(before), after: is * headBytes(after) };
    return [
      {
        transport: after.transport,
        stage,
        direction: 'both',
        cause,
        layer: null,
        name: null,
        sample: null,
        bytes: cause === 'requests' ? bytes : { before: 0, after: 0 },
        count: { before: was, after: is },
      },
    ];
  });
}

/** Null if polls follow a timer. */
function perMessage({ polls, messages, exchanges }: Trial): number | null {
  const made = exchanges.filter(({ phase }) => phase === 'steady').reduce((sum, { count }) => sum + count, 0);
  return polls === null && messages.down > 0 ? made / messages.down : null;
}

/** Head bytes of one exchange, both ways. */
function headBytes({ fields }: Trial): number {
  const http = fields.filter(({ layer, phase }) => layer === 'http' && phase !== 'teardown');
  const requests = http
    .filter(({ name }) => name === 'request-line')
    .reduce((sum, { count }) => sum + count, 0);
  return requests > 0 ? Math.round(http.reduce((sum, { bytes }) => sum + bytes, 0) / requests) : 0;
}

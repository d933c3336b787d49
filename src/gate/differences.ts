/**
 * What moved between two weighings, and why: which header, frame field or request, by how many bytes, how often. Pure;
 * a difference is a finding, never an error.
 */

import type { Stage, StageWeight, TransportWeight, WeighedField } from '../document/weighing.ts';
import type { Alike } from './report-alike.ts';

export interface WireChange {
  readonly transport: string;
  /** `request`, `response` and `field` come from a run, which is not scripted. */
  readonly stage: Stage | 'request' | 'response' | 'field';
  /** `requests` and `stage` speak of both directions together. */
  readonly direction: 'up' | 'down' | 'both';
  readonly cause: 'new' | 'gone' | 'size' | 'count' | 'requests' | 'connections' | 'stage';
  readonly layer: WeighedField['layer'] | null;
  /** The header or field; null if the cause is not a field. */
  readonly name: string | null;
  /** Its size after and before, for one message, event or poll. */
  readonly bytes: { readonly before: number; readonly after: number };
  readonly count: { readonly before: number; readonly after: number };
  /** The text of a header's line after; before, if it is gone. */
  readonly sample: string | null;
}

/** Bytes that a finding adds to one message, event or poll; negative where it became lighter. */
export const addedBytes = ({ bytes }: WireChange): number => bytes.after - bytes.before;

/**
 * Heavier is: more bytes; more requests or connections, however light; a stage that is not weighed any more, because
 * its cost is not known now. One field traded for another is two findings.
 */
export function isHeavier(finding: WireChange): boolean {
  const { cause, count } = finding;
  const added = addedBytes(finding);
  if (cause === 'stage') return added > 0 || count.after === 0;
  const more = count.after > count.before;
  return added > 0 || (more && (added === 0 || cause === 'requests' || cause === 'connections'));
}

/**
 * What reads differently and weighs the same: a value, the case of a name, the order of headers; once for all
 * transports.
 */
export function alike(before: readonly TransportWeight[], after: readonly TransportWeight[]): Alike[] {
  const found = new Map<string, AlikeThere & { readonly transports: readonly string[] }>();
  for (const { transport, stages } of after) {
    const was = before.find((one) => one.transport === transport)?.stages ?? {};
    for (const [stage, [now]] of Object.entries(stages)) {
      const then = was[stage as Stage]?.[0];
      if (!now || !then) continue;
      for (const one of [...otherLines(then, now), ...otherOrders(then, now)]) {
        const key = JSON.stringify(one);
        const { transports = [] } = found.get(key) ?? {};
        found.set(key, { ...one, transports: [...new Set([...transports, transport])] });
      }
    }
  }
  return [...found.values()].map(({ transports, direction, ...one }) => ({
    ...one,
    name: transports.join(', '),
    scenarios: [direction],
  }));
}

interface AlikeThere extends Pick<Alike, 'before' | 'after'> {
  readonly what: 'line' | 'order';
  readonly direction: 'up' | 'down';
}

const otherLines = (before: StageWeight, after: StageWeight): AlikeThere[] =>
  paired(before.fields, after.fields).flatMap(([was, is]) =>
    was?.sample !== undefined &&
    is?.sample !== undefined &&
    was.sample !== is.sample &&
    was.bytes === is.bytes
      ? [{ what: 'line', direction: is.direction, before: was.sample, after: is.sample }]
      : [],
  );

/** Headers that both have, in another order; a new header is a finding of its own. */
function otherOrders(before: StageWeight, after: StageWeight): AlikeThere[] {
  return (['up', 'down'] as const).flatMap((direction): AlikeThere[] => {
    const [was = [], is = []] = [before.order?.[direction], after.order?.[direction]];
    const [then, now] = [was.filter((name) => is.includes(name)), is.filter((name) => was.includes(name))];
    return then.join() === now.join()
      ? []
      : [{ what: 'order', direction, before: then.join(', '), after: now.join(', ') }];
  });
}

export function differences(before: TransportWeight, after: TransportWeight): WireChange[] {
  const names = new Set([...Object.keys(before.stages), ...Object.keys(after.stages)]) as Set<Stage>;
  return [...names].flatMap((stage) =>
    ofStage(after.transport, stage, before.stages[stage], after.stages[stage]),
  );
}

function ofStage(
  transport: string,
  stage: Stage,
  before: readonly StageWeight[] = [],
  after: readonly StageWeight[] = [],
): WireChange[] {
  const now = after[0];
  if (!now || before.length === 0) return [lostStage(transport, stage, before[0], now)];
  // An outcome that was not admissible is compared with the nearest one that was.
  return after.flatMap((outcome) => {
    const nearest = before.toSorted((a, b) => distance(a, outcome) - distance(b, outcome))[0];
    return nearest ? ofOutcome(transport, stage, nearest, outcome) : [];
  });
}

const distance = (a: StageWeight, b: StageWeight): number =>
  1e6 * Math.abs(a.requests - b.requests) + Math.abs(a.up - b.up) + Math.abs(a.down - b.down);

const weightOf = (stage: StageWeight | undefined) => (stage ? stage.up + stage.down : 0);

const lostStage = (
  transport: string,
  stage: Stage,
  before: StageWeight | undefined,
  after: StageWeight | undefined,
): WireChange => ({
  transport,
  stage,
  direction: 'both',
  cause: 'stage',
  layer: null,
  name: null,
  sample: null,
  bytes: { before: weightOf(before), after: weightOf(after) },
  count: { before: before ? 1 : 0, after: after ? 1 : 0 },
});

function ofOutcome(transport: string, stage: Stage, before: StageWeight, after: StageWeight): WireChange[] {
  const whole = { transport, stage, direction: 'both', layer: null, name: null, sample: null } as const;
  const findings: WireChange[] = [];
  const requests = { before: before.requests, after: after.requests };
  const moreRequests = requests.before !== requests.after;
  if (moreRequests) {
    // One more request costs its whole head: that is one finding, not one for each of its headers.
    const heads = (weight: StageWeight) => sumOf(weight.fields.filter(isHttp));
    findings.push({
      ...whole,
      cause: 'requests',
      count: requests,
      bytes: { before: heads(before), after: heads(after) },
    });
  }
  for (const [was, is] of paired(before.fields, after.fields)) {
    const finding = ofField({ transport, stage }, was, is);
    if (finding && !(moreRequests && isHttp(was ?? is) && finding.cause === 'count')) findings.push(finding);
  }
  if (before.connections !== after.connections)
    findings.push({
      ...whole,
      cause: 'connections',
      bytes: { before: 0, after: 0 },
      count: { before: before.connections, after: after.connections },
    });
  return findings;
}

const isHttp = (field: WeighedField | undefined): boolean => field?.layer === 'http';
const sumOf = (fields: readonly WeighedField[]) => fields.reduce((sum, { bytes }) => sum + bytes, 0);

/** Pairs the same field before and after; one side is missing if the field is new or gone. */
export function paired<One extends Pick<WeighedField, 'direction' | 'layer' | 'name'>>(
  before: readonly One[],
  after: readonly One[],
): [One | undefined, One | undefined][] {
  const keyOf = ({ direction, layer, name }: One) => `${direction} ${layer} ${name}`;
  const was = new Map(before.map((field) => [keyOf(field), field]));
  const is = new Map(after.map((field) => [keyOf(field), field]));
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => [was.get(key), is.get(key)]);
}

function ofField(
  where: Pick<WireChange, 'transport' | 'stage'>,
  was: WeighedField | undefined,
  is: WeighedField | undefined,
): WireChange | null {
  const field = is ?? was;
  if (!field) return null;
  const bytes = { before: was?.bytes ?? 0, after: is?.bytes ?? 0 };
  const count = { before: was?.count ?? 0, after: is?.count ?? 0 };
  if (bytes.before === bytes.after && count.before === count.after) return null;
  const { layer, name, direction, sample = null } = field;
  return { ...where, layer, name, direction, sample, bytes, count, cause: causeOf(was, is) };
}

function causeOf(was: WeighedField | undefined, is: WeighedField | undefined): WireChange['cause'] {
  if (!was) return 'new';
  if (!is) return 'gone';
  return was.count === is.count ? 'size' : 'count';
}

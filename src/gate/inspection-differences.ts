/**
 * What moved between two inspections of the same application: which kind of exchange, event or frame, which header or
 * field of it, by how many bytes, how often. One cause is one finding, however many kinds show it. Pure.
 */
import type { InspectionOutcome, Profile, ProfileField } from '../document/inspection.ts';
import { paired } from './differences.ts';

export interface Change {
  /** The kinds it was seen in: exchanges, events, frames, packets. */
  readonly kinds: readonly string[];
  readonly cause:
    | 'new-kind'
    | 'gone-kind'
    | 'more'
    | 'fewer'
    | 'new'
    | 'gone'
    | 'size'
    | 'count'
    | 'text'
    | 'order'
    | 'connections';
  /** The field, where it is one: its direction, layer and name. */
  readonly field: Pick<ProfileField, 'direction' | 'layer' | 'name'> | null;
  /** How often: units of a kind, a field in a unit, connections. */
  readonly count: { readonly before: number; readonly after: number };
  /** Of one unit; of all units if their number changed. */
  readonly bytes: { readonly before: number; readonly after: number };
  /** The text of a line, or the order of the lines. */
  readonly text: { readonly before: string | null; readonly after: string | null };
}

type Kind = Profile['kinds'][number];
type Shape = Kind['shapes'][number];

export interface InspectionComparison {
  readonly changes: readonly Change[];
  /** Names of lines whose value was left out in part in both. */
  readonly unsteady: readonly string[];
  /** Kinds with too many shapes to compare them all. */
  readonly varied: readonly string[];
  /** How many kinds both have. */
  readonly compared: number;
  /** The rules that the later inspection was also checked against. */
  readonly thresholds: readonly InspectionOutcome[];
}

export const addedBytes = ({ bytes }: Change): number => bytes.after - bytes.before;

/** Less is an improvement. What weighs the same and reads differently is not: the application changed it. */
export const isImprovement = (change: Change): boolean => addedBytes(change) < 0 || change.cause === 'fewer';

export function compareInspections(
  before: Profile,
  after: Profile,
  thresholds: readonly InspectionOutcome[] = [],
): InspectionComparison {
  const [was, is] = [kindsOf(before), kindsOf(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  const changes = names.flatMap((name) => ofKind(name, was.get(name), is.get(name)));
  return {
    changes: [...merged(changes), ...connections(before, after)],
    unsteady: [...new Set([...before.unsteady, ...after.unsteady])].sort(),
    varied: names.filter((name) => (was.get(name)?.unkept ?? 0) + (is.get(name)?.unkept ?? 0) > 0),
    compared: names.filter((name) => was.has(name) && is.has(name)).length,
    thresholds,
  };
}

const kindsOf = ({ kinds }: Profile) => new Map(kinds.map((kind) => [kind.kind, kind]));

const weightOfAll = ({ shapes }: Kind): number =>
  shapes.reduce((sum, shape) => sum + weight(shape.fields) * shape.count, 0);

const noText = { before: null, after: null };

function ofKind(name: string, was: Kind | undefined, is: Kind | undefined): Change[] {
  const whole = { kinds: [name], field: null, text: noText };
  const count = { before: was?.count ?? 0, after: is?.count ?? 0 };
  const bytes = { before: was ? weightOfAll(was) : 0, after: is ? weightOfAll(is) : 0 };
  // A race may leave this kind out by chance: no finding.
  if (!was || !is)
    return (was ?? is)?.races ? [] : [{ ...whole, cause: was ? 'gone-kind' : 'new-kind', count, bytes }];
  const often: Change[] =
    is.races || count.before === count.after
      ? []
      : [{ ...whole, cause: count.after > count.before ? 'more' : 'fewer', count, bytes }];
  return [...often, ...ofShapes(name, was, is)];
}

/** Compares every new shape with the nearest old one, and every lost shape with the nearest new one. */
function ofShapes(name: string, was: Kind, is: Kind): Change[] {
  const seen = (shape: Shape, races: boolean) => comparable(shape, races);
  const [then, now] = [
    was.shapes.map((one) => seen(one, was.races)),
    is.shapes.map((one) => seen(one, is.races)),
  ];
  const [known, still] = [new Set(then.map(keyOf)), new Set(now.map(keyOf))];
  const fresh = now.filter((shape) => !known.has(keyOf(shape)));
  const lost = then.filter((shape) => !still.has(keyOf(shape)));
  // As many new as lost: the same things were sent, each with the same change, so they pair up by weight.
  if (fresh.length > 0 && fresh.length === lost.length) {
    const [before, after] = [lost.toSorted(byWeight), fresh.toSorted(byWeight)];
    return after.flatMap((shape, index) => ofFields(name, before[index] ?? [], shape));
  }
  if (fresh.length > 0)
    return fresh.flatMap((shape) => ofFields(name, nearest(shape, lost.length > 0 ? lost : then), shape));
  // In a race not everything that can happen does happen.
  return is.races ? [] : lost.flatMap((shape) => ofFields(name, shape, nearest(shape, now)));
}

/** Of a race only the lines of its heads: what shares a body or a frame differs each time. */
const comparable = ({ fields }: Shape, races: boolean): readonly ProfileField[] =>
  races ? fields.filter(({ layer }) => layer === 'http') : fields;

const weight = (fields: readonly ProfileField[]): number => fields.reduce((sum, { bytes }) => sum + bytes, 0);
const byWeight = (a: readonly ProfileField[], b: readonly ProfileField[]) => weight(a) - weight(b);

const keyOf = (fields: readonly ProfileField[]): string => JSON.stringify(fields);

function nearest(shape: readonly ProfileField[], others: readonly (readonly ProfileField[])[]) {
  const distance = (other: readonly ProfileField[]) =>
    paired(other, shape).reduce((sum, [a, b]) => sum + differenceOf(a, b), 0);
  return others.toSorted((a, b) => distance(a) - distance(b))[0] ?? [];
}

const differenceOf = (a: ProfileField | undefined, b: ProfileField | undefined): number =>
  !a || !b
    ? 50 + (a?.bytes ?? 0) + (b?.bytes ?? 0)
    : Math.abs(a.bytes - b.bytes) + (a.line === b.line ? 0 : 1) + Math.abs(a.count - b.count);

function ofFields(name: string, before: readonly ProfileField[], after: readonly ProfileField[]): Change[] {
  const found = paired(before, after).flatMap(([was, is]) => ofField(name, was, is));
  if (found.length > 0) return found;
  const order = (fields: readonly ProfileField[]) => fields.map((field) => field.name).join(', ');
  return order(before) === order(after)
    ? []
    : [
        {
          kinds: [name],
          cause: 'order',
          field: null,
          count: { before: 1, after: 1 },
          bytes: { before: 0, after: 0 },
          text: { before: order(before), after: order(after) },
        },
      ];
}

function ofField(kind: string, was: ProfileField | undefined, is: ProfileField | undefined): Change[] {
  const field = is ?? was;
  if (!field) return [];
  const count = { before: was?.count ?? 0, after: is?.count ?? 0 };
  const bytes = { before: was?.bytes ?? 0, after: is?.bytes ?? 0 };
  const text = { before: was?.line ?? null, after: is?.line ?? null };
  const cause = causeOf(was, is);
  if (cause === null) return [];
  const { direction, layer, name } = field;
  return [{ kinds: [kind], cause, field: { direction, layer, name }, count, bytes, text }];
}

function causeOf(was: ProfileField | undefined, is: ProfileField | undefined): Change['cause'] | null {
  if (!was) return 'new';
  if (!is) return 'gone';
  if (was.count !== is.count) return 'count';
  if (was.bytes !== is.bytes) return 'size';
  return was.line === is.line ? null : 'text';
}

/** The same change in several kinds, or in several shapes of one, is one change. */
function merged(changes: readonly Change[]): Change[] {
  const all = new Map<string, Change>();
  for (const { kinds, ...change } of changes) {
    // If the whole line is new, its bytes are those of the line; a size may differ from kind to kind.
    const key = JSON.stringify(change.field ? change : { ...change, kinds });
    const known = all.get(key);
    all.set(key, { ...change, kinds: [...new Set([...(known?.kinds ?? []), ...kinds])] });
  }
  return [...all.values()];
}

function connections(before: Profile, after: Profile): Change[] {
  const count = ({ connections }: Profile, first: string) =>
    connections.find((one) => one.first === first)?.count ?? 0;
  const names = [...before.connections, ...after.connections].map(({ first }) => first);
  return [...new Set(names)].sort().flatMap((first): Change[] => {
    const [was, is] = [count(before, first), count(after, first)];
    // A kind that is new or gone is already a finding.
    if (was === is || was === 0 || is === 0) return [];
    return [
      {
        kinds: [first],
        cause: 'connections',
        field: null,
        text: noText,
        count: { before: was, after: is },
        bytes: { before: 0, after: 0 },
      },
    ];
  });
}

/**
 * What changed between two runs although it weighs the same, or explains what weighs more: settings, paths and
 * statuses, the kind of a frame, the order of headers. Limited to what reports hold: the names of headers, not their
 * values.
 */
import type { Report, Trial } from '../document/report.ts';

export interface Alike {
  readonly what: 'setting' | 'exchange' | 'frame' | 'order' | 'line';
  /** The key of a setting in the plan; otherwise the transport. */
  readonly name: string;
  /** Where it shows, scenarios or a direction; empty for a setting. */
  readonly scenarios: readonly string[];
  /** Null if there was nothing before, or is nothing after. */
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * What the two runs were asked to do. Seeds, hosts and repeats change nothing on the wire, so they are not compared.
 */
export function changedSettings(before: Report, after: Report): Alike[] {
  const [was, is] = [settingsOf(before), settingsOf(after)];
  return [...is].flatMap(([name, now]) => {
    const old = was.get(name);
    return old === undefined || old === now
      ? []
      : [{ what: 'setting', name, scenarios: [], before: old, after: now } as const];
  });
}

function settingsOf({ plan: { load, link, ...plan } }: Report): Map<string, string> {
  const { proxy, headers, over, tls, certificate, heartbeat, keepAlive, compression } = plan;
  const sealing = { over, tls, certificate };
  const asked = { ...load, link: link.name, proxy, headers, ...sealing, heartbeat, keepAlive, compression };
  return new Map(Object.entries(asked).map(([name, value]) => [name, String(value)]));
}

/** What changed in the same trial of two runs. */
export function changedAlike(before: Trial, after: Trial): Alike[] {
  const where = { name: after.transport, scenarios: [after.scenario] };
  return [
    ...changedExchanges(before, after).map((one) => ({ what: 'exchange', ...where, ...one }) as const),
    ...changedFrames(before, after).map((one) => ({ what: 'frame', ...where, ...one }) as const),
    ...changedOrders(before, after).map((one) => ({ what: 'order', ...where, ...one }) as const),
  ];
}

type Change = Pick<Alike, 'before' | 'after'>;

/** Statuses by method and path. Teardown is left out: it depends on how a run ends. */
function exchangesOf({ exchanges }: Trial): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, phase } of exchanges) {
    if (phase === 'teardown') continue;
    const [, request = kind, status = ''] = /^(.*) (\S+)$/.exec(kind) ?? [];
    found.set(request, (found.get(request) ?? new Set<string>()).add(status));
  }
  return found;
}

function changedExchanges(before: Trial, after: Trial): Change[] {
  const [was, is] = [exchangesOf(before), exchangesOf(after)];
  const gone = [...was.keys()].filter((request) => !is.has(request));
  const come = [...is.keys()].filter((request) => !was.has(request));
  const requests = Array.from({ length: Math.max(gone.length, come.length) }, (_, at) => ({
    before: gone[at] ?? null,
    after: come[at] ?? null,
  }));
  const statuses = [...is].flatMap(([request, now]) => {
    const old = was.get(request);
    // How many polls were empty depends on timing: only a status that the other run never had is a change.
    if (!old || [...old].some((status) => now.has(status))) return [];
    const said = (some: ReadonlySet<string>) => `${request} ${[...some].toSorted().join('/')}`;
    return [{ before: said(old), after: said(now) }];
  });
  return [...requests, ...statuses];
}

/** Text or binary, as the sequence of one message shows. */
function changedFrames(before: Trial, after: Trial): Change[] {
  const kindOf = ({ sequence }: Trial, way: 'up' | 'down') => {
    const kinds = sequence
      .filter(({ direction, what }) => direction === way && ['text', 'binary'].includes(what))
      .map(({ what }) => what);
    return new Set(kinds).size === 1 ? kinds[0] : undefined;
  };
  return (['up', 'down'] as const).flatMap((way) => {
    const [old, now] = [kindOf(before, way), kindOf(after, way)];
    return old === undefined || now === undefined || old === now ? [] : [{ before: old, after: now }];
  });
}

/** Only where all requests of a phase are alike; otherwise timing would decide which came first. */
function changedOrders(before: Trial, after: Trial): Change[] {
  const changes = (['setup', 'warmup', 'steady'] as const).flatMap((phase) =>
    (['up', 'down'] as const).flatMap((way) => {
      const [was, is] = [orderOf(before, phase, way), orderOf(after, phase, way)];
      const moved = between(
        was.filter((name) => is.includes(name)),
        is.filter((name) => was.includes(name)),
      );
      return moved ?? [];
    }),
  );
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

/** Names of headers in order: fields are kept in the order in which they first appeared. */
function orderOf(trial: Trial, phase: string, way: 'up' | 'down'): string[] {
  const kinds = new Set(trial.exchanges.filter((one) => one.phase === phase).map(({ kind }) => kind));
  const heads = trial.fields.filter(
    (field) => field.layer === 'http' && field.phase === phase && field.direction === way,
  );
  const alike = heads.every(({ count }) => count === heads[0]?.count);
  return kinds.size === 1 && alike ? heads.map(({ name }) => name) : [];
}

/** The part between the common beginning and the common end; null if there is none. */
function between(was: readonly string[], is: readonly string[]): Change | null {
  const from = was.findIndex((name, at) => name !== is[at]);
  if (from < 0) return null;
  const to = was.findLastIndex((name, at) => name !== is[at]) + 1;
  const told = (names: readonly string[]) => names.slice(from, to).join(', ');
  return { before: told(was), after: told(is) };
}

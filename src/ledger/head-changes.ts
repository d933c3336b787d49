/** How a head changed between two places of its path: fields added, removed, changed, renamed; framing; version. */
import type { HeadChange } from '../document/far-side.ts';
import type { Head } from './exchange-heads.ts';

/** Both sides keep their first exchange of a kind, which need not be the same one: these differ between any two. */
const ownOfEach = new Set([
  ...['sec-websocket-key', 'sec-websocket-accept', 'content-length', 'date', 'etag'],
  'transfer-encoding',
]);
const framingFields = new Set(['content-length', 'transfer-encoding']);

interface Of {
  readonly message: 'request' | 'response';
  /** A status whose response has no body (RFC 9110 §6.4.1). */
  readonly bodiless: boolean;
}

/** @param near at the client, @param far at the server. */
export function headChanges(near: Head, far: Head, of: Of): HeadChange[] {
  const { message } = of;
  const changes: HeadChange[] = [];
  if (near.version !== far.version)
    changes.push({ message, change: 'version', name: 'version', near: near.version, far: far.version });
  const framing = { near: framingOf(near, of), far: framingOf(far, of) };
  const isReframed = framing.near !== framing.far;
  if (isReframed) changes.push({ message, change: 'framing', name: 'framing', ...framing });
  const [nearer, farther] = [new Map(near.fields), new Map(far.fields)];
  // What a proxy adds shows downstream of it: at the server for a request, at the client for a response.
  const [before, after] = message === 'request' ? [nearer, farther] : [farther, nearer];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    if (isReframed && framingFields.has(name)) continue;
    const told = { message, name, near: nearer.get(name) ?? null, far: farther.get(name) ?? null };
    if (!before.has(name)) changes.push({ change: 'added', ...told });
    else if (!after.has(name)) changes.push({ change: 'removed', ...told });
    else if (told.near !== told.far && !ownOfEach.has(name)) changes.push({ change: 'changed', ...told });
  }
  return [...replaced(changes), ...respelled(near, far, message)];
}

/** A removed field and an added one with the same value count as one that was renamed. */
function replaced(changes: readonly HeadChange[]): HeadChange[] {
  const carried = ({ near, far }: HeadChange) => near ?? far ?? '';
  const gone = changes.filter(({ change }) => change === 'removed');
  const pairs = new Map<HeadChange, HeadChange>();
  for (const came of changes.filter(({ change }) => change === 'added')) {
    const from = gone.find((one) => carried(one) !== '' && carried(one) === carried(came) && !pairs.has(one));
    if (from) pairs.set(from, came);
  }
  const came = new Set(pairs.values());
  return changes.flatMap((change) => {
    if (came.has(change)) return [];
    const other = pairs.get(change);
    return other ? [renamed(change.message, change.name, other.name)] : [change];
  });
}

/** @param from the name as sent, @param to the name as received. */
const renamed = (message: Of['message'], from: string, to: string): HeadChange => ({
  message,
  change: 'renamed',
  name: to.toLowerCase(),
  ...(message === 'request' ? { near: from, far: to } : { near: to, far: from }),
});

/** Field names are case-insensitive (RFC 9110 §5.1), but some applications compare them by case. */
function respelled(near: Head, far: Head, message: Of['message']): HeadChange[] {
  const other = new Map(far.spelled.map((name) => [name.toLowerCase(), name]));
  return near.spelled.flatMap((name) => {
    const there = other.get(name.toLowerCase());
    if (there === undefined || there === name) return [];
    return [message === 'request' ? renamed(message, name, there) : renamed(message, there, name)];
  });
}

/** How the end of a body is marked (RFC 9112 §6.3); a request without either field has no body. */
function framingOf({ fields }: Head, { message, bodiless }: Of): string {
  const found = new Map(fields);
  if (found.has('transfer-encoding')) return 'chunked';
  if (found.has('content-length')) return 'content-length';
  return message === 'request' || bodiless ? 'none' : 'until it closes';
}

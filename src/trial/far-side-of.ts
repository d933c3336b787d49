/** Both sides of the real proxies, held against each other: what the server's sockets carried, and what was made of the heads. */
import type { FarSide, HeadChange } from '../document/far-side.ts';
import type { ExchangeHeads, Head } from '../ledger/exchange-heads.ts';
import type { WeighedSockets } from '../servers/weighed-sockets.ts';

export const farSideOf = (
  { difference: _, heads, layers, ...far }: WeighedSockets,
  near: readonly ExchangeHeads[],
  proxies: string,
): FarSide => ({
  proxies,
  ...far,
  layers: layers.map(({ phase: _phase, ...layer }) => layer),
  changes: near.flatMap((exchange) => {
    const other = heads.find(({ kind }) => kind === exchange.kind);
    return other ? changesOf(exchange, other) : [];
  }),
});

function changesOf(near: ExchangeHeads, far: ExchangeHeads): HeadChange[] {
  const bodiless = / (101|204|304)$/.test(near.kind);
  const of = (message: 'request' | 'response') =>
    headChanges(near[message], far[message], { message, bodiless }).map((change) => ({
      exchange: near.kind,
      message,
      ...change,
    }));
  return [...of('request'), ...of('response')];
}

type Change = Omit<HeadChange, 'exchange' | 'message'>;

/** The first of a kind need not be the same exchange on both sides: these tell exchanges apart, and are no change. */
const ownOfEach = new Set([
  ...['sec-websocket-key', 'sec-websocket-accept', 'content-length', 'date', 'etag'],
  'transfer-encoding',
]);
const framingFields = new Set(['content-length', 'transfer-encoding']);

/** @param bodiless a status whose response has no body (RFC 9110 §6.4.1). */
interface Of {
  readonly message: 'request' | 'response';
  readonly bodiless: boolean;
}

function headChanges(near: Head, far: Head, of: Of): Change[] {
  const changes: Change[] = [];
  if (near.version !== far.version)
    changes.push({ change: 'version', name: 'version', near: near.version, far: far.version });
  const framing = { near: framingOf(near, of), far: framingOf(far, of) };
  const isReframed = framing.near !== framing.far;
  if (isReframed) changes.push({ change: 'framing', name: 'framing', ...framing });
  const [nearer, farther] = [new Map(near.fields), new Map(far.fields)];
  // A proxy adds on the way that the message goes.
  const [before, after] = of.message === 'request' ? [nearer, farther] : [farther, nearer];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    if (isReframed && framingFields.has(name)) continue;
    const told = { name, near: nearer.get(name) ?? null, far: farther.get(name) ?? null };
    if (!before.has(name)) changes.push({ change: 'added', ...told });
    else if (!after.has(name)) changes.push({ change: 'removed', ...told });
    else if (told.near !== told.far && !ownOfEach.has(name)) changes.push({ change: 'changed', ...told });
  }
  return changes;
}

/** How the end of a body is told (RFC 9112 §6.3); a request without either field has none. */
function framingOf({ fields }: Head, { message, bodiless }: Of): string {
  const found = new Map(fields);
  if (found.has('transfer-encoding')) return 'chunked';
  if (found.has('content-length')) return 'content-length';
  return message === 'request' || bodiless ? 'none' : 'until it closes';
}

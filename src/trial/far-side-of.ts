/** Compares both sides of the real proxies: what the server's sockets carried, and how the heads were changed. */
import type { ExchangeChange, FarSide } from '../document/far-side.ts';
import type { ExchangeHeads } from '../ledger/exchange-heads.ts';
import { headChanges } from '../ledger/head-changes.ts';
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

function changesOf(near: ExchangeHeads, far: ExchangeHeads): ExchangeChange[] {
  const bodiless = / (101|204|304)$/.test(near.kind);
  const of = (message: 'request' | 'response') =>
    headChanges(near[message], far[message], { message, bodiless }).map((change) => ({
      exchange: near.kind,
      ...change,
    }));
  return [...of('request'), ...of('response')];
}

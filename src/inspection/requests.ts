/**
 * What was asked over HTTP: exchanges by kind, the GETs that may be polls, Engine.IO's own requests. An answer is
 * empty when it is a 204 or a 304, or when its content has two bytes at most: `[]`, `{}`, `""`, or the one digit
 * with which Engine.IO says that nothing has happened.
 */
import { engineIoAt } from '../protocols/engine-io/endpoint.ts';
import { handshakeOf } from '../protocols/http1/upgrade-outcome.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Listener } from '../wire/conversation.ts';
import { exchangeEnd, type Message, type Request } from '../wire/message.ts';

export interface Asked {
  readonly path: string;
  readonly made: number;
  readonly empty: number;
}

export interface ExchangeTotal {
  readonly kind: string;
  readonly count: number;
  readonly up: number;
  readonly down: number;
}

export interface Requests {
  readonly exchanges: readonly ExchangeTotal[];
  /** GETs by path. */
  readonly asked: readonly Asked[];
  readonly engineIo: { readonly polling: number; readonly upgrades: number };
  /** See the document. */
  readonly handshakes: {
    readonly asked: number;
    readonly stripped: number;
    readonly refused: number;
    readonly offering: number;
  };
  /** Asked for first; empty where nobody has asked yet. */
  readonly path: string;
  readonly begun: number;
  /** Neither upgrades, agreed to or not, nor Engine.IO's nor event streams. */
  readonly plain: number;
  readonly upgraded: boolean;
}

/** So many kinds of exchange, and paths, are told apart; a crawler must not fill the memory. */
const kindsKept = 1000;
const emptyBytes = 2;

export function countRequests() {
  const exchanges = new Map<string, ExchangeTotal>();
  const asked = new Map<string, Asked>();
  const engineIo = { polling: 0, upgrades: 0 };
  const handshakes = { asked: 0, stripped: 0, refused: 0, offering: 0 };
  const seen = { begun: 0, plain: 0, upgraded: false };
  let path: string | null = null;
  /** The response that comes now, how much it contains, and whether that is an event stream. */
  let current: Message | null = null;
  let content = 0;
  let streams = false;
  return {
    tell({ message, layer, length, mark }) {
      if (message.kind === 'request' && layer === 'http' && mark === 'unit') {
        seen.begun++;
        path ??= pathOf(message);
      }
      if (message.direction === 'up') return;
      const response = exchangeEnd(message);
      if (response !== current) [current, content, streams] = [response, 0, false];
      if (layer !== 'http' && layer !== 'chunk') content += length;
      if (layer === 'sse') streams = true;
    },
    answered(request, response) {
      const { method, target } = request;
      const { status } = response;
      const at = pathOf(request);
      add(exchanges, {
        kind: `${method} ${at} ${status}`,
        count: 1,
        up: request.bytes,
        down: response.bytes,
      });
      const endpoint = engineIoAt(target);
      if (status === 101) seen.upgraded = true;
      if (status === 101 && endpoint) engineIo.upgrades++;
      const handshake = handshakeOf(request, response);
      if (handshake) {
        handshakes.asked++;
        if (handshake.outcome !== 'agreed') handshakes[handshake.outcome]++;
        else if (handshake.offersCompression) handshakes.offering++;
      }
      if (handshake || status === 101) return;
      if (endpoint) engineIo.polling++;
      else if (!streams) seen.plain++;
      if (method !== 'GET' || streams) return;
      const empty = status === 204 || status === 304 || (status === 200 && content <= emptyBytes);
      addAsked(asked, { path: at, made: 1, empty: empty ? 1 : 0 });
    },
    read: (): Requests => ({
      ...{ exchanges: [...exchanges.values()], asked: [...asked.values()], path: path ?? '' },
      ...{ engineIo: { ...engineIo }, handshakes: { ...handshakes }, ...seen },
    }),
  } satisfies Listener<Layer> & Record<string, unknown>;
}

const pathOf = ({ target }: Request): string => target.split('?', 1)[0] ?? '';

/** Both lists in one, by kind. */
export function sumExchanges(lists: readonly (readonly ExchangeTotal[])[]): ExchangeTotal[] {
  const sums = new Map<string, ExchangeTotal>();
  for (const one of lists.flat()) add(sums, one);
  return [...sums.values()];
}

export function sumAsked(lists: readonly (readonly Asked[])[]): Asked[] {
  const sums = new Map<string, Asked>();
  for (const one of lists.flat()) addAsked(sums, one);
  return [...sums.values()];
}

function add(to: Map<string, ExchangeTotal>, { kind, count, up, down }: ExchangeTotal): void {
  const key = to.has(kind) || to.size < kindsKept ? kind : 'other';
  const before = to.get(key) ?? { count: 0, up: 0, down: 0 };
  to.set(key, { kind: key, count: before.count + count, up: before.up + up, down: before.down + down });
}

function addAsked(to: Map<string, Asked>, { path, made, empty }: Asked): void {
  const before = to.get(path) ?? { made: 0, empty: 0 };
  if (to.has(path) || to.size < kindsKept)
    to.set(path, { path, made: before.made + made, empty: before.empty + empty });
}

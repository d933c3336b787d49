/**
 * What the tap costs: our client as a trial uses it, without the lab, against a bare loop: of `ws` in clear text and
 * over TLS, of `node:http2` over TLS. Both talk to the same server process; each measurement is a client process of
 * its own (`echo-client.ts` says why).
 */
import { fileURLToPath } from 'node:url';
import { readBetween, realIn } from '../src/network/between.ts';
import { startProxy } from '../src/network/proxies/proxy-process.ts';
import type { Over } from '../src/protocols/over.ts';
import { count } from '../src/report/blocks/quantities.ts';
import type { ServerProcess } from '../src/target/server-process.ts';
import type { Bench } from './bench.ts';
import type { EchoReading } from './echo-client.ts';
import { host, serveEcho } from './echo-server.ts';
import type { Variant } from './echo-variants.ts';
import { type Comparison, compare, runPairs } from './pairs.ts';
import { cores, readInChild } from './processes.ts';

const clientFile = fileURLToPath(new URL('./echo-client.ts', import.meta.url));

const microseconds = (nanoseconds: number): string => `${(nanoseconds / 1e3).toFixed(2)} µs`;

interface Race {
  readonly name: 'ws-echo' | 'wss-echo' | 'h2-echo' | 'proxied-echo';
  /** Its name in the figures. */
  readonly what: string;
  readonly server: 'ws' | 'http';
  readonly over: Over;
  readonly ours: Variant;
  readonly peer: Variant;
  /** As in `--proxy`: both clients go through the same running proxy. */
  readonly proxy?: string;
  readonly aims: { readonly p50: number; readonly perSecond: number };
  readonly method: string;
}

const comparisons = ({ what, aims }: Race): readonly Comparison<EchoReading>[] => [
  {
    figure: `${what} p50, 1 in flight`,
    read: ({ p50Ns }) => p50Ns,
    format: microseconds,
    aim: { atMost: aims.p50 },
  },
  {
    figure: `${what} messages/s, 64 in flight`,
    read: ({ perSecond }) => perSecond,
    format: count,
    aim: { atLeast: aims.perSecond },
  },
  {
    figure: `${what} CPU per message, 64 in flight`,
    read: ({ cpuNsPerMessage }) => cpuNsPerMessage,
    format: microseconds,
    aim: null,
  },
];

const setting =
  '64 bytes of text, one client, loopback, the same server process, a client process for each measurement';

const before = ({ endpoint }: ServerProcess, proxy: string) => {
  const [chosen] = realIn(readBetween(proxy));
  if (!chosen) throw new Error(`${proxy} is no real proxy`);
  return startProxy(chosen, host, endpoint);
};

const echo = (race: Race): Bench => ({
  name: race.name,
  usualPairs: 20,
  method: [`${race.what}: ${race.method}; ${setting}.`, `${race.what}: ${cores.sentence}.`],
  async run(options) {
    await using serving = await serveEcho(race.server, race.over);
    const { authority = '' } = serving;
    await using standing = race.proxy === undefined ? undefined : await before(serving, race.proxy);
    const { endpoint } = standing ?? serving;
    const measured = (variant: Variant) => () =>
      readInChild<EchoReading>(clientFile, variant, host, String(endpoint.port), authority);
    const [ours, peer] = [measured(race.ours), measured(race.peer)];
    // A first run lets the server compile its code; otherwise the first pairs would measure that.
    await peer();
    const readings = await runPairs({ name: race.name, ours, peer }, options);
    return comparisons(race).flatMap((comparison) => compare(readings, comparison, options.random));
  },
});

export const wsEcho = echo({
  name: 'ws-echo',
  what: 'ws',
  server: 'ws',
  over: 'http',
  ours: 'tapped',
  peer: 'bare',
  aims: { p50: 1.05, perSecond: 0.95 },
  method: 'ours is transports/ws.ts over a tapped socket, the peer a bare ws loop',
});

export const wssEcho = echo({
  name: 'wss-echo',
  what: 'ws over TLS',
  server: 'ws',
  over: 'https',
  ours: 'tapped-https',
  peer: 'bare-https',
  aims: { p50: 1.1, perSecond: 0.8 },
  method: 'ours is transports/ws.ts over TLS over a tapped socket, the peer a bare ws loop over TLS',
});

export const h2Echo = echo({
  name: 'h2-echo',
  what: 'http over h2',
  server: 'http',
  over: 'h2',
  ours: 'tapped-h2',
  peer: 'bare-h2',
  aims: { p50: 1.1, perSecond: 0.8 },
  method:
    'ours is transports/http.ts over HTTP/2 over TLS over a tapped socket, the peer a bare loop of node:http2',
});

export const proxiedEcho = echo({
  name: 'proxied-echo',
  what: 'ws behind haproxy',
  server: 'ws',
  over: 'http',
  proxy: 'haproxy:stock',
  ours: 'tapped',
  peer: 'bare',
  aims: { p50: 1.05, perSecond: 0.95 },
  method:
    'ours is transports/ws.ts over a tapped socket, the peer a bare ws loop, through the same running HAProxy',
});

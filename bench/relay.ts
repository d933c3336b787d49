/**
 * What `inspect` costs as a relay: the same bare client through it and through socat, which passes bytes on and reads none of
 * them; a download is held against nothing in between.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { count } from '../src/report/blocks/quantities.ts';
import type { Bench, BenchOptions, Line } from './bench.ts';
import type { EchoReading } from './echo-client.ts';
import { host, serveEcho } from './echo-server.ts';
import { type Comparison, compare, runPairs } from './pairs.ts';
import { environment, readInChild } from './processes.ts';

const echoFile = fileURLToPath(new URL('./echo-client.ts', import.meta.url));
const downloadFile = fileURLToPath(new URL('./download-client.ts', import.meta.url));
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const inFlight = 32;
const downloadBytes = 64 * 2 ** 20;

/** socat (www.dest-unreach.org/socat) is a program in C: raced against where it is installed. */
const hasSocat = spawnSync('socat', ['-V']).error === undefined;

interface Relay extends AsyncDisposable {
  readonly port: number;
}

const running = (child: ChildProcess, port: number): Relay => ({
  port,
  async [Symbol.asyncDispose]() {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  },
});

async function inspecting(port: number): Promise<Relay> {
  const words = [program, 'inspect', `http://${host}:${port}`, '--quiet'];
  const child = spawn(process.execPath, words, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const piece of child.stderr) {
    const told = /127\.0\.0\.1:(\d+)/.exec(String(piece))?.[1];
    if (told !== undefined) return running(child, Number(told));
  }
  throw new Error('inspect ended before it said where it listens');
}

async function passing(port: number): Promise<Relay> {
  const free = createServer().listen(0, host);
  await once(free, 'listening');
  const own = (free.address() as AddressInfo).port;
  free.close();
  await once(free, 'close');
  const listens = `TCP-LISTEN:${own},bind=${host},fork,reuseaddr,nodelay`;
  const child = spawn('socat', ['-d', '-d', listens, `TCP:${host}:${port},nodelay`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const piece of child.stderr) if (/listening on/.test(String(piece))) break;
  return running(child, own);
}

const microseconds = (nanoseconds: number): string => `${(nanoseconds / 1e3).toFixed(1)} µs`;

const echoes: readonly Comparison<EchoReading>[] = [
  {
    figure: `inspect, ws messages/s, ${inFlight} in flight (socat)`,
    read: ({ perSecond }) => perSecond,
    format: count,
    aim: { atLeast: 1 },
  },
  {
    figure: 'inspect, ws round trip, p50, 1 in flight (socat)',
    read: ({ p50Ns }) => p50Ns,
    format: microseconds,
    aim: { atMost: 1.2 },
  },
];

async function echoed(options: BenchOptions): Promise<Line[]> {
  await using serving = await serveEcho('ws');
  await using ours = await inspecting(serving.endpoint.port);
  await using theirs = await passing(serving.endpoint.port);
  const through =
    ({ port }: { readonly port: number }) =>
    () =>
      readInChild<EchoReading>(echoFile, 'bare', host, String(port), '', String(inFlight));
  const direct = through(serving.endpoint);
  // The server and the relay compile their own code first.
  await through(ours)();
  const relayed = await runPairs({ name: 'relay', ours: through(ours), peer: through(theirs) }, options);
  const socat = await runPairs(
    { name: 'relay, socat and direct', ours: through(theirs), peer: direct },
    options,
  );
  const [rate, trip] = echoes as [Comparison<EchoReading>, Comparison<EchoReading>];
  return [
    ...echoes.flatMap((comparison) => compare(relayed, comparison, options.random)),
    compare(socat, { ...rate, figure: 'socat, ws messages/s (direct)', aim: null }, options.random)[0],
    compare(socat, { ...trip, figure: 'socat, ws round trip, p50 (direct)', aim: null }, options.random)[0],
  ];
}

async function downloaded(options: BenchOptions): Promise<Line[]> {
  const body = Buffer.alloc(downloadBytes, 'd');
  const server = createServer((_, response) => response.end(body)).listen(0, host);
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await using ours = await inspecting(port);
    const from = (at: number) => () => readInChild<number>(downloadFile, host, String(at));
    const readings = await runPairs({ name: 'download', ours: from(ours.port), peer: from(port) }, options);
    return compare(
      readings,
      {
        figure: 'inspect, 64 MiB download, MB/s (direct)',
        read: (seconds) => downloadBytes / seconds / 1e6,
        format: count,
        aim: { atLeast: 0.9 },
      },
      options.random,
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export const relay = {
  name: 'relay',
  usualPairs: 10,
  method: [
    `relay: a bare ws client and one echo server, ${inFlight} messages of 64 bytes in flight, then one; ours goes through a running \`rtcompare inspect\`, the peer through a running socat. A download of 64 MiB goes through \`inspect\` and directly, eight times a measurement.`,
  ],
  async run(options) {
    const lines: Line[] = [];
    if (hasSocat) lines.push(...(await echoed(options)));
    else options.progress('relay: socat is not installed, and its rows are left out');
    return [...lines, ...(await downloaded(options))];
  },
} satisfies Bench;

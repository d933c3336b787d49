/**
 * What `inspect` costs as a relay: the same bare client through it, through socat, which passes bytes on without
 * parsing them, and through a relay of `node:net` that does no more, which is the least that Node can do.
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
import type { Aim } from './statistics.ts';

const echoFile = fileURLToPath(new URL('./echo-client.ts', import.meta.url));
const downloadFile = fileURLToPath(new URL('./download-client.ts', import.meta.url));
const bareFile = fileURLToPath(new URL('./bare-relay.mjs', import.meta.url));
const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const inFlight = 32;
const downloadBytes = 64 * 2 ** 20;

/** socat (www.dest-unreach.org/socat) is a program in C: compared with if it is installed. */
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

/** @param words the arguments of a Node program that prints its address on stderr. */
async function startedNode(words: readonly string[]): Promise<Relay> {
  const child = spawn(process.execPath, words, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const piece of child.stderr) {
    const told = /127\.0\.0\.1:(\d+)/.exec(String(piece))?.[1];
    if (told !== undefined) return running(child, Number(told));
  }
  throw new Error(`${words.join(' ')} ended before it said where it listens`);
}

const inspecting = (port: number) => startedNode([program, 'inspect', `http://${host}:${port}`, '--quiet']);
const bare = (port: number) => startedNode([bareFile, host, String(port)]);

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

/** What a client measures through two relays. */
interface Race<Reading> {
  readonly name: string;
  readonly ours: () => Promise<Reading>;
  readonly peer: () => Promise<Reading>;
  readonly compared: readonly Comparison<Reading>[];
}

async function raced<Reading>(race: Race<Reading>, options: BenchOptions): Promise<Line[]> {
  const readings = await runPairs(race, options);
  return race.compared.flatMap((comparison) => {
    const [line, same] = compare(readings, comparison, options.random);
    // The A/A line is shown only beside a figure with an aim.
    return comparison.aim ? [line, same] : [line];
  });
}

/** @param aims null if there are none. */
const echoComparisons = (
  who: string,
  against: string,
  aims: { readonly rate: Aim; readonly trip: Aim } | null = null,
): readonly Comparison<EchoReading>[] => [
  {
    figure: `${who}, ws messages/s, ${inFlight} in flight (${against})`,
    read: ({ perSecond }) => perSecond,
    format: count,
    aim: aims?.rate ?? null,
  },
  {
    figure: `${who}, ws round trip, p50, 1 in flight (${against})`,
    read: ({ p50Ns }) => p50Ns,
    format: microseconds,
    aim: aims?.trip ?? null,
  },
];

async function echoed(options: BenchOptions): Promise<Line[]> {
  await using serving = await serveEcho('ws');
  const { port } = serving.endpoint;
  await using ours = await inspecting(port);
  await using least = await bare(port);
  await using theirs = hasSocat ? await passing(port) : undefined;
  const through = (at: number) => () =>
    readInChild<EchoReading>(echoFile, 'bare', host, String(at), '', String(inFlight));
  // First runs let the server and the relays compile their code.
  for (const at of [ours.port, least.port]) await through(at)();
  const races: Race<EchoReading>[] = [
    ...(theirs
      ? [
          {
            name: 'inspect, socat',
            ours: through(ours.port),
            peer: through(theirs.port),
            compared: echoComparisons('inspect', 'socat', { rate: { atLeast: 1 }, trip: { atMost: 1.2 } }),
          },
          {
            name: 'bare relay, socat',
            ours: through(least.port),
            peer: through(theirs.port),
            compared: echoComparisons('a bare relay of Node', 'socat'),
          },
        ]
      : []),
    {
      name: 'inspect, direct',
      ours: through(ours.port),
      peer: through(port),
      compared: echoComparisons('inspect', 'direct'),
    },
  ];
  const lines: Line[] = [];
  for (const race of races) lines.push(...(await raced(race, options)));
  return lines;
}

async function downloaded(options: BenchOptions): Promise<Line[]> {
  const body = Buffer.alloc(downloadBytes, 'd');
  const server = createServer((_, response) => response.end(body)).listen(0, host);
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await using ours = await inspecting(port);
    await using least = await bare(port);
    await using theirs = hasSocat ? await passing(port) : undefined;
    const from = (at: number) => () => readInChild<number>(downloadFile, host, String(at));
    const race = (who: string, at: number, against: string, peerAt: number, aim: Aim | null) =>
      raced<number>(
        {
          name: `download, ${who}, ${against}`,
          ours: from(at),
          peer: from(peerAt),
          compared: [
            {
              figure: `${who}, 64 MiB download, MB/s (${against})`,
              read: (seconds) => downloadBytes / seconds / 1e6,
              format: count,
              aim,
            },
          ],
        },
        options,
      );
    return [
      ...(await race('inspect', ours.port, 'direct', port, { atLeast: 0.9 })),
      ...(await race('inspect', ours.port, 'a bare relay of Node', least.port, null)),
      ...(theirs ? await race('socat', theirs.port, 'direct', port, null) : []),
    ];
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export const relay = {
  name: 'relay',
  usualPairs: 10,
  method: [
    `relay: a bare ws client and one echo server, ${inFlight} messages of 64 bytes in flight, then one, through a running \`rtcompare inspect\`, a running socat, and a relay of node:net that pipes; a download of 64 MiB, nine times a measurement. The relays are not pinned to a core.`,
  ],
  async run(options) {
    if (!hasSocat) options.progress('relay: socat is not installed, and its rows are left out');
    return [...(await echoed(options)), ...(await downloaded(options))];
  },
} satisfies Bench;

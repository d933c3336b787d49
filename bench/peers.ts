/**
 * Other load tools on the same work, and their reports against the truth: the latency of a server that stands still
 * for a second, bytes against those of the sockets, and an event stream that does not end.
 */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from 'simple-statistics';
import { paths } from '../src/protocols/contract.ts';
import { count } from '../src/report/blocks/quantities.ts';
import type { Bench, BenchOptions, Line } from './bench.ts';
import { host, serveEcho } from './echo-server.ts';
import { type LoadTool, loadTools, type Told } from './load-tools.ts';
import { readInChild } from './processes.ts';

const stalledClient = fileURLToPath(new URL('./stalled-client.ts', import.meta.url));
const seconds = 6;
const connections = 10;
/** Requests per second of all clients together. */
const rate = 100;
const body = 'm'.repeat(64);
const stall = { afterMs: 3000, forMs: 1000 };
/**
 * Requests are due evenly, and the first one due in the stall waits longest. One in ten of all waits longer than
 * this.
 */
const trueP90Ms = Math.round(stall.forMs - 0.1 * seconds * 1000);

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const ours = (port: number, clients: number, perClient: number, messages: number): Promise<Told> =>
  readInChild<Told>(stalledClient, ...[port, clients, perClient, messages].map(String));

interface Asker {
  readonly name: string;
  ask(port: number): Promise<Told>;
}

const askersAt = (tools: readonly LoadTool[]): Asker[] => [
  {
    name: 'rtcompare',
    ask: (port) => ours(port, connections, rate / connections, (seconds * rate) / connections),
  },
  ...tools.map((tool) => ({
    name: `${tool.name} ${tool.version()}`.trim(),
    ask: (port: number) =>
      tool.run({ url: `http://${host}:${port}${paths.echo}`, body, connections, rate, seconds }),
  })),
];

const lineOf = (figure: string, told: string, was: string, ratio: number | null): Line => ({
  figure,
  ours: told,
  peer: was,
  aim: '',
  verdict: '',
  ratio: ratio === null ? '' : ratio.toFixed(3),
});

/** Stops the server's process for a second: the kernel goes on accepting connections and bytes, but no answer comes. */
async function stalled({ ask, name }: Asker, { pairs, progress }: BenchOptions): Promise<Line> {
  const p90s: number[] = [];
  for (let round = 0; round < pairs; round++) {
    progress(`stall: ${name}, ${round + 1} of ${pairs}`);
    await using serving = await serveEcho('http');
    const asking = ask(serving.endpoint.port);
    await passed(stall.afterMs);
    process.kill(serving.pid, 'SIGSTOP');
    await passed(stall.forMs);
    process.kill(serving.pid, 'SIGCONT');
    p90s.push((await asking).p90Ms ?? Number.NaN);
  }
  const told = median(p90s);
  return lineOf(`a stall of 1 s, p90: ${name}`, `${told.toFixed(1)} ms`, `${trueP90Ms} ms`, told / trueP90Ms);
}

/** A relay that counts the bytes from the server. */
async function countingRelay(target: number) {
  let down = 0;
  const relay = createServer((client) => {
    const upstream = connect(target, host);
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      down += bytes.length;
    });
    upstream.pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => upstream.destroy());
  }).listen(0, host);
  await once(relay, 'listening');
  return { port: portOf(relay), down: () => down, close: () => relay.close() };
}

async function weighed({ ask, name }: Asker, { progress }: BenchOptions): Promise<Line> {
  progress(`bytes: ${name}`);
  await using serving = await serveEcho('http');
  const relay = await countingRelay(serving.endpoint.port);
  const { downBytes } = await ask(relay.port);
  relay.close();
  const was = relay.down();
  return downBytes === null
    ? lineOf(`bytes down: ${name}`, 'not told', count(was), null)
    : lineOf(`bytes down: ${name}`, count(downBytes), count(was), downBytes / was);
}

const eventEveryMs = 100;
const listenSeconds = 3;

/** What each tool reports about an event stream that goes on while a client listens. */
async function endlessly(tools: readonly LoadTool[], { progress }: BenchOptions): Promise<Line[]> {
  let events = 0;
  const server = createHttpServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => {
      response.write('data: hello\n\n');
      events++;
    }, eventEveryMs);
    response.on('close', () => clearInterval(timer));
  }).listen(0, host);
  await once(server, 'listening');
  const url = `http://${host}:${portOf(server)}/events`;
  const lines: Line[] = [];
  for (const tool of tools) {
    progress(`an event stream that does not end: ${tool.name}`);
    events = 0;
    const asked = { url, body: '', connections, rate: null, seconds: listenSeconds };
    const told = await tool.run(asked).then(
      ({ requests }) => `${requests} requests`,
      () => 'ended from outside',
    );
    server.closeAllConnections();
    lines.push(lineOf(`an endless event stream: ${tool.name}`, told, `${count(events)} events`, null));
  }
  server.close();
  return lines;
}

export const peers = {
  name: 'peers',
  usualPairs: 3,
  method: [
    `peers: "ours" is what the tool tells, "peer" what was. Stall: ${connections} connections, ${rate} requests/s for ${seconds} s (wrk knows no rate and asks as fast as it is answered), the server's process stopped for 1 s after 3 s; requests are due evenly, so one in ten waits ${trueP90Ms} ms or longer. Bytes: the same without a stall, through a relay that counts. Event stream: an event each ${eventEveryMs} ms on each of ${connections} connections for ${listenSeconds} s.`,
  ],
  async run(options) {
    const installed = loadTools.filter((tool) => tool.version() !== null);
    for (const { name } of loadTools.filter((tool) => !installed.includes(tool)))
      options.progress(`peers: ${name} is not installed, and left out`);
    const lines: Line[] = [];
    for (const asker of askersAt(installed)) lines.push(await stalled(asker, options));
    for (const asker of askersAt(installed)) lines.push(await weighed(asker, options));
    return [...lines, ...(await endlessly(installed, options))];
  },
} satisfies Bench;

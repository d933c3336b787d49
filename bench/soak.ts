/**
 * `npm run soak [MINUTES]`: ten minutes, 200 clients of each transport in turn. At the end the books must balance to
 * the byte, nothing may be lost, the heaps of both processes must be flat, and no handle may be left in this one.
 */
import { linearRegression } from 'simple-statistics';
import { weighMemory } from '../src/base/resources.ts';
import type { ServerProcess } from '../src/target/server-process.ts';
import { transports } from '../src/transports/index.ts';
import { usualPlan } from '../src/trial/knobs.ts';
import { measure } from '../src/trial/measure.ts';
import { echo } from '../src/trial/scenarios/echo.ts';
import { startServer } from '../src/trial/server-of.ts';
import './built.ts';

const minutes = Number(process.argv[2] ?? 10);
const clients = 200;
const rate = 2;
const sampleEveryMs = 2000;
/** The first part warms up: code is compiled, pools are filled. */
const warmUp = 0.4;
/** Allowed growth of a heap over the whole soak of one transport; a leak would exceed it. */
const mostGrowthBytes = 4 * 1024 * 1024;

const chosen = transports.filter(({ traits }) => traits.inAll);
const seconds = (minutes * 60) / chosen.length;
const handles = () =>
  process.getActiveResourcesInfo().filter((name) => !/TTY|Pipe|Timeout/.test(name)).length;
const before = handles();

/** Heaps of both processes, each after a collection, while the trial runs. */
function sampled(server: ServerProcess) {
  const samples: { atS: number; here: number; there: number }[] = [];
  const began = performance.now();
  const timer = setInterval(async () => {
    const there = await server.memory().catch(() => null);
    if (!there) return;
    const atS = (performance.now() - began) / 1000;
    weighMemory();
    // The heap alone, without the tape's buffers, which keep every byte until it is read and have a limit of their own.
    samples.push({ atS, here: process.memoryUsage().heapUsed, there: there.heapBytes });
  }, sampleEveryMs);
  return { samples, stop: () => clearInterval(timer) };
}

/** Bytes by which a heap would grow over the time of one transport, by the slope after warming up. */
function growth(samples: readonly { atS: number }[], read: (index: number) => number): number {
  const from = Math.floor(samples.length * warmUp);
  const points = samples.slice(from).map(({ atS }, index) => [atS, read(from + index)]);
  return linearRegression(points).m * seconds;
}

const mb = (bytes: number) => `${bytes < 0 ? '−' : '+'}${(Math.abs(bytes) / 1e6).toFixed(2)} MB`;

for (const transport of chosen) {
  const load = { clients, messages: Math.round(seconds * rate), rate, pollIntervalMs: 500 };
  const plan = usualPlan({ transport, scenario: echo, load });
  const server = await startServer(plan);
  const { samples, stop } = sampled(server);
  const { wire, delivery, verdict, notes } = await measure(plan, server).finally(stop);
  const here = growth(samples, (index) => samples[index]?.here ?? 0);
  const there = growth(samples, (index) => samples[index]?.there ?? 0);
  const layers = wire.layers.reduce((sum, { bytes }) => sum + bytes, 0);
  const balanced = wire.up + wire.down === wire.socketBytes && layers === wire.socketBytes;
  const lost = delivery.sent - delivery.delivered;
  const flat = here < mostGrowthBytes && there < mostGrowthBytes;
  process.stdout.write(
    `${transport.name}: ${delivery.delivered} of ${delivery.sent} messages, ${wire.socketBytes} B ` +
      `${balanced ? 'balanced' : 'NOT BALANCED'}, heap client ${mb(here)}, server ${mb(there)} in ${Math.round(seconds)} s, ${verdict}\n`,
  );
  if (!balanced || lost > 0 || !flat || verdict === 'invalid') {
    process.exitCode = 1;
    process.stdout.write(`  ${JSON.stringify(notes)}\n`);
  }
}

await new Promise((resolve) => setTimeout(resolve, 500));
const left = handles() - before;
process.stdout.write(`${left} handles left\n`);
if (left > 0) process.exitCode = 1;

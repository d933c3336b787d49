/**
 * `npm run bench:load [-- CLIENTS]`: what one client of each transport costs its load generator in memory and CPU, in
 * this process, against a server in another. docs/scale.md multiplies these figures.
 */

import { realClock, sleepUntil } from '../src/base/clock.ts';
import { weighMemory } from '../src/base/resources.ts';
import { firstDueTimes, randomStream } from '../src/base/schedule.ts';
import { encodeMessage } from '../src/protocols/contract.ts';
import { type WeighedClient, weighedClient } from '../src/run/weighed-client.ts';
import { serve } from '../src/target/server-process.ts';
import { transportByName } from '../src/transports/index.ts';
import { usualPlan } from '../src/trial/knobs.ts';
import { scenarioByName } from '../src/trial/scenarios/index.ts';
import { serverOptions } from '../src/trial/server-of.ts';

const clientCount = Number(process.argv[2] ?? 500);
const messages = 10;
const names = ['polling', 'long-polling', 'sse', 'ws', 'socket.io', 'socket.io:websocket'];

async function cost(name: string) {
  const transport = transportByName(name);
  const scenario = scenarioByName('echo');
  if (!transport || !scenario) throw new Error(name);
  const load = { clients: clientCount, pollIntervalMs: 10_000 };
  await using server = await serve(
    transport.server,
    'echo',
    serverOptions(usualPlan({ transport, scenario, load })),
  );
  let heard = 0;
  const onMessage = () => void heard++;
  const join = async () => {
    const client = weighedClient({
      transport,
      ...server.endpoint,
      onMessage,
      pollIntervalMs: 10_000,
      timeoutMs: 60_000,
    });
    await client.connect();
    return client;
  };
  const first = await join();
  const before = weighMemory().heapBytes;
  const [connecting, clients] = await spent(() => inBatches(join));
  const heap = weighMemory().heapBytes - before;
  const [saying] = await spent(async () => {
    await Promise.all(clients.map((client, index) => say(client, index)));
    while (heard < clientCount * messages) await sleepUntil(realClock, realClock.now() + 20e6);
  });
  const [closing] = await spent(() => Promise.all([first, ...clients].map((client) => client.close())));
  const us = (cpu: number, of: number) => `${Math.round(cpu / of)} µs`;
  return `${name.padEnd(20)} ${(heap / clientCount / 1000).toFixed(1)} kB, connect ${us(connecting, clientCount)}, message ${us(saying, clientCount * messages)}, close and weigh ${us(closing, clientCount)}`;
}

/** CPU in µs, system time included. */
async function spent<Value>(work: () => Promise<Value>): Promise<[number, Value]> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return [user + system, value];
}

async function inBatches(join: () => Promise<WeighedClient>): Promise<WeighedClient[]> {
  const clients: WeighedClient[] = [];
  while (clients.length < clientCount)
    clients.push(...(await Promise.all(Array.from({ length: 50 }, () => join()))));
  return clients;
}

/** Sends the messages of ten seconds, at one a second, within two seconds. */
async function say(client: WeighedClient, index: number) {
  const start = realClock.now();
  const due = firstDueTimes(
    { rate: messages / 2, arrivals: 'jittered' },
    randomStream(1, `${index}`),
    messages,
  );
  for (const [sequence, ns] of due.entries()) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, (start + ns - realClock.now()) / 1e6)));
    await client.send(encodeMessage({ client: index + 1, sequence }, 64, false));
  }
}

for (const name of names) console.log(await cost(name));

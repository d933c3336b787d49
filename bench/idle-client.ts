/**
 * A process that opens more and more connections, sends nothing, and prints as JSON how much memory each takes:
 * `idle-client.ts VARIANT HOST PORT`. One process for each variant, because the next would inherit what the heap
 * still has.
 */
import { once } from 'node:events';
import { linearRegression } from 'simple-statistics';
import { WebSocket } from 'ws';
import { weighMemory } from '../src/base/resources.ts';
import { paths } from '../src/protocols/contract.ts';
import { openSocketIo } from './bare-socket-io.ts';
import type { Address } from './echo-variants.ts';
import { ourTrial } from './our-trial.ts';

export interface IdleReading {
  /**
   * Heap and external memory after garbage collection: the slope by connection, so without the process's own memory.
   */
  readonly bytesPerConnection: number;
}

type Idle = (address: Address) => Promise<number>;

const steps = [500, 1000, 1500, 2000];
const clients = 2000;
/** Connections opened at once, as in a trial: more would overflow the server's backlog. */
const atOnce = 100;

/** A trial measures its memory at each quarter of its clients; the slope is in its report. */
const trial =
  (transport: 'ws' | 'socket.io'): Idle =>
  async (address) => {
    const asked = { transport, scenario: 'idle', clients, durationMs: 1, messageBytes: 64 } as const;
    return (await ourTrial(asked, address)).memory?.clientBytes ?? 0;
  };

/** Opens a connection, sends nothing, and returns the function that closes it. */
type Open = (address: Address) => Promise<() => Promise<unknown>>;

const bareWs: Open = async ({ host, port }) => {
  const socket = new WebSocket(`ws://${host}:${port}${paths.socket}`, { perMessageDeflate: false });
  await once(socket, 'open');
  return () => {
    socket.close(1000);
    return once(socket, 'close');
  };
};

const bareSocketIo: Open = async (address) => {
  const socket = await openSocketIo(address);
  return async () => void socket.disconnect();
};

const bare =
  (open: Open): Idle =>
  async (address) => {
    const closers: (() => Promise<unknown>)[] = [];
    const points: [number, number][] = [];
    for (const step of steps) {
      while (closers.length < step)
        closers.push(...(await Promise.all(Array.from({ length: atOnce }, () => open(address)))));
      points.push([step, weighMemory().heapBytes]);
    }
    await Promise.all(closers.map((close) => close()));
    return linearRegression(points).m;
  };

const variants = {
  ws: trial('ws'),
  'bare-ws': bare(bareWs),
  'socket.io': trial('socket.io'),
  'bare-socket.io': bare(bareSocketIo),
} satisfies Record<string, Idle>;
export type Variant = keyof typeof variants;

const [variant, host, port] = process.argv.slice(2) as [Variant, string, string];
const reading: IdleReading = {
  bytesPerConnection: await variants[variant]({ host, port: Number(port), authority: '' }),
};
process.stdout.write(JSON.stringify(reading));

/**
 * A process that opens more and more connections, says nothing, and prints as JSON what each keeps in its memory:
 * `idle-client.ts VARIANT HOST PORT`. A heap can be weighed only once: what one variant leaves, the next inherits.
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
  /** Heap and external memory after garbage collection, by connection: a slope, without what the process has anyway. */
  readonly bytesPerConnection: number;
}

type Idle = (address: Address) => Promise<number>;

const steps = [500, 1000, 1500, 2000];
const clients = 2000;
/** As a trial dials: more would overflow the server's backlog. */
const atOnce = 100;

/** A trial weighs its memory at each quarter of its clients; the slope stands in its report. */
const trial =
  (transport: 'ws' | 'socket.io'): Idle =>
  async (address) => {
    const asked = { transport, scenario: 'idle', clients, durationMs: 1, messageBytes: 64 } as const;
    return (await ourTrial(asked, address)).memory?.clientBytes ?? 0;
  };

/** Opens one, says nothing, and gives what closes it. */
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

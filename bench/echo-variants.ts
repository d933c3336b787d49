/**
 * The clients that are compared on an echo server, all behind the same two functions. `tapped` is what a trial
 * uses: our transport over a dialer whose sockets write every chunk to a tape. `bare` is the least a program
 * can do with the `ws` package. A further peer is a further entry.
 */
import { WebSocket } from 'ws';
import { built } from './built.ts';

export interface Line {
  send(text: string): void;
  /** The warm-up is over. */
  steady(): void;
  close(): Promise<void>;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

type Open = (address: Address, onAnswer: () => void) => Promise<Line>;

const tapped: Open = async (address, onAnswer) => {
  const { realClock: clock } = await built<typeof import('../src/base/clock.ts')>('base/clock');
  const { createTape } = await built<typeof import('../src/tap/tape.ts')>('tap/tape');
  const { createDialer } = await built<typeof import('../src/tap/dialer.ts')>('tap/dialer');
  const { loadLibraries } = await built<typeof import('../src/base/libraries.ts')>('base/libraries');
  const { ws } = await built<typeof import('../src/transports/ws.ts')>('transports/ws');
  const tape = createTape(() => {});
  let connections = 0;
  const dialer = createDialer({ ...address, clock, tape, nextConnection: () => connections++ });
  const connection = await ws.connect({
    ...address,
    library: await loadLibraries(ws.libraries),
    client: '0001',
    dialer,
    clock,
    random: Math.random,
    onMessage: onAnswer,
    onError: fail,
    onStage: () => {},
    pollIntervalMs: 1000,
    holdMs: 25_000,
    keepAlive: true,
    headers: {},
    compression: false,
    messageBytes: 64,
    binary: false,
  });
  dialer.phase = 'warmup';
  return {
    send: (text) => void connection.send(text)?.catch(fail),
    steady: () => {
      dialer.phase = 'steady';
    },
    async close() {
      await connection.close();
      // A trial reads its tape when the clock has stopped; early reading would be measured, and must not happen.
      if (tape.drainedEarly > 0) fail('the tape was drained early');
      tape.drain();
    },
  };
};

const bare: Open = async ({ host, port }, onAnswer) => {
  const socket = new WebSocket(`ws://${host}:${port}/ws`, { perMessageDeflate: false });
  socket.on('message', onAnswer);
  await new Promise<void>((resolve) => socket.once('open', resolve));
  return {
    send: (text) => socket.send(text),
    steady: () => {},
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.close(1000);
      }),
  };
};

function fail(reason: unknown): never {
  throw new Error(String(reason));
}

export const variants = { tapped, bare } satisfies Record<string, Open>;
export type Variant = keyof typeof variants;

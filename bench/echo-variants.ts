/**
 * The clients that are compared on an echo server, all behind the same two functions. `tapped…` is what a trial
 * uses: our transport over a dialer whose sockets write every chunk to a tape. `bare…` is the least a program
 * can do with `ws`, with or without TLS, or with `node:http2`. A further peer is a further entry.
 */
import { once } from 'node:events';
import { connect } from 'node:http2';
import { WebSocket } from 'ws';
import { paths } from '../src/protocols/contract.ts';
import type { Over } from '../src/protocols/over.ts';
import type { KeyLog } from '../src/protocols/tls/key-log.ts';
import type { Chunk } from '../src/tap/tape.ts';
import { built } from './built.ts';

export interface Line {
  send(text: string): void;
  /** To be called when the warm-up is over. */
  steady(): void;
  close(): Promise<void>;
}

export interface Address {
  readonly host: string;
  readonly port: number;
  /** PEM of the certificate that vouches for the server; empty without TLS. */
  readonly authority: string;
}

export type Open = (address: Address, onAnswer: () => void) => Promise<Line>;

/** @param heard takes the tape's chunks when the line is closed, and the TLS secrets for them. */
export const tapped =
  (
    name: 'ws' | 'http',
    over: Over,
    heard: { onChunk(chunk: Chunk): void; keyLog?: KeyLog } = { onChunk() {} },
  ): Open =>
  async (address, onAnswer) => {
    const { realClock: clock } = await built<typeof import('../src/base/clock.ts')>('base/clock');
    const { createTape } = await built<typeof import('../src/tap/tape.ts')>('tap/tape');
    const { createDialer } = await built<typeof import('../src/tap/dialer.ts')>('tap/dialer');
    const { createKeyLog } =
      await built<typeof import('../src/protocols/tls/key-log.ts')>('protocols/tls/key-log');
    const { loadLibraries } = await built<typeof import('../src/base/libraries.ts')>('base/libraries');
    const { transports } = await built<typeof import('../src/transports/index.ts')>('transports/index');
    const transport = transports.find((one) => one.name === name);
    if (!transport) throw new Error(`there is no ${name}`);
    const { authority, ...endpoint } = address;
    const tape = createTape(heard.onChunk);
    let connections = 0;
    const tls = authority === '' ? undefined : { authority, keyLog: heard.keyLog ?? createKeyLog() };
    const dialer = createDialer({ ...endpoint, clock, tape, nextConnection: () => connections++, tls });
    const connection = await transport.connect({
      ...endpoint,
      over,
      library: await loadLibraries(transport.libraries),
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
        // A trial reads its tape after the clock has stopped; earlier reading would be part of the measured time.
        if (tape.drainedEarly() > 0) fail('the tape was drained early');
        tape.drain();
      },
    };
  };

const bareWs =
  (scheme: 'ws' | 'wss'): Open =>
  async ({ host, port, authority }, onAnswer) => {
    const socket = new WebSocket(`${scheme}://${host}:${port}${paths.socket}`, {
      perMessageDeflate: false,
      ...(authority !== '' && { ca: authority }),
    });
    socket.on('message', onAnswer);
    await once(socket, 'open');
    return {
      send: (text) => socket.send(text),
      steady: () => {},
      close: async () => {
        socket.close(1000);
        await once(socket, 'close');
      },
    };
  };

/** A POST for each message, on one session. */
const bareHttp2: Open = async ({ host, port, authority }, onAnswer) => {
  const session = connect(`https://${host}:${port}`, { ca: authority });
  await once(session, 'connect');
  const head = { ':method': 'POST', ':path': paths.echo, 'content-type': 'text/plain' };
  return {
    send(text) {
      const stream = session.request(head);
      stream.on('data', () => {}).once('end', onAnswer);
      stream.end(text);
    },
    steady: () => {},
    close: async () => {
      session.close();
      await once(session, 'close');
    },
  };
};

function fail(reason: unknown): never {
  throw new Error(String(reason));
}

export const variants = {
  tapped: tapped('ws', 'http'),
  bare: bareWs('ws'),
  'tapped-https': tapped('ws', 'https'),
  'bare-https': bareWs('wss'),
  'tapped-h2': tapped('http', 'h2'),
  'bare-h2': bareHttp2,
} satisfies Record<string, Open>;
export type Variant = keyof typeof variants;

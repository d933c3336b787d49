/**
 * Servers that hang, close at the wrong moment or fall silent, as a client sees them: what was promised is not lost.
 */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { Agent, request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { loadLibraries } from '../../src/base/libraries.ts';
import { createLedger } from '../../src/ledger/ledger.ts';
import { encodeMailbox, type Payload } from '../../src/protocols/contract.ts';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { createDialer } from '../../src/tap/dialer.ts';
import { createTape } from '../../src/tap/tape.ts';
import { transports } from '../../src/transports/index.ts';
import { longPolling } from '../../src/transports/long-polling.ts';
import { polling } from '../../src/transports/polling.ts';
import { socketIo } from '../../src/transports/socket-io.ts';
import { sse } from '../../src/transports/sse.ts';
import type { Transport } from '../../src/transports/transport.ts';
import { balance } from '../../src/trial/balance.ts';
import { partyOf } from '../../src/trial/clients.ts';
import { listening } from '../support/inspected.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A server that answers the n-th request as told. */
async function serve(answer: (request: number, response: ServerResponse) => void): Promise<number> {
  let requests = 0;
  const server: Server = createServer((_request, response) => answer(requests++, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
  return (server.address() as { port: number }).port;
}

async function connectTo(
  transport: Transport,
  port: number,
  overrides: { holdMs?: number; prefix?: string } = {},
) {
  const received: Payload[] = [];
  const errors: string[] = [];
  let connections = 0;
  const tape = createTape(() => {});
  const dialer = createDialer({
    host: '127.0.0.1',
    port,
    clock: realClock,
    tape,
    nextConnection: () => connections++,
  });
  const connection = await transport.connect({
    library: await loadLibraries(transport.libraries),
    host: '127.0.0.1',
    port,
    client: '1',
    dialer,
    clock: realClock,
    random: () => 0.5,
    onMessage: (data) => received.push(data),
    onError: (kind) => errors.push(kind),
    onStage: () => {},
    headers: {},
    pollIntervalMs: 50,
    holdMs: 25_000,
    keepAlive: true,
    compression: false,
    messageBytes: 5,
    binary: false,
    ...overrides,
  });
  open.push(connection);
  return { connection, received, errors, dialer };
}

const nothing = (response: ServerResponse) => response.writeHead(204, { 'x-cursor': 0 }).end();
const hello = encodeMailbox(['hello']);
const news = (response: ServerResponse) =>
  response
    .writeHead(200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': hello.length,
      'x-cursor': 1,
    })
    .end(hello);

test('an event stream may be silent for an hour, though the HTTP client below would end it after five minutes', async () => {
  const timers = createRequire(import.meta.url)('undici/lib/util/timers.js') as { tick(ms: number): void };
  const silent = (_request: number, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  };
  const port = await serve(silent);
  // By default undici gives up on a silent body. A separate agent, because the global one may be that of Node's own
  // fetch, which has other timers.
  const dispatcher = new Agent();
  const { body } = await request(`http://127.0.0.1:${port}/`, { dispatcher });
  const ended = once(body.resume(), 'error');
  const { errors } = await connectTo(sse, port);
  // undici's timers begin with the first tick after they were set.
  timers.tick(1);
  timers.tick(3_600_000);
  const [error] = await ended;
  expect(error).toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' });
  expect(errors).toEqual([]);
  await dispatcher.close();
});

test('Socket.IO that could not connect is given up, and does not go on dialling', async () => {
  let dials = 0;
  const port = await serve((_request, response) => {
    dials++;
    response.writeHead(400).end();
  });
  await expect(connectTo(socketIo, port)).rejects.toThrow();
  // Left alone, its client tries again after half a second to a second and a half.
  await new Promise((resolve) => setTimeout(resolve, 1600));
  expect(dials).toBe(1);
});

test('a long poll that is never answered is given up after hold and grace, and asked again', async () => {
  const port = await serve((request, response) => void (request === 0 && nothing(response)));
  // The deadline is the server's hold plus ten seconds: a negative hold makes it short.
  const { errors } = await connectTo(longPolling, port, { holdMs: -9700 });
  await expect.poll(() => errors.length).toBeGreaterThanOrEqual(3);
  expect(new Set(errors)).toEqual(new Set(['poll-failed']));
}, 30_000);

test('a poll that meets a closing connection is asked once more, counted, and loses nothing', async () => {
  const port = await serve((request, response) => {
    // The race: the server closes its side of an idle connection just as the client uses it again.
    if (request === 1) response.socket!.destroy();
    else if (request === 2) news(response);
    else nothing(response);
  });
  const { received, errors } = await connectTo(polling, port);
  await expect.poll(() => received).toEqual(['hello']);
  expect(errors).toEqual(['retried']);
});

test('an event stream that ends is come back to, and one that is silent is left alone', async () => {
  let streams = 0;
  const port = await serve((_request, response) => {
    streams++;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 20\n\ndata: hello\n\n');
    if (streams < 3) response.end();
  });
  const { received, errors } = await connectTo(sse, port);
  await expect.poll(() => received).toEqual(['hello', 'hello', 'hello']);
  expect(errors).toEqual(['stream-ended', 'stream-ended']);
  // Longer than the time after which it reconnected before.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(streams).toBe(3);
});

test('books that do not balance name the connection and the difference', async () => {
  const port = await serve((_request, response) => nothing(response));
  const { dialer } = await connectTo(polling, port);
  const ledger = createLedger(httpConversation);
  // A dissector that was never given a byte of it: everything is missing.
  const { signal } = new AbortController();
  using party = partyOf([{ dialer, connection: null }], { timeoutMs: 0 }, realClock, signal);
  const books = balance(party, ledger);
  const { bytesWritten, bytesRead } = dialer.dialled[0]!.socket;
  expect(bytesWritten).toBeGreaterThan(0);
  expect(books.difference).toBe(
    `connection 0: ${-bytesWritten} B up, ${-bytesRead} B down more than its socket counted`,
  );
});

test('where nobody listens, connecting fails at once and says so', async () => {
  const port = await serve(() => {});
  for (const one of open.splice(0)) await one.close();
  await expect(connectTo(polling, port)).rejects.toThrow(/ECONNREFUSED/);
});

test('a poll whose answer was torn is asked for again, and nothing of it is acknowledged', async () => {
  const cursors: (string | null)[] = [];
  const body = encodeMailbox(['hello', 'again']);
  const port = await serve((request, response) => {
    cursors.push(new URL(response.req.url ?? '/', 'http://poll').searchParams.get('cursor'));
    if (request === 0) return void nothing(response);
    if (cursors.at(-1) === '2') return void response.writeHead(204, { 'x-cursor': 2 }).end();
    // As when a proxy passes on what it had when its server died: complete by its framing, but one message short.
    const torn = request === 1 ? body.subarray(0, body.length - 3) : body;
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'x-cursor': 2 }).end(torn);
  });
  const { received, errors } = await connectTo(polling, port);
  await expect.poll(() => cursors.length).toBeGreaterThan(3);
  expect(cursors.slice(0, 4)).toEqual([null, '0', '0', '2']);
  expect(received).toEqual(['hello', 'again']);
  expect(errors).toEqual(['poll-failed']);
});

test.each(transports.filter(({ name }) => name !== 'tcp'))(
  '$name asks for nothing outside the path below which its server is mounted',
  async (transport) => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(404).end();
    }).on('upgrade', ({ url = '' }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    });
    open.push({ close: () => server.close().closeAllConnections() });
    const port = await listening(server);
    // What it asks for is refused, so that connecting fails wherever it asks for anything at once.
    const connected = await connectTo(transport, port, { prefix: '/app' }).catch(() => null);
    await connected?.connection.send('hello')?.catch(() => {});
    expect(asked).not.toEqual([]);
    expect(asked.filter((url) => !url.startsWith('/app/'))).toEqual([]);
  },
);

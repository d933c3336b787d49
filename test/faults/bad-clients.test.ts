/**
 * Clients that break the rules, each shown for real: malformed frames and requests, messages that are too long, clients
 * that vanish, clients that never read. One bad client ends its own connection, and nothing else.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { maxMessageBytes, type Payload } from '../../src/protocols/contract.ts';
import { serverOf } from '../../src/servers/index.ts';
import type { Peer, RunningServer } from '../../src/servers/server.ts';
import { serverNames, transports } from '../../src/transports/index.ts';
import { serverOptions } from '../../src/trial/server-of.ts';
import { trialPlan } from '../support/plans.ts';
import { talk } from '../support/talk.ts';

const running: RunningServer[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** An echo server, its connected clients (`peers`), and each joining and leaving (`seen`). */
async function serve(name: string, overrides: Partial<ReturnType<typeof serverOptions>> = {}) {
  const peers = new Set<Peer>();
  const seen: ('joined' | 'left')[] = [];
  const behaviour = {
    joined(peer: Peer) {
      seen.push('joined');
      peers.add(peer);
    },
    message: (from: Peer, data: Payload) => from.send(data),
    left(peer: Peer) {
      seen.push('left');
      peers.delete(peer);
    },
  };
  const options = { ...serverOptions(trialPlan(name)), ...overrides };
  const server = await (await serverOf(name)).start(behaviour, options);
  running.push(server);
  return {
    port: server.port,
    peers,
    seen,
    close: () => server.close(),
    overloaded: () => server.overloaded?.(),
  };
}

async function dial(port: number, first: string | Buffer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(first);
  return socket;
}

/** All that the server says until it closes. */
async function answerOf(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks);
}

const upgrade =
  'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const mask = [0, 0, 0, 0];

describe('ws closes on a malformed frame with the code RFC 6455 names, and serves the next client', () => {
  test.each([
    ['a frame without a mask (§5.1)', [0x81, 0x01, 0x61], 1002],
    ['a reserved bit without an extension (§5.2)', [0xc1, 0x81, ...mask, 0x61], 1002],
    ['a reserved opcode (§5.2)', [0x83, 0x80, ...mask], 1002],
    ['a ping in two fragments (§5.5)', [0x09, 0x80, ...mask], 1002],
    ['a ping of 126 bytes (§5.5)', [0x89, 0xfe, 0, 126, ...mask], 1002],
    ['a continuation of nothing (§5.4)', [0x80, 0x80, ...mask], 1002],
    ['a close with half a code (§5.5.1)', [0x88, 0x81, ...mask, 0x03], 1002],
    ['text that is no UTF-8 (§8.1)', [0x81, 0x81, ...mask, 0xff], 1007],
    ['a length beyond the limit (§10.4)', [0x82, 0xff, 0, 0, 0, 0, 0, 0x40, 0, 1, ...mask], 1009],
  ])('%s: %j → %i', async (_, frame, code) => {
    const { port, peers } = await serve('ws');
    const socket = await dial(port, Buffer.concat([Buffer.from(upgrade), Buffer.from(frame)]));
    const said = await answerOf(socket);
    const frames = said.subarray(said.indexOf('\r\n\r\n') + 4);
    expect([frames[0], frames.readUInt16BE(2)]).toEqual([0x88, code]);
    const good = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    await once(good, 'open');
    good.send('still there?');
    const [echo] = await once(good, 'message');
    expect(String(echo)).toBe('still there?');
    expect(peers.size).toBe(1);
    good.terminate();
  });
});

describe.each(['polling', 'long-polling', 'sse', 'http', 'socket.io'])('%s', (name) => {
  test('answers what is no HTTP with 400, and a head that is too long with 431', async () => {
    const { port } = await serve(name);
    expect((await answerOf(await dial(port, 'hello there\r\n\r\n'))).toString()).toMatch(/^HTTP\/1\.1 400 /);
    const head = `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect((await answerOf(await dial(port, head))).toString()).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe.each(['polling', 'long-polling', 'sse', 'ndjson', 'http', 'socket.io', 'ws'])('%s', (name) => {
  test.each(['//', '//?client=1', 'http://', '*', '/%', '/?__proto__=1'])(
    'a target that is no path, %s, is refused, and the next client served',
    async (target) => {
      const { port } = await serve(name);
      const ask = async (asked: string) =>
        (
          await answerOf(await dial(port, `GET ${asked} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`))
        ).toString('latin1');
      expect(await ask(target)).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(await ask('/nothing')).toMatch(/^HTTP\/1\.1 4\d\d /);
    },
  );
});

test.each(['["echo"]', '["echo",null]', '["echo",7]', '["echo",{}]', '["echo",[]]', '["echo",true]'])(
  'socket.io: an event that carries no message, %s, ends its own connection, and the next client is served',
  async (packet) => {
    const { port, peers } = await serve('socket.io');
    const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
    const connected = async () => {
      const socket = new WebSocket(url);
      await once(socket, 'message');
      socket.send('40');
      await once(socket, 'message');
      return socket;
    };
    const odd = await connected();
    odd.send(`42${packet}`);
    await once(odd, 'close');
    const good = await connected();
    good.send('42["echo","still there?"]');
    expect(String((await once(good, 'message'))[0])).toBe('42["echo","still there?"]');
    expect(peers.size).toBe(1);
    good.terminate();
  },
);

test.each(['sse', 'ndjson'])(
  '%s: a message of somebody without a stream is refused, and nobody joins',
  async (name) => {
    const { port, peers } = await serve(name);
    const answer = await fetch(`http://127.0.0.1:${port}/message?client=nobody`, {
      method: 'POST',
      body: 'x',
    });
    expect([answer.status, peers.size]).toEqual([404, 0]);
  },
);

test.each(['abc', '-1', 'Infinity', '50', '1e999', ''])(
  'polling: a cursor that was never given out, %j, loses nothing',
  async (cursor) => {
    const { port } = await serve('polling');
    const at = (path: string) => `http://127.0.0.1:${port}${path}`;
    await fetch(at('/mailbox?client=a'));
    const post = { method: 'POST', body: 'one', headers: { 'content-type': 'text/plain' } };
    await fetch(at('/message?client=a'), post);
    expect(await (await fetch(at(`/mailbox?client=a&cursor=${cursor}`))).text()).toBe('3:one,');
    expect(await (await fetch(at('/mailbox?client=a&cursor=0'))).text()).toBe('3:one,');
    expect((await fetch(at('/mailbox?client=a&cursor=1'))).status).toBe(204);
  },
);

describe.each(transports.filter(({ traits }) => traits.inAll))('$name', (transport) => {
  test('a message of the limit comes back; one byte more is refused, and the next one comes back', async () => {
    await using peer = await talk(transport, { messageBytes: maxMessageBytes, pollIntervalMs: 20 });
    const longest = Buffer.alloc(maxMessageBytes, 'a');
    await peer.connection.send(longest.toString());
    await peer.until(1);
    expect(peer.received[0]).toHaveLength(maxMessageBytes);
    await using other = await talk(transport, { messageBytes: maxMessageBytes + 1, pollIntervalMs: 20 });
    const refused = await Promise.resolve(other.connection.send(`${longest}b`))
      .then(() => new Promise((resolve) => setTimeout(resolve, 300)))
      .then(
        () => other.errors.length > 0 || other.received.length === 0,
        () => true,
      );
    expect([refused, other.received.length]).toEqual([true, 0]);
    await peer.connection.send('and on');
    await peer.until(2);
    expect(peer.received[1]).toBe('and on');
  });
});

test.each(['sse', 'ws', 'socket.io', 'tcp'])(
  '%s: 50 of 100 clients vanish, and 50 are known',
  async (name) => {
    const hello: Record<string, string> = {
      sse: 'GET /events?client=N HTTP/1.1\r\nHost: a\r\n\r\n',
      ws: upgrade,
      'socket.io': upgrade.replace('/ws', '/socket.io/?EIO=4&transport=websocket'),
      tcp: '',
    };
    const { port, peers } = await serve(name);
    const clients = await Promise.all(
      Array.from({ length: 100 }, (_, n) => dial(port, hello[name]!.replace('client=N', `client=${n}`))),
    );
    // Socket.IO's client is one when it has connected to a namespace: the masked text frame "40".
    if (name === 'socket.io')
      await Promise.all(
        clients.map(async (client) => {
          await once(client, 'data');
          client.write(Buffer.from([0x81, 0x82, ...mask, 0x34, 0x30]));
        }),
      );
    await expect.poll(() => peers.size).toBe(100);
    for (const client of clients.slice(0, 50)) client.resetAndDestroy();
    await expect.poll(() => peers.size).toBe(50);
    // Nothing is written to clients that have left: an error there would end this process.
    for (const peer of peers) peer.send('anyone?');
  },
);

test.each(['polling', 'long-polling'])(
  '%s: who stops asking has left, after the silence that is allowed',
  async (name) => {
    const { port, peers, seen } = await serve(name, { mailboxSilenceMs: 100 });
    await dial(port, 'GET /mailbox?client=a HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(() => seen).toEqual(['joined', 'left']);
    expect(peers.size).toBe(0);
  },
);

test.each(serverNames)(
  '%s ends with 100 clients of its kind connected: nothing listens, every socket is closed',
  async (name) => {
    const hello: Record<string, string> = {
      polling: 'GET /mailbox?client=N HTTP/1.1\r\nHost: a\r\n\r\n',
      'long-polling': 'GET /mailbox?client=N&cursor=0 HTTP/1.1\r\nHost: a\r\n\r\n',
      sse: 'GET /events?client=N HTTP/1.1\r\nHost: a\r\n\r\n',
      ndjson: 'GET /stream?client=N HTTP/1.1\r\nHost: a\r\n\r\n',
      'fetch-sse': 'POST /answer HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello',
      http: 'GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n',
      ws: upgrade,
      'socket.io': upgrade.replace('/ws', '/socket.io/?EIO=4&transport=websocket'),
      tcp: '',
    };
    const server = await serve(name);
    const clients = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        dial(server.port, hello[name]!.replace('client=N', `client=${n}`)),
      ),
    );
    // A reset is one way to be closed.
    const closed = clients.map((client) => new Promise((resolve) => client.resume().once('close', resolve)));
    await server.close();
    await Promise.all(closed);
    const [refused] = await once(connect(server.port, '127.0.0.1'), 'error');
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  },
);

test.each(['sse', 'ws', 'tcp'])(
  '%s: a client that never reads is put out, counted, and the others go on',
  async (name) => {
    const server = await serve(name);
    const hello: Record<string, string> = {
      sse: 'GET /events?client=slow HTTP/1.1\r\nHost: a\r\n\r\n',
      ws: upgrade,
      tcp: '',
    };
    const slow = await dial(server.port, hello[name]!);
    slow.pause();
    const closed = new Promise((resolve) => slow.once('close', resolve));
    await expect.poll(() => server.peers.size).toBe(1);
    const megabyte = 'x'.repeat(1024 * 1024);
    // More than the limit and what the kernel takes; a server that disconnects no client would keep all of it.
    for (let sent = 0; sent < 90; sent++) for (const peer of server.peers) peer.send(megabyte);
    await expect.poll(() => server.overloaded()).toBe(1);
    slow.resume();
    await closed;
    const good = await dial(server.port, hello[name]!.replace('slow', 'good'));
    await expect.poll(() => server.peers.size).toBe(1);
    for (const peer of server.peers) peer.send('hello');
    for (let said = ''; !said.includes('hello'); ) said += String((await once(good, 'data'))[0]);
  },
);

test('ws with heartbeats: a peer that is only half open, and answers no ping, is found and put out', async () => {
  const { port, peers } = await serve('ws', { heartbeatMs: 100 });
  const silent = await dial(port, upgrade);
  const closed = new Promise((resolve) => silent.resume().once('close', resolve));
  await expect.poll(() => peers.size).toBe(1);
  await closed;
  await expect.poll(() => peers.size).toBe(0);
});

test('ws with heartbeats: a peer in the middle of a long message is heard, and goes on', async () => {
  const { port, peers } = await serve('ws', { heartbeatMs: 100 });
  const slow = await dial(port, upgrade);
  await expect.poll(() => peers.size).toBe(1);
  let pings = 0;
  slow.on('data', (bytes: Buffer) => {
    pings += bytes.toString('latin1').split('\x89\0').length - 1;
  });
  const closed = new Promise((resolve) => slow.once('close', resolve));
  // Of a masked text of 64 kB; a byte at a time, and no pong in between.
  slow.write(Buffer.of(0x81, 0xfe, 0xff, 0xff, 0, 0, 0, 0));
  for (; pings < 5 && !slow.closed; await sleep(10)) slow.write('a');
  expect([pings, peers.size]).toEqual([5, 1]);
  await closed;
  await expect.poll(() => peers.size).toBe(0);
});

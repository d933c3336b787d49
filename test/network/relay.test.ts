import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { realClock } from '../../src/base/clock.ts';
import { lineBytes } from '../../src/network/delay-line.ts';
import { parseLink } from '../../src/network/link.ts';
import { startRelay } from '../../src/network/relay.ts';
import { again } from '../support/again.ts';
import { dial, eventually, pause, relayTo, serveEcho, serveTcp } from './sockets.ts';

const nowMs = () => realClock.now() / 1e6;

/** Milliseconds from asking to the answer's last byte. */
async function echo(client: ReturnType<typeof dial>, text = 'ping') {
  const before = client.received().length;
  const startMs = nowMs();
  client.socket.write(text);
  await client.until(before + text.length);
  return nowMs() - startMs;
}

test('twenty connections at once, each with its own random bytes: all arrive, byte for byte', async () => {
  await using server = await serveEcho();
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20_000 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { minLength: 20, maxLength: 20 }), async (plans) => {
      await using relay = await relayTo(server, 'rtt=4ms,up=400mbit,down=300mbit,jitter=3ms');
      await Promise.all(
        plans.map(async (plan) => {
          const client = dial(relay);
          for (const piece of plan) client.socket.write(piece);
          client.socket.end();
          expect(await client.ended).toBe('fin');
          expect(client.received().equals(Buffer.concat(plan))).toBe(true);
        }),
      );
    }),
    { numRuns: 5 },
  );
});

test('over an 80 ms RTT the first echo takes two RTT from dialling, and each later one', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=80ms');
  const client = dial(relay);
  expect(await echo(client)).toBeGreaterThanOrEqual(160);
  expect(await echo(client)).toBeGreaterThanOrEqual(80);
  client.socket.destroy();
});

test('the server hears of a connection after u, and what it says first arrives after u + d', async () => {
  let heardMs = 0;
  await using server = await serveTcp((socket) => {
    heardMs = nowMs();
    socket.write('hello');
  });
  await using relay = await relayTo(server, 'updelay=60ms,downdelay=10ms');
  const startMs = nowMs();
  const client = dial(relay);
  await client.until(5);
  expect(heardMs - startMs).toBeGreaterThanOrEqual(60);
  expect(nowMs() - startMs).toBeGreaterThanOrEqual(70);
  client.socket.destroy();
});

test('delays may be asymmetric', async () => {
  const heardMs: number[] = [];
  await using server = await serveTcp((socket) =>
    socket.on('data', (bytes) => {
      heardMs.push(nowMs());
      socket.write(bytes);
    }),
  );
  await using relay = await relayTo(server, 'updelay=100ms,downdelay=5ms');
  const client = dial(relay);
  await echo(client);
  const ways = async () => {
    const startMs = nowMs();
    await echo(client);
    const [upMs, downMs] = [heardMs.at(-1)! - startMs, nowMs() - heardMs.at(-1)!];
    expect(upMs).toBeGreaterThanOrEqual(100);
    expect(downMs).toBeGreaterThanOrEqual(5);
    return { upMs, downMs };
  };
  // The downward direction may be delayed by a busy machine once, but not each time.
  const { upMs, downMs } = await again(ways, (seen) => seen.downMs < seen.upMs);
  expect(downMs).toBeLessThan(upMs);
  client.socket.destroy();
});

test('bandwidth is what it was asked to be: 50 kB at 2 Mbit/s take at least 200 ms', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=2ms,up=2mbit');
  const client = dial(relay);
  await echo(client);
  expect(await echo(client, 'x'.repeat(50_000))).toBeGreaterThanOrEqual(200);
  client.socket.destroy();
});

test('a stall is silent: nothing flows, nothing ends; after it everything arrives, in order', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=10ms');
  const old = dial(relay);
  await echo(old);
  relay.stall();
  const fresh = dial(relay);
  await once(fresh.socket, 'connect');
  for (const client of [old, fresh]) {
    client.socket.write('one,');
    client.socket.write('two,');
  }
  await pause(60);
  expect([old.received().toString(), fresh.received().toString()]).toEqual(['ping', '']);
  expect(server.sockets.length).toBe(1);
  const healedNs = relay.heal();
  for (const client of [old, fresh]) client.socket.end('three');
  expect([await old.ended, await fresh.ended]).toEqual(['fin', 'fin']);
  expect(old.received().toString()).toBe('pingone,two,three');
  expect(fresh.received().toString()).toBe('one,two,three');
  // The handshake of the new one began to pass when the link healed: d, then u and d for its bytes.
  expect(realClock.now() - healedNs).toBeGreaterThanOrEqual(15e6);
});

test('a server slow to admit: connections stand at once and are served in turn, also those whose client has left', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=0ms');
  relay.cut();
  const healedNs = relay.heal(60);
  const [first, gone, last] = [dial(relay), dial(relay), dial(relay)];
  await Promise.all([first, gone, last].map(({ socket }) => once(socket, 'connect')));
  gone.socket.destroy();
  await Promise.all([echo(first), echo(last)]);
  expect(realClock.now() - healedNs).toBeGreaterThanOrEqual(180e6);
  expect(server.sockets.length).toBe(3);
  // One that waits when the link is cut is turned away like the others.
  const waiting = dial(relay);
  await once(waiting.socket, 'connect');
  relay.cut();
  expect(await waiting.ended).toBe('ECONNRESET');
  relay.heal();
  await echo(dial(relay));
});

test('a cut resets every connection on both sides and refuses new ones, until it is healed', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=4ms');
  const clients = [dial(relay), dial(relay)];
  for (const client of clients) await echo(client);
  const serverSide = server.sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  relay.cut();
  for (const client of clients) expect(await client.ended).toBe('ECONNRESET');
  await Promise.all(serverSide);
  expect(await dial(relay).ended).toBe('ECONNRESET');
  await eventually(() => relay.stats().open === 0);
  expect(relay.stats()).toMatchObject({ connections: 2, refused: 1, failed: 0 });
  relay.heal();
  const again = dial(relay);
  await echo(again);
  again.socket.destroy();
});

test('while it is cut newcomers are answered 503, or let in and put out, where that was asked', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=4ms');
  const ask = async () => (await fetch(`http://127.0.0.1:${relay.port}/`)).status;
  const openedAndClosed = () =>
    new Promise<string[]>((resolve) => {
      const heard: string[] = [];
      const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/`);
      for (const event of ['open', 'unexpected-response'] as const)
        socket.once(event, () => heard.push(event));
      socket.once('error', () => {});
      socket.once('close', () => resolve(heard));
    });
  relay.cut('503');
  expect(await ask()).toBe(503);
  relay.cut('accept-close');
  expect(await ask()).toBe(200);
  expect(await openedAndClosed()).toEqual(['open']);
  expect(relay.stats()).toMatchObject({ connections: 0, refused: 3 });
  relay.heal();
  const again = dial(relay);
  await echo(again);
  again.socket.destroy();
});

test('what is on the way when the link is cut never arrives', async () => {
  await using server = await serveTcp((socket) => socket.resume());
  await using relay = await relayTo(server, 'rtt=60ms');
  const client = dial(relay);
  client.socket.write('lost');
  await eventually(() => relay.stats().up.in === 4);
  relay.cut();
  expect(await client.ended).toBe('ECONNRESET');
  await pause(80);
  expect(relay.stats().up).toEqual({ in: 4, out: 0 });
});

test('half-close: the server still speaks after the client has ended', async () => {
  await using server = await serveTcp((socket) => {
    socket.resume();
    socket.once('end', () => {
      socket.write('late ');
      setTimeout(() => socket.end('words'), 20);
    });
  });
  await using relay = await relayTo(server, 'rtt=10ms');
  const client = dial(relay);
  client.socket.end('question');
  expect(await client.ended).toBe('fin');
  expect(client.received().toString()).toBe('late words');
  await eventually(() => relay.stats().open === 0);
});

test('a reset is passed on, from either side, and takes its time', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=40ms');
  const [one, two] = [dial(relay), dial(relay)];
  await echo(one);
  await echo(two);
  const [first, second] = server.sockets;
  let startMs = nowMs();
  first!.resetAndDestroy();
  expect(await Promise.race([one.ended, two.ended])).toBe('ECONNRESET');
  expect(nowMs() - startMs).toBeGreaterThanOrEqual(20);
  startMs = nowMs();
  const closed = Promise.race([once(second!, 'error'), once(first!, 'error')]);
  one.socket.resetAndDestroy();
  two.socket.resetAndDestroy();
  expect((await closed)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(nowMs() - startMs).toBeGreaterThanOrEqual(20);
});

test('a target that refuses resets the client after one RTT', async () => {
  const server = await serveEcho();
  await server[Symbol.asyncDispose]();
  await using relay = await relayTo(server, 'rtt=40ms');
  const startMs = nowMs();
  expect(await dial(relay).ended).toBe('ECONNRESET');
  expect(nowMs() - startMs).toBeGreaterThanOrEqual(40);
  expect(relay.stats()).toMatchObject({ connections: 1, failed: 1, refused: 0 });
});

test('a receiver that does not read slows the sender down instead of filling the relay', async () => {
  const flood = Buffer.alloc(32 * 1024 * 1024, 'flood');
  await using server = await serveTcp((socket) => socket.end(flood));
  await using relay = await relayTo(server, 'rtt=2ms');
  const client = dial(relay);
  client.socket.pause();
  await eventually(() => relay.stats().down.in > 0);
  for (let before = -1; before !== relay.stats().down.in; await pause(100)) before = relay.stats().down.in;
  const { down } = relay.stats();
  expect(down.in).toBeLessThan(flood.length);
  expect(down.in - down.out).toBeLessThanOrEqual(lineBytes + 256 * 1024);
  client.socket.resume();
  expect(await client.ended).toBe('fin');
  expect(client.received().equals(flood)).toBe(true);
});

test('cut at any moment of their ends, no connection is left behind', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=2ms,jitter=2ms');
  for (let round = 0; round < 5; round++) {
    const clients = Array.from({ length: 20 }, () => dial(relay));
    for (const [i, { socket }] of clients.entries()) setTimeout(() => socket.end('last words'), i / 2);
    await pause(6 + round);
    relay.cut();
    await Promise.all(clients.map(({ ended }) => ended));
    await eventually(() => relay.stats().open === 0);
    relay.heal();
  }
});

test('a reset reaches a receiver that has stopped reading', async () => {
  await using server = await serveTcp((socket) => socket.pause());
  await using relay = await relayTo(server, 'rtt=2ms');
  const client = dial(relay);
  client.socket.write(Buffer.alloc(32 * 1024 * 1024));
  await eventually(() => server.sockets.length > 0 && relay.stats().up.in > 0);
  for (let before = -1; before !== relay.stats().up.in; await pause(50)) before = relay.stats().up.in;
  // A sender whose bytes are not taken is not read, so what is seen of its reset is the answer to a word for it.
  client.socket.resetAndDestroy();
  server.sockets[0]!.write('are you there?');
  await eventually(() => relay.stats().open === 0);
});

test('the counts are those of the sockets at either end', async () => {
  await using server = await serveTcp((socket) =>
    socket.on('data', (bytes) => socket.write(`${bytes.length} bytes`)),
  );
  await using relay = await relayTo(server, 'rtt=2ms,jitter=2ms,up=100mbit');
  const clients = Array.from({ length: 5 }, () => dial(relay));
  await Promise.all(
    clients.map(async (client, i) => {
      client.socket.write('x'.repeat(3000 * i + 1));
      await client.until(7);
    }),
  );
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const atTheEnds = () => ({
    connections: 5,
    open: 5,
    refused: 0,
    failed: 0,
    up: {
      in: sum(clients.map(({ socket }) => socket.bytesWritten)),
      out: sum(server.sockets.map((socket) => socket.bytesRead)),
    },
    down: {
      in: sum(server.sockets.map((socket) => socket.bytesWritten)),
      out: sum(clients.map(({ socket }) => socket.bytesRead)),
    },
  });
  // An answer may have come in pieces, of which some are on their way.
  await eventually(() => isDeepStrictEqual(relay.stats(), atTheEnds()));
  expect(relay.stats()).toEqual(atTheEnds());
  expect(relay.stats().up.in).toBe(sum(clients.map((_, i) => 3000 * i + 1)));
  for (const { socket } of clients) socket.destroy();
});

test('with the real clock no echo is early; by how much it is late is printed, not judged', async () => {
  await using server = await serveEcho();
  await using relay = await relayTo(server, 'rtt=20ms');
  const client = dial(relay);
  await echo(client);
  const excess: number[] = [];
  for (let i = 0; i < 50; i++) excess.push((await echo(client)) - 20);
  excess.sort((a, b) => a - b);
  expect(excess[0]).toBeGreaterThanOrEqual(0);
  console.info(
    `relay: echo over rtt=20ms is late by ${excess[25]!.toFixed(2)} ms (median), ${excess[49]!.toFixed(2)} ms (worst of 50)`,
  );
  client.socket.destroy();
});

test('an onlooker sees each chunk come in and go on, and what a connection brought in all', async () => {
  await using server = await serveEcho();
  const seen: string[] = [];
  await using relay = await startRelay(
    { targetHost: '127.0.0.1', targetPort: server.port, link: parseLink('rtt=2ms'), seed: 1 },
    realClock,
    (ordinal) => ({
      entered: (direction, bytes) => seen.push(`${ordinal} ${direction} in ${Buffer.from(bytes)}`),
      left: (direction) => seen.push(`${ordinal} ${direction} out`),
      closed: ({ failed, up, down }) => seen.push(`${ordinal} ${failed ? 'failed' : 'closed'} ${up} ${down}`),
    }),
  );
  const client = dial(relay);
  client.socket.end('ping');
  await client.ended;
  await eventually(() => seen.length === 5);
  expect(seen).toEqual(['0 up in ping', '0 up out', '0 down in ping', '0 down out', '0 closed 4 4']);
});

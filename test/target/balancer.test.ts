/** Which server a balancer chooses, that it changes no byte, and that a cluster of processes leaves nothing behind. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startBalancer } from '../../src/target/cluster/balancer.ts';
import { createPlacing } from '../../src/target/cluster/placing.ts';
import { cluster } from '../../src/trial/scenarios/cluster.ts';
import { startServer } from '../../src/trial/server-of.ts';
import { trialPlan } from '../support/plans.ts';

const host = '127.0.0.1';

/** Answers with its own number before whatever it is sent. */
async function member(number: number): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(`${number}:`);
    socket.pipe(socket);
  }).listen(0, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

async function balanced(sticky: boolean) {
  const members = [await member(0), await member(1)];
  const servers = members.map((server) => ({ host, port: (server.address() as AddressInfo).port }));
  const balancer = await startBalancer({ host, port: 0, servers, sticky, balance: 'round-robin', seed: 1 });
  onTestFinished(() => balancer.close());
  return async (said: string): Promise<string> => {
    const socket = connect(balancer.port, host);
    let heard = '';
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1');
    });
    socket.end(said);
    await once(socket, 'close');
    return heard;
  };
}

test('connections go to each server in turn, and every byte comes through', async () => {
  const ask = await balanced(false);
  const large = 'x'.repeat(200_000);
  expect([await ask('a'), await ask(''), await ask(large)]).toEqual(['0:a', '1:', `0:${large}`]);
});

test('a sticky balancer leads a name to its server, whatever has come between, and others freely', async () => {
  const ask = await balanced(true);
  const head = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
  const places: string[] = [];
  for (const path of ['/events?client=0001', '/', '/message?client=0001', '/message?client=0002'])
    places.push((await ask(head(path))).slice(0, 2));
  expect(places).toEqual(['0:', '1:', '0:', '0:']);
  // No line, and no name.
  expect(await ask('\x00\x01')).toBe('1:\x00\x01');
});

test('a session is known by the handshake that named it', () => {
  const placing = createPlacing({ servers: 2, balance: 'round-robin', sticky: true, seed: 1 });
  placing.answered(1, Buffer.from('HTTP/1.1 200 OK\r\n\r\n0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":[]}'));
  const line = 'POST /socket.io/?EIO=4&transport=polling&sid=lv_VI97HAXpY6yYWAAAC HTTP/1.1';
  expect([placing.of(line), placing.of(line), placing.of('GET / HTTP/1.1')]).toEqual([1, 1, 0]);
});

test('who is reset by a server is reset by the balancer', async () => {
  const server = createServer((socket) => socket.resetAndDestroy()).listen(0, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const options = { host, port: 0, servers: [{ host, port }], sticky: false, seed: 1 };
  const balancer = await startBalancer({ ...options, balance: 'random' });
  onTestFinished(() => balancer.close());
  const [error] = await once(connect(balancer.port, host), 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
});

test('a cluster of processes is one target, and none of them is left', async () => {
  const plan = trialPlan('ws', { scenario: cluster });
  const target = await startServer(plan);
  expect(await target.members?.()).toEqual([
    { peers: 0, sessions: 0 },
    { peers: 0, sessions: 0 },
  ]);
  await target[Symbol.asyncDispose]();
  expect(() => process.kill(target.pid, 0)).toThrow(/ESRCH/);
  const socket = connect(target.endpoint.port, host);
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

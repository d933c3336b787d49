/** A WebSocket that was asked for and did not come about: behind what strips the request to upgrade, and refused. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server as SocketIoServer } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { CannotRun } from '../../src/base/failure.ts';
import type { Inspection } from '../../src/document/inspection.ts';
import { measure } from '../../src/trial/measure.ts';
import { eventually } from '../network/sockets.ts';
import { serveHere } from '../support/in-process.ts';
import { inspected, layerBytes, listening } from '../support/inspected.ts';
import { trialPlan } from '../support/plans.ts';
import { upgradeStrippingProxy } from '../support/upgrade-stripping-proxy.ts';

const kinds = ({ hints }: Inspection) => hints.map(({ kind }) => kind);

async function refusedBy(port: number, path = '/'): Promise<Inspection> {
  await using app = await inspected(port);
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}${path}`, { perMessageDeflate: true });
  await once(socket, 'error');
  return app.transparent();
}

test('ws answers 426 behind what strips the upgrade: no message, no word of compression, and a hint', async () => {
  await using server = await listeningTo(
    new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: true }),
  );
  await using proxy = await upgradeStrippingProxy(server.port);
  const seen = await refusedBy(proxy.port);
  expect(seen.messages).toEqual({ up: 0, down: 0 });
  expect(layerBytes(seen, 'payload')).toBe(0);
  expect(seen.fields.find(({ name }) => name === 'refusal')).toMatchObject({
    layer: 'http',
    direction: 'down',
    count: 1,
    bytes: 'Upgrade Required'.length,
  });
  expect(seen.handshakes).toEqual({ asked: 1, stripped: 1, refused: 0, offering: 0 });
  expect(kinds(seen)).toEqual(['upgrade-stripped']);
});

test('an inspector behind what strips the upgrade says so, too', async () => {
  await using server = await listeningTo(new WebSocketServer({ port: 0, host: '127.0.0.1' }));
  await using app = await inspected(server.port);
  await using proxy = await upgradeStrippingProxy(Number(new URL(app.url).port));
  await once(new WebSocket(`ws://127.0.0.1:${proxy.port}`), 'error');
  const seen = await app.transparent();
  expect(seen.handshakes).toMatchObject({ asked: 1, stripped: 1, refused: 0 });
});

test('ws refuses another path with 400 although it saw the upgrade: refused, and nothing strips', async () => {
  await using server = await listeningTo(new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/ws' }));
  const seen = await refusedBy(server.port, '/other');
  expect(seen.handshakes).toMatchObject({ asked: 1, stripped: 0, refused: 1 });
  expect(kinds(seen)).toEqual(['upgrade-refused']);
  expect(seen.messages.down).toBe(0);
});

test('a page that answers a WebSocket is refused, and no message', async () => {
  const server = createServer((_, response) => response.end('<!doctype html>'));
  const port = await listening(server);
  server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html>'),
  );
  const seen = await refusedBy(port);
  server.close();
  expect(seen.handshakes).toMatchObject({ asked: 1, stripped: 0, refused: 1 });
  expect([seen.messages.down, layerBytes(seen, 'payload')]).toEqual([0, 0]);
});

test('Socket.IO behind what strips the upgrade: its refusal is Engine.IO’s, its messages are counted, a hint says why', async () => {
  const server = createServer();
  const sockets = new SocketIoServer(server, { serveClient: false });
  sockets.on('connection', (socket) => socket.on('say', (text: string) => socket.emit('said', text)));
  await using proxy = await upgradeStrippingProxy(await listening(server));
  await using app = await inspected(proxy.port);
  const client = io(app.url, { forceNew: true });
  const heard: string[] = [];
  client.on('said', (text) => heard.push(text));
  client.io.engine.once('upgradeError', () => client.emit('say', 'hello'));
  await eventually(() => heard.length === 1);
  client.disconnect();
  await app.quiet();
  await sockets.close();
  const seen = await app.transparent();
  const refusal = '{"code":3,"message":"Bad request"}';
  expect(seen.fields.find(({ name }) => name === 'error')).toMatchObject({
    layer: 'engine.io',
    direction: 'down',
    count: 1,
    bytes: refusal.length,
  });
  expect(seen.messages).toEqual({ up: 1, down: 1 });
  expect(layerBytes(seen, 'payload')).toBe(2 * 'hello'.length);
  expect(seen.handshakes).toMatchObject({ asked: 1, stripped: 1, refused: 0 });
  expect(kinds(seen)).toContain('upgrade-stripped');
  expect(kinds(seen)).not.toContain('compression-refused');
  expect(seen.perConnection.flatMap(({ speaks }) => speaks)).not.toContain('http');
});

test('a trial of Socket.IO behind what strips the upgrade balances, and its payload is exact', async () => {
  const plan = trialPlan('socket.io', { load: { clients: 2, messages: 5 } });
  const server = await serveHere(plan);
  await using proxy = await upgradeStrippingProxy(server.endpoint.port);
  const trial = await measure(plan, { ...server, endpoint: { host: plan.host, port: proxy.port } });
  expect(trial.notes.filter(({ kind }) => kind === 'unbalanced')).toEqual([]);
  expect(trial.delivery).toMatchObject({ sent: 10, delivered: 10, lost: 0, errors: {} });
  const payload = trial.wire.layers.filter(({ layer, phase }) => layer === 'payload' && phase === 'steady');
  expect(payload.map(({ bytes }) => bytes)).toEqual([10 * 20, 10 * 20]);
  expect(trial.wire.layers.filter(({ layer, phase }) => layer === 'payload' && phase === 'setup')).toEqual(
    [],
  );
  expect(trial.fields.find(({ name }) => name === 'error')).toMatchObject({
    layer: 'engine.io',
    phase: 'setup',
  });
});

test('a trial of ws behind what strips the upgrade cannot run, and names the answer', async () => {
  const plan = trialPlan('ws');
  const server = await serveHere(plan);
  await using proxy = await upgradeStrippingProxy(server.endpoint.port);
  const failure = await measure(plan, { ...server, endpoint: { host: plan.host, port: proxy.port } }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(CannotRun);
  expect((failure as CannotRun).message).toMatch(/^connect-failed: ws client \d: .*426/);
});

async function listeningTo(sockets: WebSocketServer) {
  await once(sockets, 'listening');
  return {
    port: (sockets.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

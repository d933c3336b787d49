/** The tap by itself, and what a dialer asks of its sockets. */
import { once } from 'node:events';
import { type AddressInfo, createServer, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { allClosed, createDialer, DialingAgent } from '../../src/tap/dialer.ts';
import { TappedSocket } from '../../src/tap/tap.ts';
import { createTape } from '../../src/tap/tape.ts';
import { bytesOf } from '../support/bytes.ts';

const host = '127.0.0.1';
const opened: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const close of opened.splice(0)) close();
});

async function listening(handle: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    opened.push(() => socket.destroy());
    handle(socket);
  }).listen(0, host);
  opened.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const dialerTo = (port: number) =>
  createDialer({
    host,
    port,
    clock: realClock,
    tape: createTape(() => {}),
    nextConnection: () => 0,
  });

test('a tap hears bytes alone: neither the end of a stream nor text that somebody pushes', () => {
  const heard: string[] = [];
  const socket = new TappedSocket((direction, bytes) => heard.push(`${direction} ${Buffer.from(bytes)}`));
  opened.push(() => socket.destroy());
  socket.push(bytesOf('ab'));
  socket.push('text', 'utf8');
  socket.push(null);
  expect(heard).toEqual(['down ab']);
  expect(socket.read()?.toString()).toBe('abtext');
});

test('a write to a socket that was destroyed is nobody’s, and the writes before it stay counted', async () => {
  const heard: string[] = [];
  const port = await listening((socket) => socket.resume());
  const socket = new TappedSocket((direction, bytes) => heard.push(`${direction} ${Buffer.from(bytes)}`));
  socket.on('error', () => {});
  socket.connect({ host, port });
  await once(socket, 'connect');
  for (const text of ['a', 'bc', 'def']) await new Promise((done) => socket.write(text, done));
  socket.destroy();
  socket.write('late');
  await once(socket, 'close');
  expect(heard).toEqual(['up a', 'up bc', 'up def']);
});

test('bytes that wait for the connection are filed in their order: Node lets the second write go within the first', async () => {
  const heard: string[] = [];
  const port = await listening((socket) => socket.resume());
  const socket = new TappedSocket((_direction, bytes) => heard.push(Buffer.from(bytes).toString()));
  opened.push(() => socket.destroy());
  socket.connect({ host, port });
  socket.write('first');
  await new Promise((done) => socket.write('second', done));
  await new Promise((done) => socket.write('third', done));
  expect(heard).toEqual(['first', 'second', 'third']);
});

test('bytes that wait for the connection are filed as they left, also where their buffer was changed meanwhile', async () => {
  const arrived: string[] = [];
  const heard: string[] = [];
  const port = await listening((socket) => socket.on('data', (bytes) => arrived.push(String(bytes))));
  const socket = new TappedSocket((_direction, bytes) => heard.push(Buffer.from(bytes).toString()));
  opened.push(() => socket.destroy());
  socket.connect({ host, port });
  const buffer = bytesOf('early');
  socket.write(buffer);
  buffer.write('later');
  await expect.poll(() => arrived).toEqual(['later']);
  expect(heard).toEqual(['later']);
});

test('what is written before the connection stands is filed in the order in which it leaves', async () => {
  const heard: string[] = [];
  const arrived: string[] = [];
  const port = await listening((socket) => socket.on('data', (bytes) => arrived.push(String(bytes))));
  const socket = new TappedSocket((_direction, bytes) => heard.push(Buffer.from(bytes).toString()));
  opened.push(() => socket.destroy());
  socket.connect({ host, port });
  for (const text of ['first', 'second', 'third']) socket.write(text);
  await expect.poll(() => arrived.join('')).toBe('firstsecondthird');
  expect(heard.join(' ')).toBe('first second third');
});

test('what leaves in one system call is told to belong together, and nothing else is', async () => {
  const heard: string[] = [];
  const port = await listening((socket) => socket.pipe(socket));
  const socket = new TappedSocket((direction, bytes, continues) =>
    heard.push(`${direction} ${Buffer.from(bytes)}${continues ? ' continues' : ''}`),
  );
  opened.push(() => socket.destroy());
  socket.connect({ host, port });
  // The second is corked by Node, because the first still waits for the connection.
  for (const text of ['first', 'second']) socket.write(text);
  await once(socket, 'connect');
  const echoed = () => heard.map((one) => /^down (.*)$/.exec(one)?.[1] ?? '').join('');
  await expect.poll(echoed).toBe('firstsecond');
  heard.length = 0;
  socket.cork();
  for (const text of ['a', 'b', 'c']) socket.write(text);
  socket.uncork();
  socket.write('d');
  await expect.poll(echoed).toBe('abcd');
  expect(heard.filter((one) => one.startsWith('up'))).toEqual([
    'up a',
    'up b continues',
    'up c continues',
    'up d',
  ]);
});

test('a socket that has stopped reading takes nothing until it reads on, although its stream asks for more', async () => {
  const heard: string[] = [];
  const port = await listening((socket) => socket.pipe(socket));
  const [deaf, other] = [0, 1].map((index) => {
    const socket = new TappedSocket((direction) => direction === 'down' && heard.push(`${index}`));
    opened.push(() => socket.destroy());
    return socket.connect({ host, port }) as TappedSocket;
  });
  await Promise.all([once(deaf!, 'connect'), once(other!, 'connect')]);
  // Its stream asks for more as soon as this chunk is handled.
  deaf!.once('data', () => deaf!.stopReading());
  other!.resume();
  deaf!.write('x');
  await expect.poll(() => heard).toContain('0');
  heard.length = 0;
  deaf!.write('x');
  // Ten round trips later its own answer would be here as well.
  for (let trip = 1; trip <= 10; trip++) {
    other!.write('y');
    await expect.poll(() => heard.length).toBeGreaterThanOrEqual(trip);
  }
  expect(heard).not.toContain('0');
  deaf!.readOn();
  await expect.poll(() => heard).toContain('0');
});

test('small messages are not held back: every socket is told so before it connects', async () => {
  const port = await listening((socket) => socket.resume());
  const told = vi.spyOn(Socket.prototype, 'setNoDelay');
  const socket = dialerTo(port).dial();
  opened.push(() => socket.destroy());
  expect(told.mock.calls).toEqual([[true]]);
  await once(socket, 'connect');
});

test('who is closed before the grace is over is not destroyed, and who was closed already is not waited for', async () => {
  const port = await listening((socket) => socket.on('error', () => {}).end());
  const dialer = dialerTo(port);
  const socket = dialer.dial().resume();
  const destroyed = vi.spyOn(socket, 'destroy');
  await allClosed(dialer, 20_000);
  expect(socket.closed).toBe(true);
  const before = destroyed.mock.calls.length;
  await allClosed(dialer, 0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(destroyed.mock.calls.length).toBe(before);
});

test('an agent that has no request under way is idle at once', async () => {
  await expect(new DialingAgent(dialerTo(1), true).idle()).resolves.toBeUndefined();
});

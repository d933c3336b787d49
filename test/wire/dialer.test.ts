/** Tap and dialer over real sockets: what the tape holds is what the kernel took and gave, and nothing else. */
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import {
  allClosed,
  connectionsOf,
  connectionsPerOrigin,
  connectThrough,
  createDialer,
  DialingAgent,
} from '../../src/tap/dialer.ts';
import { createTape } from '../../src/tap/tape.ts';

const host = '127.0.0.1';
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function serve(handle: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    opened.push(() => socket.destroy());
    socket.on('error', () => {});
    handle(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  opened.push(() => server.close());
  return server;
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;

function laboratory(port: number) {
  const heard: string[] = [];
  const tape = createTape(({ connection, direction, phase, bytes }) =>
    heard.push(`${connection} ${phase} ${direction} ${Buffer.from(bytes).toString('latin1')}`),
  );
  let connections = 0;
  const dialer = createDialer({
    host,
    port,
    clock: realClock,
    tape,
    nextConnection: () => connections++,
  });
  const dial = () => {
    const socket = dialer.dial();
    opened.push(() => socket.destroy());
    return socket;
  };
  return {
    dialer,
    dial,
    heard() {
      tape.drain();
      return heard;
    },
  };
}

/** Everything that came, until there is as much as `length`. */
async function received(socket: Socket, length: number): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += (chunk as Buffer).toString('latin1');
    if (text.length >= length) break;
  }
  return text;
}

const echo = (socket: Socket) => socket.pipe(socket);

test('strings in any encoding, buffers and corked writes are filed as the bytes that left', async () => {
  const { dialer, dial, heard } = laboratory(portOf(await serve(echo)));
  const socket = dial();
  await once(socket, 'connect');
  socket.write('é', 'latin1');
  socket.write('6162', 'hex');
  expect(await received(socket, 3)).toBe('\xe9ab');
  dialer.phase = 'steady';
  socket.cork();
  socket.write('é');
  socket.write(Buffer.from('z'));
  socket.uncork();
  expect(await received(socket, 3)).toBe('\xc3\xa9z');
  const up = heard().filter((line) => line.includes(' up '));
  expect(up).toEqual(['0 setup up \xe9', '0 setup up ab', '0 steady up \xc3\xa9', '0 steady up z']);
  const down = (phase: string) =>
    heard()
      .filter((line) => line.startsWith(`0 ${phase} down `))
      .map((line) => line.split(' ')[3])
      .join('');
  expect([down('setup'), down('steady')]).toEqual(['\xe9ab', '\xc3\xa9z']);
  expect([socket.bytesWritten, socket.bytesRead]).toEqual([6, 6]);
});

test('what is written before the connection stands is filed when it does', async () => {
  const { dial, heard } = laboratory(portOf(await serve(echo)));
  const socket = dial();
  socket.write('early');
  expect(heard()).toEqual([]);
  expect(await received(socket, 5)).toBe('early');
  expect(heard()[0]).toBe('0 setup up early');
});

test('where nobody listens nothing left, and no connection counts', async () => {
  const server = await serve(echo);
  const { dialer, dial, heard } = laboratory(portOf(server));
  server.close();
  await once(server, 'close');
  const socket = dial();
  socket.write('lost');
  await once(socket, 'error');
  expect(heard()).toEqual([]);
  expect(dialer.dialled).toHaveLength(1);
  expect(connectionsOf(dialer)).toEqual([]);
});

test('what the kernel refused after a reset left for nobody', async () => {
  const accepted: Socket[] = [];
  const { dial, heard } = laboratory(portOf(await serve((socket) => void accepted.push(socket))));
  const socket = dial();
  await once(socket, 'connect');
  socket.write('heard');
  await expect.poll(() => accepted.length).toBe(1);
  // The kernel knows of the reset at once; this process hears of it by its next write.
  accepted[0]?.resetAndDestroy();
  socket.write('dead');
  const [error] = await once(socket, 'error');
  expect(error).toHaveProperty('code');
  expect(heard()).toEqual(['0 setup up heard']);
});

test('a connection has its ordinal and the phase in which it came to stand', async () => {
  const { dialer, dial } = laboratory(portOf(await serve(echo)));
  await once(dial(), 'connect');
  const second = dial();
  dialer.phase = 'steady';
  await once(second, 'connect');
  expect(connectionsOf(dialer).map(({ connection, phase }) => [connection, phase])).toEqual([
    [0, 'setup'],
    [1, 'steady'],
  ]);
});

test('undici gets the socket when it stands, or the error and no socket', async () => {
  const server = await serve(echo);
  const { dialer } = laboratory(portOf(server));
  const connecting = () =>
    new Promise<[Error | null, Socket | null]>((resolve) => {
      connectThrough(dialer, (...outcome) => resolve(outcome));
    });
  const [none, socket] = await connecting();
  expect([none, socket?.connecting]).toEqual([null, false]);
  expect(socket?.listenerCount('error')).toBe(0);
  socket?.destroy();
  server.close();
  await once(server, 'close');
  const [error, nothing] = await connecting();
  expect(nothing).toBeNull();
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

test('all closed: at once when they are, by force after the grace', async () => {
  const { dialer, dial } = laboratory(portOf(await serve(echo)));
  const left = dial();
  await once(left, 'connect');
  left.end();
  left.resume();
  await allClosed(dialer, 20_000);
  const stays = dial();
  await once(stays, 'connect');
  await allClosed(dialer, 1);
  expect([left.closed, stays.closed, stays.destroyed]).toEqual([true, true, true]);
});

test('the agent opens as many connections as a browser, and is idle when the last answer is in', async () => {
  const answers: Socket[] = [];
  const { dialer, heard } = laboratory(portOf(await serve((socket) => void answers.push(socket.resume()))));
  const agent = new DialingAgent(dialer, false);
  const requests = Array.from({ length: connectionsPerOrigin + 2 }, () =>
    request({ agent, host, path: '/' }, (response) => response.resume()).end(),
  );
  const asked = () => heard().filter((line) => line.includes('GET /')).length;
  await expect.poll(asked).toBe(connectionsPerOrigin);
  let idle = false;
  const whenIdle = agent.idle().then(() => {
    idle = true;
  });
  for (let answered = 0; answered < requests.length; answered++) {
    await expect.poll(() => answers.length).toBeGreaterThan(answered);
    expect(idle).toBe(false);
    answers[answered]?.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
  }
  await whenIdle;
  expect(connectionsOf(dialer)).toHaveLength(requests.length);
});

test('an error of a request that was aborted is nobody’s; of any other it is told once', async () => {
  const server = await serve((socket) => socket.resume());
  const { dialer } = laboratory(portOf(server));
  const agent = new DialingAgent(dialer, true);
  const told: string[] = [];
  const ask = async (name: string) => {
    const asked = request({ host, port: portOf(server), agent });
    asked.on('error', () => told.push(name));
    asked.end();
    await once(asked, 'socket');
    return asked;
  };
  const [aborted, other] = [await ask('aborted'), await ask('other')];
  for (const { socket } of dialer.dialled) socket.destroy(new Error('broken'));
  aborted.abort();
  await new Promise((closed) => other.once('close', closed));
  other.emit('error', new Error('once more'));
  expect(told).toEqual(['other']);
});

test('of a closed socket the dialer keeps what it has counted, and not the socket', async () => {
  const server = await serve((socket) => socket.once('data', () => socket.end('four')));
  const { dialer, dial } = laboratory(portOf(server));
  const socket = dial();
  const [entry] = dialer.dialled;
  expect(entry?.socket).toBe(socket);
  await once(socket, 'connect');
  socket.resume().write('three');
  await once(socket, 'close');
  expect(entry?.socket).not.toBe(socket);
  const { bytesWritten, bytesRead, destroyed, closed } = entry!.socket;
  expect([bytesWritten, bytesRead, destroyed, closed]).toEqual([5, 4, true, true]);
  // Ending all of the client's sockets works with the closed one among them.
  dialer.giveUp();
  await allClosed(dialer, 10);
});

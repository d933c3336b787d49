/** A tunnel through a forward proxy: users of the socket do not notice it, and every byte of it has its owner. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { tunnelConversations } from '../../src/protocols/http1/tunnel.ts';
import { TunnelRefused, TunnelSocket } from '../../src/tap/tunnel-socket.ts';
import type { Direction } from '../../src/wire/span.ts';

const host = '127.0.0.1';
const closing: { close(): void }[] = [];
afterAll(() => {
  for (const one of closing) one.close();
});

/** A forward proxy that answers so, and then echoes. */
async function proxyAnswering(answer: readonly string[]): Promise<number> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      for (const piece of answer) socket.write(piece);
      socket.on('data', (data) => socket.write(data));
    });
  });
  closing.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function dialled(port: number) {
  const seen: Record<Direction, string> = { up: '', down: '' };
  let stood = 0;
  const socket = new TunnelSocket(
    (direction, bytes) => {
      seen[direction] += Buffer.from(bytes).toString('latin1');
    },
    { authority: 'server:1', authorization: 'Basic eA==' },
    () => stood++,
  );
  socket.connect({ host, port });
  return { socket, seen, stood: () => stood };
}

const asked = 'CONNECT server:1 HTTP/1.1\r\nHost: server:1\r\nProxy-Authorization: Basic eA==\r\n\r\n';

test('what is written before the tunnel stands goes through it, in its order on the tape', async () => {
  const granted = 'HTTP/1.1 200 Connection established\r\n\r\n';
  const { socket, seen, stood } = dialled(
    await proxyAnswering([granted.slice(0, 20), `${granted.slice(20)}early`]),
  );
  socket.write('hello ');
  socket.write('world');
  let heard = '';
  socket.on('data', (data) => {
    heard += data;
    if (heard === 'earlyhello world') socket.end();
  });
  await once(socket, 'connect');
  expect([stood(), socket.connecting]).toEqual([1, false]);
  await once(socket, 'close');
  expect(seen).toEqual({ up: `${asked}hello world`, down: `${granted}earlyhello world` });
  expect([socket.bytesWritten, socket.bytesRead]).toEqual([seen.up.length, seen.down.length]);
});

test('a tunnel that is refused is an error, once its answer is there whole', async () => {
  const answer = ['HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nno', ' way'];
  const { socket, seen } = dialled(await proxyAnswering(answer));
  socket.write('never sent');
  const [error] = await once(socket, 'error');
  expect(error).toBeInstanceOf(TunnelRefused);
  expect(error.answer).toBe('403 Forbidden');
  expect(seen).toEqual({ up: asked, down: answer.join('') });
});

const request = 'GET /x HTTP/1.1\r\nHost: server:1\r\n\r\n';
const response = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';
const refused = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno';

test.each([
  ['granted', [asked, 'HTTP/1.1 200 OK\r\n\r\n', request, response], ['CONNECT 200', 'GET 200']],
  ['refused, and asked again', [asked, refused, asked, refused], ['CONNECT 407', 'CONNECT 407']],
  ['never asked for', [request, response], ['GET 200']],
])('a tunnel that is %s is read, however its bytes are cut', (_, talk, exchanges) => {
  for (const most of [1, 7, 1000]) {
    const told: Record<string, number> = {};
    const answered: string[] = [];
    const conversation = tunnelConversations(httpConversation)({
      tell: ({ layer, length }) => {
        told[layer] = (told[layer] ?? 0) + length;
      },
      answered: ({ method }, { status }) => answered.push(`${method} ${status}`),
    });
    talk.forEach((text, turn) => {
      for (let at = 0; at < text.length; at += most)
        conversation.push(turn % 2 === 0 ? 'up' : 'down', Buffer.from(text.slice(at, at + most)));
    });
    conversation.end();
    expect(answered).toEqual(exchanges);
    const { http = 0, payload = 0, ...others } = told;
    expect(others).toEqual({});
    expect(http + payload).toBe(talk.join('').length);
  }
});

/** Uses the application in every way it has: over HTTP/1.1, over HTTP/2 with streams that go on at once, and by WebSocket. */
import { once } from 'node:events';
import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';

const url = process.env.RTCOMPARE_URL ?? '';
for (let page = 0; page < 10; page++) await (await fetch(`${url}/page/${page}`)).text();
await (await fetch(`${url}/events`)).text();

const session = connect(url);
const paths = ['/events', '/events', '/events', ...Array.from({ length: 30 }, (_, page) => `/page/${page}`)];
await Promise.all(paths.map((path) => text(session.request({ ':path': path }).end())));
session.close();
await once(session, 'close');

const socket = new WebSocket(url.replace('https:', 'wss:'));
await once(socket, 'open');
for (let size = 1; size < 100_000; size *= 3) {
  socket.send('x'.repeat(size));
  await once(socket, 'message');
}
socket.close();
await once(socket, 'close');

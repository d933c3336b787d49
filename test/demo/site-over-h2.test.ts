/** The page's site over HTTP/2 without a browser: what its guard lets in, and clients that speak HTTP/1.1. */
import { once } from 'node:events';
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { virtualClock } from '../../src/base/clock.ts';
import { closedDoor } from '../../src/classroom/site/join-code.ts';
import { createSessions } from '../../src/classroom/site/page-sessions.ts';
import { pageSeal } from '../../src/commands/options/page-seal.ts';
import { openDemo } from './classroom.ts';

const seal = await pageSeal({ over: 'h2' }, '127.0.0.1');

/** What is asked over one connection of HTTP/2, and answered. */
const statusOf = async (session: ClientHttp2Session, headers: OutgoingHttpHeaders) => {
  const stream = session.request(headers, { endStream: headers[':method'] !== 'CONNECT' });
  const [answer] = await once(stream, 'response');
  stream.close();
  return (answer as { ':status': number })[':status'];
};

test('the guard stands before HTTP/2 as well: foreign names and origins, and CONNECT for anything but a WebSocket', async () => {
  await using demo = await openDemo({ seal });
  const url = demo.url.slice(0, -1);
  const session = connect(url, { rejectUnauthorized: false });
  const socket = { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/control' };
  const version = { 'sec-websocket-version': '13' };
  const asked = [
    [{ ':path': '/' }, 200],
    [{ ':path': '/', ':authority': `evil.test:${demo.port}` }, 403],
    [{ ':path': '/', origin: url.replace('https', 'http') }, 403],
    [{ ':path': '/nothing' }, 404],
    [{ ':path': '/chat/sse/events?client=nobody' }, 403],
    [{ ':path': '/join', ':method': 'POST', origin: url }, 415],
    [{ ...socket, ...version, origin: url }, 200],
    [{ ...socket, ...version }, 403],
    [{ ...socket, ...version, ':path': '/elsewhere', origin: url }, 404],
    [{ ...socket, origin: url }, 400],
    [{ ...socket, ':protocol': 'connect-udp' }, 405],
    [{ ':method': 'CONNECT', ':authority': 'example.test:80' }, 405],
  ] as const;
  // `connect` makes sure that the settings, which allow extended CONNECT, have come.
  await once(session, 'remoteSettings');
  for (const [headers, status] of asked)
    expect(await statusOf(session, headers), JSON.stringify(headers)).toBe(status);
  session.destroy();
  const proxied = connectTls({ port: demo.port, host: '127.0.0.1', rejectUnauthorized: false });
  proxied.write('CONNECT example.test:80 HTTP/1.1\r\nHost: example.test\r\n\r\n');
  await once(proxied, 'close');
});

test('who knows no WebSocket over HTTP/2 gets one of HTTP/1.1 on the same port, and the books say so', async () => {
  await using demo = await openDemo({ seal });
  const options = { origin: demo.url.slice(0, -1), rejectUnauthorized: false };
  const control = new WebSocket(`wss://127.0.0.1:${demo.port}/control`, options);
  const { client } = JSON.parse(String((await once(control, 'message'))[0])) as { client: string };
  const carriers: unknown[] = [];
  control.on('message', (data) => {
    const news = JSON.parse(String(data)) as { type: string; carriers?: unknown[] };
    if (news.type === 'counters') carriers.push(...news.carriers!);
  });
  control.send('{"type":"start"}');
  const lane = new WebSocket(`wss://127.0.0.1:${demo.port}/race/ws/ws?client=${client}.1`, options);
  await once(lane, 'open');
  await expect.poll(() => carriers.at(-1)).toEqual({ version: 'http/1.1', connections: 1, lanes: ['ws'] });
  lane.terminate();
  control.terminate();
});

test('the cookie of a class that meets over TLS is for TLS alone', () => {
  const codes = { join: 'RIGHT2', lead: 'LEADLEADLEAD' };
  const cookieOf = (isSealed: boolean) =>
    closedDoor(codes, virtualClock(), isSealed).join('RIGHT2', '10.0.0.1');
  expect(cookieOf(true)).toMatch(/; Secure$/);
  expect(cookieOf(false)).not.toContain('Secure');
});

test('over HTTP/2 a page may have twice as much open, for no connection is kept by it', () => {
  const [few, many] = [createSessions().create(false), createSessions('h2').create(false)];
  expect(many.mostOpen).toBe(2 * few.mostOpen);
});

import { expect, test } from 'vitest';
import { steadyLine, steadyTarget } from '../../src/inspection/steady-lines.ts';

const lineOf = (name: string, line: string, counted = true) => steadyLine(name, `${line}\r\n`, counted).text;

test.each([
  ['date', 'Date: Sun, 29 Nov 2026 20:00:00 GMT', 'Date: *'],
  ['etag', 'ETag: W/"2c-abc"', 'ETag: *'],
  ['x-request-id', 'X-Request-Id: 7f3', 'X-Request-Id: *'],
  ['host', 'host: 127.0.0.1:41234', 'host: *'],
  ['origin', 'origin: http://127.0.0.1:41234', 'origin: http://*'],
  ['location', 'Location: http://localhost:3000/login', 'Location: http://*/login'],
  ['location', 'Location: /login', 'Location: /login'],
  [
    'set-cookie',
    'Set-Cookie: sid=s%3Aabc; Path=/; Expires=Sun, 29 Nov 2026',
    'Set-Cookie: sid=*; Path=/; Expires=*',
  ],
  ['cookie', 'cookie: sid=s%3Aabc; theme=dark', 'cookie: sid=*; theme=*'],
  ['cache-control', 'Cache-Control: no-store', 'Cache-Control: no-store'],
  [
    'request-line',
    'GET /socket.io/?EIO=4&transport=polling&t=Pk3x.0 HTTP/1.1',
    'GET /socket.io/?EIO=4&transport=polling&t=* HTTP/1.1',
  ],
])('%s: %s', (name, line, steady) => {
  expect(lineOf(name, line)).toBe(steady);
});

test('how long a body is counts, unless what shares it is decided by a race', () => {
  expect(lineOf('content-length', 'Content-Length: 118')).toBe('Content-Length: 118');
  expect(lineOf('content-length', 'Content-Length: 118', false)).toBe('Content-Length: *');
});

test('the name is kept as it was written, and what was left out is said', () => {
  expect(steadyLine('date', 'DATE: today\r\n', true)).toEqual({ text: 'DATE: *', isUnsteady: true });
  expect(steadyLine('vary', 'Vary: Origin\r\n', true)).toEqual({ text: 'Vary: Origin', isUnsteady: false });
});

test('ids in a path are one path; what people name is not', () => {
  expect(steadyTarget('/users/42/orders/7f3d5a1e-0000-4000-8000-123456789abc')).toBe('/users/*/orders/*');
  expect(steadyTarget('/v2/articles/how-to-brew-tea')).toBe('/v2/articles/how-to-brew-tea');
  expect(steadyTarget('/items?page=2&session=a8f5f167f44f4964')).toBe('/items?page=2&session=*');
  expect(steadyTarget('/items?sort=name')).toBe('/items?sort=name');
});

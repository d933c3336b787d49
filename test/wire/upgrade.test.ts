/** Where HTTP ends: which responses switch, to what, and responses without a request (RFC 9110 §7.8, §9.3.6, §15.2). */
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { bytesOf, hearing, hex, type Script, tell, tellEveryWay } from '../support/bytes.ts';

const asks = 'GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
const switches = (fields = 'Upgrade: websocket\r\n') => `HTTP/1.1 101 Switching\r\n${fields}\r\n`;
const hello = hex('81 05 48 65 6c 6c 6f');
const maskedHello = hex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
const open = (script: Script) => tellEveryWay(httpConversation, script, 'open');

test('a 101 that nobody asked for is believed: frames follow it downward, and upward it is HTTP still', () => {
  const told = open([
    ['down', Buffer.concat([bytesOf(switches()), hello])],
    ['up', 'GET / HTTP/1.1\r\n\r\n'],
  ]);
  expect(told.down.at(-1)).toBe('* payload message 5');
  expect(told.up).toEqual(['* http request-line 16', '- http blank-line 2']);
  expect(told.exchanges).toEqual([]);
});

test.each([
  ['', '* unparsed upgraded 7'],
  ['Upgrade: h2c\r\n', '* unparsed http2 7'],
  ['Upgrade: websocket2\r\n', '* unparsed upgraded 7'],
  ['UPGRADE: WebSocket\r\n', '* payload message 5'],
])('after a 101 with "%s" comes %s', (fields, last) => {
  expect(
    open([
      ['up', asks],
      ['down', Buffer.concat([bytesOf(switches(fields)), hello])],
    ]).down.at(-1),
  ).toBe(last);
});

test('RFC 6455 §5.1: the client masks and the server does not, and not the other way round', () => {
  const last = (up: Buffer, down: Buffer) => {
    const told = open([
      ['up', asks],
      ['down', switches()],
      ['up', up],
      ['down', down],
    ]);
    return [told.up.at(-1), told.down.at(-1)];
  };
  expect(last(maskedHello, hello)).toEqual(['* payload message 5', '* payload message 5']);
  expect(last(hello, maskedHello)).toEqual(['* unparsed malformed 7', '* unparsed malformed 11']);
});

test.each([
  ['200', 'tunnel'],
  ['299', 'tunnel'],
  ['300', 'malformed'],
  ['407', 'malformed'],
])('a CONNECT answered by %s: what follows is %s', (status, name) => {
  const told = open([
    ['up', 'CONNECT a:443 HTTP/1.1\r\n\r\n'],
    ['down', `HTTP/1.1 ${status} \r\nContent-Length: 0\r\n\r\n`],
    ['up', 'a\n'],
    ['down', 'b\n'],
  ]);
  expect([told.up.at(-1), told.down.at(-1)]).toEqual([`* unparsed ${name} 2`, `* unparsed ${name} 2`]);
  expect(told.exchanges).toHaveLength(1);
});

test('only a CONNECT makes a tunnel: what answers a GET is a body', () => {
  const told = open([
    ['up', 'GET / HTTP/1.1\r\n\r\n'],
    ['down', 'HTTP/1.1 200 OK\r\n\r\nabc'],
  ]);
  expect(told.down.at(-1)).toBe('* payload body 3');
});

test.each(['100', '102', '199'])('an answer of %s is not yet the answer', (status) => {
  const interim = `HTTP/1.1 ${status} \r\nContent-Length: 9\r\n\r\n`;
  const final = 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na';
  const { exchanges, down } = open([
    ['up', 'GET / HTTP/1.1\r\n\r\n'],
    ['down', interim + final],
  ]);
  expect(exchanges).toEqual([
    { method: 'GET', target: '/', status: 200, up: 18, down: interim.length + final.length },
  ]);
  expect(down.at(-1)).toBe('* payload body 1');
});

test('an exchange is told when its last byte has come, and once', () => {
  const seen: string[] = [];
  const { push, end } = httpConversation(
    hearing(
      (direction, _layer, name) => seen.push(`${direction} ${name}`),
      ({ up, down }) => seen.push(`exchange ${up} ${down}`),
    ),
  );
  push('up', bytesOf('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nh'));
  push('down', bytesOf('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'));
  push('down', bytesOf('ok'));
  push('up', bytesOf('i'));
  end();
  expect(seen.slice(-4)).toEqual(['down blank-line', 'down body', 'up body', 'exchange 40 40']);
  expect(seen.filter((one) => one.startsWith('exchange'))).toHaveLength(1);
});

test('a conversation may be told to nobody but the sink', () => {
  const names: string[] = [];
  const { push } = httpConversation({ tell: ({ name }) => names.push(name) });
  push('up', bytesOf('GET / HTTP/1.1\r\n\r\n'));
  push('down', bytesOf('HTTP/1.1 204 No\r\n\r\n'));
  expect(names).toEqual(['request-line', 'blank-line', 'status-line', 'blank-line']);
});

test('what waits for the server to decide is read in the turn of its answer', () => {
  const told = tell(httpConversation, [
    ['up', `${asks}GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n`],
    ['down', 'HTTP/1.1 426 No\r\nContent-Length: 0\r\n\r\n'],
    ['down', 'HTTP/1.1 204 No\r\n\r\n'.repeat(2)],
  ]);
  expect(told.exchanges.map(({ target, status }) => [target, status])).toEqual([
    ['/ws', 426],
    ['/a', 204],
    ['/b', 204],
  ]);
});

import { expect, test } from 'vitest';
import { anyConversation } from '../../src/protocols/detect.ts';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { bytesOf, hearing, hex, type Script, tellEveryWay } from '../support/bytes.ts';

const any = (script: Script, ending: 'complete' | 'open' = 'open') =>
  tellEveryWay(anyConversation, script, ending);
const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

test('HTTP/1.1 is read as ever, also where it begins like the preface of HTTP/2', () => {
  for (const method of ['GET', 'PROPFIND', 'PRI']) {
    const script: Script = [
      ['up', `${method} / HTTP/1.1\r\nHost: a\r\n\r\n`],
      ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ];
    expect(any(script, 'complete')).toEqual(tellEveryWay(httpConversation, script));
  }
});

test('what each side said so far decides for itself, however their beginnings take turns', () => {
  const settings = hex('00 00 00 04 00 00 00 00 00');
  const told: string[] = [];
  const conversation = anyConversation(hearing((direction, layer) => told.push(`${direction} ${layer}`)));
  for (const at of [0, 3, 6]) {
    conversation.push('up', bytesOf(preface).subarray(8 * (at / 3), at === 6 ? undefined : 8 * (at / 3) + 8));
    conversation.push('down', settings.subarray(at, at + 3));
  }
  conversation.end();
  expect(new Set(told)).toEqual(new Set(['up http2', 'down http2']));
});

/** A ServerHello that chooses TLS_AES_128_GCM_SHA256, and nothing else. */
const serverHello = hex(`16 03 03 00 2a 02 00 00 26 03 03 ${'07'.repeat(32)} 00 13 01 00`);

test('RFC 8446 §5.1: a connection that begins with a handshake record is TLS, sealed where nobody has its secrets', () => {
  const told = any([
    ['up', hex('16 03 01 00 05 01 00 00 01 03')],
    ['down', serverHello],
    ['up', hex('17 03 03 00 03 01 02 03 17 03 03')],
    ['down', hex('17 03 03 00 01 09')],
  ]);
  expect(told.up).toEqual(['* tls record-head 5', '- tls client-hello 5', '* unparsed tls 11']);
  expect(told.down).toEqual(['* tls record-head 5', '- tls server-hello 42', '* unparsed tls 6']);
});

test('records of a client wait for the ServerHello: until it has come nobody knows how they are sealed', () => {
  const told = any([
    ['up', hex('16 03 01 00 05 01 00 00 01 03 17 03 03 00 01 09')],
    ['down', serverHello],
  ]);
  expect(told.up.at(-1)).toBe('* unparsed tls 6');
});

test('RFC 9113 §3.4: a connection that begins with the preface is HTTP/2', () => {
  const told = any([
    ['up', preface],
    ['down', hex('00 00 00 04 00 00 00 00 00')],
  ]);
  expect(told.up).toEqual(['* http2 preface 24']);
  expect(told.down).toEqual(['* http2 settings-head 9']);
});

test('a connection that ends before it has said what it is loses no byte', () => {
  expect(any([['up', preface.slice(0, 10)]]).up).toEqual(['* unparsed torn 10']);
  expect(any([['up', hex('16')]]).up).toEqual(['* unparsed torn 1']);
});

test('a server that speaks first speaks neither', () => {
  const told = any([['down', 'SSH-2.0-OpenSSH_9.6\r\n']]);
  expect(told.down).toEqual(['* unparsed malformed 21']);
});

test('what is sealed is told as it comes: a unit each way, then more of it', () => {
  const spans: string[] = [];
  const { push, end } = anyConversation(hearing((...span) => spans.push(span.join(' '))));
  push('up', hex('16 03 01 00 05 01 00 00 01 03'));
  push('down', serverHello);
  push('up', hex('17 03 03 00 01 02'));
  push('up', hex('03'));
  push('down', hex('17 03 03 00 00'));
  push('down', hex('16 03'));
  end();
  expect(spans.filter((span) => span.includes('unparsed'))).toEqual([
    ...['up unparsed tls 6 unit', 'up unparsed tls 1 more'],
    ...['down unparsed tls 5 unit', 'down unparsed tls 2 more'],
  ]);
});

test('a first byte of neither is HTTP at once: what follows is told as it comes', () => {
  const spans: string[] = [];
  const { push } = anyConversation(hearing((...span) => spans.push(span.join(' '))));
  push('up', Buffer.from('PRI / HTTP/1.1\r\n'));
  expect(spans).toEqual(['up http request-line 16 unit']);
});

import { encodePayload, type Packet } from 'engine.io-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { engineIoAt } from '../../src/protocols/engine-io/endpoint.ts';
import { engineIoMessage, engineIoPayload } from '../../src/protocols/engine-io/engine-io.ts';
import { createSession } from '../../src/protocols/engine-io/sessions.ts';
import { alone, sumOf, tell, tellEveryWay } from '../support/bytes.ts';
import { endpoint } from '../support/endpoints.ts';

const plain = endpoint({ transport: 'polling' });
const payload = (body: string) =>
  tellEveryWay(alone(engineIoPayload(plain, createSession())), [['down', body]], 'open').down;

test('Engine.IO protocol 4, HTTP long-polling: 4hello, 2 and 4world with separators', () => {
  expect(payload('4hello\x1e2\x1e4world')).toEqual([
    '* engine.io message 1',
    '* payload message 5',
    '- engine.io separator 1',
    '* engine.io ping 1',
    '- engine.io separator 1',
    '* engine.io message 1',
    '* payload message 5',
  ]);
});

test('Engine.IO protocol 4, HTTP long-polling: bAQIDBA== is four bytes', () => {
  expect(payload('4hello\x1ebAQIDBA==').slice(3)).toEqual([
    '* engine.io binary 1',
    '* payload message 4',
    '* encoding base64 4',
  ]);
});

test('Engine.IO protocol 4: the handshake and probes are Engine.IO’s own, an empty message is a message', () => {
  expect(
    payload('0{"sid":"a"}\x1e2probe\x1e3probe\x1e5\x1e6\x1e1\x1e4').filter((span) => !/separator/.test(span)),
  ).toEqual([
    '* engine.io open 1',
    '- engine.io handshake 11',
    '* engine.io ping 1',
    '- engine.io probe 5',
    '* engine.io pong 1',
    '- engine.io probe 5',
    '* engine.io upgrade 1',
    '* engine.io noop 1',
    '* engine.io close 1',
    '* engine.io message 1',
    '* payload message 0',
  ]);
});

test('a packet of no known type is unparsed, and those around it are not', () => {
  expect(payload('2\x1e7what\x1e\x1e3')).toEqual([
    '* engine.io ping 1',
    '- engine.io separator 1',
    '* unparsed malformed 5',
    '- engine.io separator 1',
    '- engine.io separator 1',
    '* engine.io pong 1',
  ]);
});

test('over WebSocket a text message is a packet and a binary message is the application’s, bare', () => {
  const told = (kind: 'text' | 'binary') =>
    tellEveryWay(alone(engineIoMessage(plain, kind, createSession())), [['down', '4hello']], 'open').down;
  expect(told('text')).toEqual(['* engine.io message 1', '* payload message 5']);
  expect(told('binary')).toEqual(['* payload message 6']);
});

test.each([
  ['/engine.io/?EIO=4&transport=polling', plain],
  ['/socket.io/?EIO=4&transport=websocket&sid=a', endpoint({ isSocketIo: true })],
  ['/app/socket.io/?transport=polling&EIO=4', endpoint({ transport: 'polling', isSocketIo: true })],
  ['/socket.io/?EIO=3&transport=polling', endpoint({ transport: 'polling', version: 3, isSocketIo: true })],
  [
    '/socket.io/?EIO=4&transport=polling&j=0',
    endpoint({ transport: 'polling', isJsonp: true, isSocketIo: true }),
  ],
  ['/socket.io/?EIO=5&transport=polling', undefined],
  ['/socket.io/socket.io.js', undefined],
  ['/?next=/socket.io/?EIO=4', undefined],
])('the target %s names its endpoint', (target, endpoint) => {
  expect(engineIoAt(target)).toEqual(endpoint);
});

test('SIO10: any packets of engine.io-parser give their payload, and binary costs 4·ceil(n/3) + 1 in all', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '"', '\n', '😀') });
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.uint8Array())), (messages) => {
      let body = '';
      const packets: Packet[] = messages.map((data) => ({
        type: 'message',
        data: typeof data === 'string' ? data : Buffer.from(data),
      }));
      encodePayload(packets, (encoded) => {
        body = encoded;
      });
      const { down } = tell(alone(engineIoPayload(plain, createSession())), [['down', body]]);
      const sizes = messages.map((data) => Buffer.from(data as string).length);
      expect(down.filter((span) => span.startsWith('* payload'))).toEqual(
        sizes.map((n) => `* payload message ${n}`),
      );
      const binary = messages
        .filter((data) => typeof data !== 'string')
        .map(({ length }) => 4 * Math.ceil(length / 3) - length);
      expect(sumOf(down, /encoding/)).toBe(binary.reduce((sum, n) => sum + n, 0));
      expect(sumOf(down, /engine\.io/)).toBe(Math.max(0, 2 * messages.length - 1));
    }),
  );
});

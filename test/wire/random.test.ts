/** For any bytes: nothing is thrown, nothing is lost, and how they are cut does not matter. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import { byteByByte, bytesOf, tell } from '../support/bytes.ts';

const get = (target: string) => `GET ${target} HTTP/1.1\r\n\r\n`;
const chunked = (type: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`;
const upgrade = (target: string) => `GET ${target} HTTP/1.1\r\nUpgrade: websocket\r\n\r\n`;
const switches =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n';
const polling = '/socket.io/?EIO=4&transport=polling';

/** How far both sides have come when the noise begins. */
const beginnings: readonly (readonly [string, string, string])[] = [
  ['nothing', '', ''],
  ['a plain response', get('/'), 'HTTP/1.1 200 OK\r\n\r\n'],
  ['a mailbox', get('/mailbox'), 'HTTP/1.1 200 OK\r\n\r\n'],
  ['an event stream', get('/events'), 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'],
  ['a stream of JSON lines', get('/stream'), 'HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n'],
  ['chunks of an event stream', get('/events'), chunked('text/event-stream')],
  ['polling', get(polling), 'HTTP/1.1 200 OK\r\n\r\n'],
  ['a WebSocket', upgrade('/ws'), switches],
  ['Socket.IO over WebSocket', upgrade('/socket.io/?EIO=4'), switches],
  ['an undecided upgrade', upgrade('/ws'), ''],
];

/** Noise made of protocol words: random bytes alone rarely get past a first line. */
const words = fc.constantFrom(
  ...[
    get('/'),
    '\r\n',
    '\n',
    '\r',
    '5\r\n',
    '0\r\n\r\n',
    'data: ',
    'data\n\n',
    'event: json\n',
    'event: binary\n',
    ': c\n',
  ],
  ...[
    '3:abc,',
    '42["a","\\u00e9"]',
    '451-["a",{"_placeholder":true,"num":0}]',
    '\x1e',
    'bAQI=',
    '"',
    '\\',
    '0{}',
    '2probe',
  ],
  ...[
    'HTTP/1.1 200 OK\r\n',
    'Content-Length: 3\r\n',
    'Transfer-Encoding: chunked\r\n',
    'HTTP/1.1 100 C\r\n\r\n',
    '\ufeff',
  ],
);
const frame = fc.constantFrom(
  '8100',
  '0103616263',
  '800161',
  '8900',
  '8880000000000000',
  'c10161',
  '818100000000' + '34',
  '827e0003010203',
);
const noise = fc.array(
  fc.oneof(
    words.map(bytesOf),
    frame.map((listing) => Buffer.from(listing, 'hex')),
    fc.uint8Array({ maxLength: 12 }).map(bytesOf),
  ),
  { maxLength: 12 },
);

test.each(beginnings)('after %s, noise both ways is told whole and the same for every cut', (_, up, down) => {
  fc.assert(
    fc.property(noise, noise, fc.boolean(), (upNoise, downNoise, downFirst) => {
      const upward = ['up', Buffer.concat(upNoise)] as const;
      const downward = ['down', Buffer.concat(downNoise)] as const;
      const script = [
        ['up', up],
        ['down', down],
        ...(downFirst ? [downward, upward] : [upward, downward]),
      ] as const;
      expect(tell(httpConversation, script, byteByByte)).toEqual(tell(httpConversation, script));
    }),
    { numRuns: 150 },
  );
});

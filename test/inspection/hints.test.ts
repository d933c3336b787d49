import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import type { Inspection } from '../../src/document/inspection.ts';
import { hints, hintsOf } from '../../src/inspection/hints.ts';
import { hintPhrases, hintText } from '../../src/report/views/inspection/inspection-hints.ts';
import { calm, field, noFrames, seen } from './totals.ts';

const body = (bytes: number) => field('payload', 'body', 'down', 1, bytes);
const extensions = (offered: number, accepted: number) => [
  field('http', 'sec-websocket-extensions', 'up', offered, 40),
  field('http', 'sec-websocket-extensions', 'down', accepted, 40),
];

const beat = (
  layer: 'websocket' | 'sse',
  name: 'ping' | 'pong' | 'comment',
  direction: 'up' | 'down',
  bytes: number,
) => ({ layer, name, direction, bytes, count: 4, periodMs: 25_000 });

const held = (sign: 'timed' | 'buffered' | 'chunked', bursts: number, events: number, lateMs: number) => ({
  sign,
  bursts,
  events,
  lateMs,
  streams: 1,
  bytes: 4096 * bursts,
  pausesMs: 300 * bursts,
});

/** What causes a hint, its text, and what is just not enough to cause it. */
const cases: [kind: string, enough: Partial<Inspection>, says: string, tooLittle: Partial<Inspection>][] = [
  [
    'empty-polls',
    { polls: { made: 14, empty: 12 } },
    '12 polls of 14 were empty',
    { polls: { made: 14, empty: 6 } },
  ],
  [
    'connection-per-request',
    { plainRequests: 6, singleRequests: 5 },
    'a new connection for nearly every request: 5 of 6 had one of their own; keep-alive would save that',
    { plainRequests: 7, singleRequests: 5 },
  ],
  [
    'cookies',
    { fields: [field('http', 'cookie', 'up', 2, 610), field('http', 'host', 'up', 2, 390)] },
    'cookies make up 61.0 % of the upstream bytes (610 B)',
    { fields: [field('http', 'cookie', 'up', 2, 9), field('http', 'host', 'up', 2, 91)] },
  ],
  [
    'headers',
    { requests: 10, fields: [field('http', 'host', 'up', 10, 500), body(500)] },
    'headers make up 50.0 % of all bytes (10 requests)',
    // What a refusal says in its body is no header.
    {
      requests: 10,
      fields: [field('http', 'host', 'up', 10, 499), field('http', 'refusal', 'down', 1, 400), body(101)],
    },
  ],
  [
    'upgrade-stripped',
    { handshakes: { asked: 3, stripped: 2, refused: 0, offering: 0 } },
    'an upgrade to WebSocket was asked for and answered 400 or 426, as if it had not been (2 of 3): something on the way strips the fields Upgrade and Connection',
    { handshakes: { asked: 3, stripped: 0, refused: 3, offering: 0 } },
  ],
  [
    'upgrade-refused',
    { handshakes: { asked: 3, stripped: 0, refused: 1, offering: 2 } },
    'an upgrade to WebSocket was asked for and refused (1 of 3): an error or a page came instead; see the requests',
    { handshakes: { asked: 3, stripped: 3, refused: 0, offering: 0 } },
  ],
  [
    'compression-refused',
    {
      fields: extensions(2, 1),
      handshakes: { asked: 2, stripped: 0, refused: 0, offering: 2 },
      deflatable: { bytes: 4000, deflated: 1000 },
    },
    'WebSocket compression is offered but not used: handshakes that offered it 2, that got it 1. Of 4,000 B of messages it would have saved 75.0 %',
    // What is compressed already, or short, gets no shorter.
    {
      fields: extensions(2, 1),
      handshakes: { asked: 2, stripped: 0, refused: 0, offering: 2 },
      deflatable: { bytes: 16_000, deflated: 15_000 },
    },
  ],
  [
    'compression-idle',
    { fields: extensions(1, 1), messages: { up: 3, down: 4 } },
    'WebSocket compression was agreed on (1×), but none of the 7 messages was compressed',
    { fields: extensions(1, 1), messages: { up: 3, down: 4 }, compressedMessages: 1 },
  ],
  [
    'bodies-uncompressed',
    { uncompressed: { bodies: 3, bytes: 10_000 } },
    'compression is offered but not used: requests that accept it 3, bodies that came as they are 10.0 kB',
    { uncompressed: { bodies: 3, bytes: 9_999 } },
  ],
  [
    'compressed-messages',
    { compressedMessages: 2 },
    'compressed frames: the payload of 2 messages is counted as it was compressed; what is around it inside is counted with it',
    {},
  ],
  [
    'stays-with-polling',
    { engineIo: { polling: 10, upgrades: 0, answered: 10, version3: 0 } },
    'Socket.IO stays with polling: 10 requests, and no upgrade to WebSocket',
    // Refused each time: a client without a session does not stay with polling.
    { engineIo: { polling: 14, upgrades: 0, answered: 0, version3: 0 } },
  ],
  [
    'versions-differ',
    { engineIo: { polling: 1, upgrades: 0, answered: 1, version3: 2 } },
    'version 4 of Engine.IO was asked for and version 3 answered (2 packets): the server is Socket.IO 2, the client a later one; let one of them follow the other',
    { engineIo: { polling: 1, upgrades: 0, answered: 1, version3: 0 } },
  ],
  [
    'heartbeats',
    {
      fields: [field('engine.io', 'ping', 'down', 2), field('engine.io', 'pong', 'up', 2)],
      messages: { up: 3, down: 0 },
    },
    'more heartbeats than messages: 4 pings, pongs and comments, 3 messages',
    { fields: [field('sse', 'comment', 'down', 4, 12)], messages: { up: 0, down: 4 } },
  ],
  [
    'heartbeat-messages',
    { steadyMessages: [{ direction: 'up', text: '{"type":"ping"}', count: 4, bytes: 88, periodMs: 2000 }] },
    'heartbeats made of messages, one each 2 s: an hour in which nothing else is said costs 39.6 kB; a ping of the protocol is shorter, and seldom needed more than every 25 s',
    { steadyMessages: [] },
  ],
  [
    'silence',
    {
      beats: [
        beat('websocket', 'ping', 'down', 4 * 2),
        beat('websocket', 'pong', 'up', 4 * 6),
        beat('websocket', 'pong', 'up', 4 * 6),
        beat('sse', 'comment', 'down', 4 * 3),
      ],
    },
    'an hour in which nothing is said costs a connection 1,584 B of heartbeats, one each 25 s: pings of WebSocket 1,152 B, comments of event streams 432 B',
    { beats: [] },
  ],
  [
    'packets-in-pieces',
    { mqtt: { packets: 10, messages: 15, headBytes: 30 } },
    'packets of MQTT come in pieces: 10 packets in 15 WebSocket messages, 30 B of heads that whole packets would not need. MQTT.js writes each field by itself; a broker or client that writes packets whole, or gathers a moment’s writes, saves them',
    { mqtt: { packets: 10, messages: 14, headBytes: 24 } },
  ],
  [
    'packets-heavier',
    { packetWeights: { packets: 5, bytes: 120, plainBytes: 60 } },
    'the parser of Socket.IO makes its packets heavier: 5 weigh 120 B, and Socket.IO’s own would make 60 B of them. MessagePack is lighter for binary and for many numbers',
    { packetWeights: { packets: 5, bytes: 60, plainBytes: 60 } },
  ],
  [
    'own-messages-back',
    { echoes: { connections: 1, sent: 12, returned: 11, bytes: 990 } },
    'clients get back what they have sent, byte for byte: 11 of 12 messages, 990 B. Is that wanted? A server that broadcasts can leave the sender out',
    {},
  ],
  [
    'frames-after-close',
    { frames: { ...noFrames, pings: 0, pongs: 0, afterClose: 2 } },
    'frames sent after a Close: 2; nobody has to read them (RFC 6455 §5.5.1)',
    { frames: { ...noFrames, pings: 4, pongs: 4, afterClose: 0 }, messages: { up: 9, down: 0 } },
  ],
  [
    'streamed-responses',
    { slowBodies: { responses: 1, chunks: 45, ms: 12_000 } },
    'responses that are streams, whatever their type says: 1, 45 chunks over 12 s; what is in them counts as one message each',
    { slowBodies: { responses: 0, chunks: 0, ms: 0 } },
  ],
  [
    'events-corked',
    { heldStreams: [held('timed', 3, 12, 600)] },
    'events come 4 at a time, the first of them 200 ms late by the times they carry: something on the way, or before, corks the stream. Behind nginx answer with `X-Accel-Buffering: no`, set `option http-no-delay` in HAProxy and TCP_NODELAY in the server',
    { heldStreams: [held('chunked', 3, 12, 600)] },
  ],
  [
    'events-buffered',
    { heldStreams: [held('buffered', 3, 110, 600)] },
    'events come when a buffer is full, 4,096 B and 36.7 events at a time, after pauses of 300 ms: something on the way buffers the stream. Behind nginx answer with `X-Accel-Buffering: no`; elsewhere switch buffering of responses off',
    {},
  ],
  [
    'events-together',
    { heldStreams: [held('chunked', 3, 12, 600)] },
    'events come 4 at a time after pauses of 300 ms, each in a chunk of its own. Unless the application writes them in one go, something on the way corks the stream, and the first of them is some 200 ms late: behind nginx answer with `X-Accel-Buffering: no`, set `option http-no-delay` in HAProxy and TCP_NODELAY in the server',
    {
      heldStreams: [held('chunked', 3, 12, 600)],
      delay: { ...calm, loopP99Ms: 76 },
    },
  ],
  [
    'unfinished-events',
    { unfinishedEvents: 1 },
    'events cut off before their empty line: 1; no page gets them, so let the client come back with Last-Event-ID',
    { unfinishedEvents: 0 },
  ],
  [
    'small-messages-compressed',
    { compressedMessages: 10, fields: [field('payload', 'compressed', 'up', 10, 240)] },
    'small messages are compressed: 10, 24 B each on the wire; below some hundred bytes compression saves little or adds to them. Set a threshold',
    { compressedMessages: 10, fields: [field('payload', 'compressed', 'up', 10, 250)] },
  ],
  [
    'frames-per-message',
    { frames: { ...noFrames, messages: 10, continuations: 5 } },
    '15 frames for 10 messages: each part has a head of its own; write a message in one piece',
    { frames: { ...noFrames, pings: 9, messages: 10, continuations: 4 } },
  ],
  [
    'encoding',
    { fields: [field('encoding', 'base64', 'down', 4, 1000), body(3000)] },
    'base64 and escapes make up 25.0 % of all bytes (1,000 B); binary messages would not need them',
    { fields: [field('encoding', 'base64', 'down', 4, 1000), body(9001)] },
  ],
  [
    'tls',
    { fields: [field('unparsed', 'tls', 'up', 1, 517)] },
    'TLS: 517 B cannot be read without the client’s secrets (--keylog)',
    {},
  ],
  ['http2', { fields: [field('unparsed', 'http2', 'up', 1, 24)] }, 'HTTP/2: 24 B cannot be read', {}],
  [
    'unparsed',
    { fields: [field('unparsed', 'torn', 'up', 1, 3), field('unparsed', 'tls', 'up', 1, 517)] },
    '3 B could not be read by any dissector; see the layer “unparsed”',
    { fields: [field('unparsed', 'tls', 'up', 1, 517)] },
  ],
  ['refused', { refused: 2 }, 'the application refused connections: 2', {}],
];

test.each(cases)('%s', (kind, enough, says, tooLittle) => {
  const found = hintsOf(seen(enough)).filter((hint) => hint.kind === kind);
  expect(found.map((hint) => hintText(hint, readerOfFiles('en')))).toEqual([says]);
  expect(hintText(found[0]!, readerOfFiles('ko'))).toMatch(/[가-힣]/);
  expect(hintText(found[0]!, readerOfFiles('ko'))).not.toMatch(/[{}]/);
  expect(hintsOf(seen(tooLittle)).filter((hint) => hint.kind === kind)).toEqual([]);
});

test('every hint has a case here and words in both languages, and there are no words without a hint', () => {
  const kinds = Object.keys(hints);
  expect(cases.map(([kind]) => kind)).toEqual(kinds);
  expect(Object.keys(hintPhrases).sort()).toEqual(kinds.toSorted());
});

test('where nothing was seen nothing stands out', () => {
  expect(hintsOf(seen({ connections: 0, requests: 0 }))).toEqual([]);
});

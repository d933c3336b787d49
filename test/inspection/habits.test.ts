/** Costly habits of applications: packets in pieces, heavier formats, their own messages back, heartbeats. */
import { expect, test } from 'vitest';
import { bytesOf, hex } from '../support/bytes.ts';
import { again, hint, inspected, type Said, text, upMasked, webSocket } from './script.ts';

const mqtt = [
  webSocket('/mqtt')[0]!,
  [
    'down',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n',
  ] as const,
];
/** PUBLISH of MQTT 3.1.1 §3.3 with QoS 0: type, length, topic `a/b`, `hi`. */
const publish = ['30', '07', '0003', '612f62', '6869'];

test('packets of MQTT that come in pieces pay a head for each piece', () => {
  const pieces = again(6, () => publish.map((piece) => upMasked(hex(piece), '82'))).flat();
  const seen = inspected(...mqtt, ...pieces);
  expect(seen.mqtt).toEqual({ packets: 6, messages: 30, headBytes: 6 * 4 * 6 });
  expect(hint(seen, 'packets-in-pieces')).toEqual({ packets: 6, messages: 30, bytes: 144 });
});

test('whole packets, several in a message, and messages of nobody’s MQTT are left alone', () => {
  const whole = again(10, () => upMasked(hex(publish.join('')), '82'));
  expect(hint(inspected(...mqtt, ...whole), 'packets-in-pieces')).toBeUndefined();
  const several = inspected(...mqtt, upMasked(hex(publish.join('').repeat(3)), '82'));
  expect(several.mqtt).toEqual({ packets: 3, messages: 1, headBytes: 0 });
  const other = again(6, () => publish.map((piece) => upMasked(hex(piece), '82'))).flat();
  expect(inspected(...webSocket(), ...other).mqtt.packets).toBe(0);
});

test('a length of MQTT may take four bytes, cut anywhere; where its end is not seen nothing more is said', () => {
  // 300 bytes: AC 02 (§2.1.4).
  const long = inspected(
    ...mqtt,
    upMasked(hex('30 ac'), '82'),
    upMasked(hex('02'), '82'),
    ...again(3, () => upMasked(Buffer.alloc(100), '82')),
    upMasked(hex('c000'), '82'),
  );
  expect(long.mqtt).toEqual({ packets: 2, messages: 6, headBytes: 4 * 6 });
  const frame = Buffer.concat([hex('82 7e 0130'), hex('30 ac 02'), Buffer.alloc(300), hex('c0')]);
  const lost = inspected(...mqtt, ['down', frame], ['down', hex('82 01 00')]);
  expect(lost.mqtt).toEqual({ packets: 0, messages: 0, headBytes: 0 });
});

const binary = (data: Uint8Array) => Buffer.concat([hex('82'), Uint8Array.of(data.length), data]);
const socketIo = webSocket('/socket.io/?EIO=4&transport=websocket');
const packedText = (word: string) => Buffer.concat([Uint8Array.of(0xa0 | word.length), bytesOf(word)]);
/** `{type: 2, data: [event, data], nsp: "/"}` as socket.io-msgpack-parser writes it. */
const packed = (event: string, data: Uint8Array) =>
  Buffer.concat([
    ...[hex('83'), packedText('type'), hex('02'), packedText('data'), hex('92'), packedText(event), data],
    ...[packedText('nsp'), packedText('/')],
  ]);

test('MessagePack that is heavier than Socket.IO’s own packets is told, with both figures', () => {
  const packet = packed('m', packedText('hi'));
  const seen = inspected(...socketIo, ...again(5, (): Said => ['down', binary(packet)]));
  // 42["m","hi"]
  expect(seen.packetWeights).toEqual({ packets: 5, bytes: 5 * packet.length, plainBytes: 5 * 12 });
  expect(hint(seen, 'packets-heavier')).toEqual({ packets: 5, bytes: 5 * packet.length, plainBytes: 60 });
});

test('MessagePack that is lighter, or holds what JSON cannot, is not', () => {
  // Ten floats: 1 + 10 × 9 bytes, and some 190 characters.
  const number = Buffer.alloc(9, 0xcb);
  number.writeDoubleBE(-0.12345678901234568, 1);
  const floats = Buffer.concat([hex('9a'), ...again(10, () => number)]);
  const seen = inspected(...socketIo, ...again(5, (): Said => ['down', binary(packed('m', floats))]));
  expect(seen.packetWeights.packets).toBe(5);
  expect(hint(seen, 'packets-heavier')).toBeUndefined();
  const raw = again(5, (): Said => ['down', binary(packed('m', hex('c4 02 00ff')))]);
  expect(inspected(...socketIo, ...raw).packetWeights.packets).toBe(0);
});

test('packets as JSON objects are weighed, too', () => {
  const seen = inspected(
    ...socketIo,
    ...again(5, (): Said => ['down', text('4{"type":2,"nsp":"/","data":["m","hi"]}')]),
  );
  expect(hint(seen, 'packets-heavier')).toEqual({ packets: 5, bytes: 5 * 39, plainBytes: 60 });
});

test('what comes back to its sender byte for byte is told from eleven different messages on', () => {
  const talk = (count: number, back: (index: number) => string) =>
    inspected(
      ...webSocket(),
      ...again(count, (index): readonly Said[] => [
        upMasked(`edit ${index}`),
        ['down', text(back(index))],
      ]).flat(),
    );
  const same = talk(11, (index) => `edit ${index}`);
  expect(hint(same, 'own-messages-back')).toEqual({ sent: 11, returned: 11, bytes: 8 * 10 + 9 + 0 });
  expect(
    hint(
      talk(10, (index) => `edit ${index}`),
      'own-messages-back',
    ),
  ).toBeUndefined();
  expect(
    hint(
      talk(20, (index) => `${index} done`),
      'own-messages-back',
    ),
  ).toBeUndefined();
  // Four of five are not most of them.
  expect(
    hint(
      talk(20, (index) => (index % 5 === 0 ? 'no' : `edit ${index}`)),
      'own-messages-back',
    ),
  ).toBeUndefined();
  // A ping directly after the echo: it is read before the next message.
  const pinged = again(11, (index): readonly Said[] => [
    [...upMasked(`edit ${index}`), index * 50] as const,
    ['down', Buffer.concat([text(`edit ${index}`), hex('89 00')]), index * 50 + 1],
  ]).flat();
  expect(hint(inspected(...webSocket(), ...pinged), 'own-messages-back')).toMatchObject({ returned: 11 });
  // Both sides send the same text as a heartbeat.
  expect(
    hint(
      talk(20, () => '{"type":6}'),
      'own-messages-back',
    ),
  ).toBeUndefined();
});

test('what an hour of silence costs is known once the heartbeats keep a pace, and whose bytes it is', () => {
  const pings = again(5, (index): readonly Said[] => [
    ['down', hex('89 00'), 25_000 * (index + 1)],
    [...upMasked('', '8a'), 25_000 * (index + 1) + 1] as const,
  ]).flat();
  const seen = inspected(...webSocket(), ...pings);
  // A ping of 2 B and a masked pong of 6, 144 times an hour.
  expect(hint(seen, 'silence')).toEqual({
    seconds: 25,
    bytes: 1152,
    webSocketBytes: 1152,
    engineIoBytes: 0,
    sseBytes: 0,
  });
  const engine = again(4, (index): Said => ['down', text('2'), 25_000 * (index + 1)]);
  expect(hint(inspected(...socketIo, ...engine), 'silence')).toMatchObject({
    bytes: 3 * 144,
    engineIoBytes: 432,
  });
  expect(hint(inspected(...webSocket(), ...pings.slice(0, 6)), 'silence')).toBeUndefined();
});

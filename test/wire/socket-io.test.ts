import fc from 'fast-check';
import { Encoder, PacketType } from 'socket.io-parser';
import { expect, test } from 'vitest';
import { engineIoMessage } from '../../src/protocols/engine-io/engine-io.ts';
import { createSession } from '../../src/protocols/engine-io/sessions.ts';
import { alone, bytesOf, sumOf, tell } from '../support/bytes.ts';
import { endpoint } from '../support/endpoints.ts';

/** What Engine.IO carries in a `message` packet of a Socket.IO endpoint. */
const packet = (text: string) =>
  tell(alone(engineIoMessage(endpoint({ isSocketIo: true }), 'text', createSession())), [
    ['down', `4${text}`],
  ]).down.slice(1);

test.each([
  ['0', ['* socket.io connect 1']],
  ['0{"sid":"wZX3oN0bSVIhsaknAAAI"}', ['* socket.io connect 1', '- socket.io json 30']],
  [
    '0/admin,{"sid":"oSO0OpakMV_3jnilAAAA"}',
    ['* socket.io connect 1', '- socket.io namespace 7', '- socket.io json 30'],
  ],
  ['4{"message":"Not authorized"}', ['* socket.io connect-error 1', '- socket.io json 28']],
  ['1', ['* socket.io disconnect 1']],
  ['1/admin,', ['* socket.io disconnect 1', '- socket.io namespace 7']],
  ['312[]', ['* socket.io ack 1', '- socket.io ack-id 2', '- socket.io json 2']],
])('Socket.IO protocol 5, packet encoding: %s', (text, spans) => {
  expect(packet(text)).toEqual(spans);
});

test('Socket.IO protocol 5, packet encoding: 2["foo"] has a name and no argument', () => {
  expect(packet('2["foo"]')).toEqual([
    '* socket.io event 1',
    '- socket.io json 2',
    '- socket.io event-name 3',
    '- socket.io json 2',
  ]);
});

test('Socket.IO protocol 5, packet encoding: 2/admin,13["foo"] and 3/admin,13["bar"]', () => {
  const header = ['- socket.io namespace 7', '- socket.io ack-id 2', '- socket.io json 2'];
  expect(packet('2/admin,13["foo"]').slice(1, 5)).toEqual([...header, '- socket.io event-name 3']);
  expect(packet('3/admin,13["bar"]').slice(1, 5)).toEqual([...header, '* payload message 3']);
});

test('Socket.IO protocol 5, packet encoding: 52-/admin,["baz",…] leaves placeholders for its attachments', () => {
  expect(packet('52-/admin,["baz",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]')).toEqual([
    '* socket.io binary-event 1',
    '- socket.io attachments 2',
    '- socket.io namespace 7',
    '- socket.io json 2',
    '- socket.io event-name 3',
    '- socket.io json 62',
  ]);
  expect(packet('61-15["bar",{"_placeholder":true,"num":0}]').slice(0, 5)).toEqual([
    '* socket.io binary-ack 1',
    '- socket.io attachments 2',
    '- socket.io ack-id 2',
    '- socket.io json 2',
    '* payload message 3',
  ]);
});

test('two attachments of one argument stand between its pieces', () => {
  const placeholder = (num: number) => `{"_placeholder":true,"num":${num}}`;
  const spans = packet(`52-["e",{"a":${placeholder(0)},"b":${placeholder(1)}}]`);
  expect(spans.filter((span) => /payload/.test(span))).toEqual([
    '* payload argument 5',
    '* payload argument 5',
    '* payload argument 1',
  ]);
});

test('a CONNECT may say anything that is JSON', () => {
  for (const said of ['"text"', 'null', 'true', '[]'])
    expect(packet(`0${said}`)).toEqual(['* socket.io connect 1', `- socket.io json ${said.length}`]);
});

test('arguments that are no strings are payload as they stand, strings without their escapes', () => {
  expect(packet('2["e",{"a":[1,"],"]},12,"a\\"b",""]')).toEqual([
    '* socket.io event 1',
    '- socket.io json 2',
    '- socket.io event-name 1',
    '- socket.io json 2',
    '* payload argument 14',
    '- socket.io json 1',
    '* payload argument 2',
    '- socket.io json 2',
    '* payload message 1',
    '* encoding json-escape 1',
    '+ payload message 2',
    '- socket.io json 3',
    '* payload message 0',
    '- socket.io json 2',
  ]);
});

test.each(['', '2', '2{}', '2["a"', '7["a"]', '5["a"]', 'x', '2["a"]x'])(
  '"%s" is no packet, and is not lost',
  (text) => {
    expect(packet(text)).toEqual([`* payload message ${text.length}`]);
  },
);

/** The WebSocket messages of one packet, as socket.io and engine.io make them. */
function sent(packet: Parameters<Encoder['encode']>[0]) {
  const own = endpoint({ isSocketIo: true });
  const session = createSession();
  return new Encoder().encode(packet).map((message) => {
    const kind = typeof message === 'string' ? 'text' : 'binary';
    const bytes = bytesOf(typeof message === 'string' ? `4${message}` : message);
    return {
      bytes: bytes.length,
      spans: tell(alone(engineIoMessage(own, kind, session)), [['down', bytes]]).down,
    };
  });
}

const text = fc.string({ unit: fc.constantFrom('a', 'é', '"', '\\', '\n', '\u0001', '😀', '\ud800', '/') });

test('SIO1, SIO2: any string emitted adds len(event) + 9 bytes, an ack id its digits, a namespace its length + 1', () => {
  fc.assert(
    fc.property(text, fc.option(fc.nat()), fc.constantFrom('/', '/admin'), (message, id, nsp) => {
      const event = { type: PacketType.EVENT, data: ['echo', message], nsp, ...(id === null ? {} : { id }) };
      const [{ bytes, spans } = { bytes: 0, spans: [] }] = sent(event);
      // A lone surrogate is no text: JSON escapes it, and UTF-8 would write three bytes for it.
      expect(sumOf(spans, /payload/)).toBe(Buffer.byteLength(message));
      const header = 9 + 4 + (id === null ? 0 : String(id).length) + (nsp === '/' ? 0 : nsp.length + 1);
      expect(sumOf(spans, /(engine|socket)\.io/)).toBe(header);
      expect(sumOf(spans, /encoding/)).toBe(bytes - header - Buffer.byteLength(message));
    }),
  );
});

test('SIO3: a binary message is a text frame of len(event) + 38 bytes and its attachment', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (data) => {
      const [event, attachment] = sent({
        type: PacketType.EVENT,
        data: ['echo', Buffer.from(data)],
        nsp: '/',
      });
      expect(event?.bytes).toBe(4 + 38);
      expect(sumOf(event?.spans ?? [], /payload|unparsed/)).toBe(0);
      expect(attachment?.spans).toEqual([`* payload attachment ${data.length}`]);
    }),
  );
});

test('SIO2: a reply of n bytes takes n + 6 + digits(id) bytes', () => {
  const [reply] = sent({ type: PacketType.ACK, data: ['pong!'], nsp: '/', id: 123 });
  expect(reply?.bytes).toBe(5 + 6 + 3);
});

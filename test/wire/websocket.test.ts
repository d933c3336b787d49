import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as ws from 'ws';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import type { Layer } from '../../src/protocols/layers.ts';
import { afterClose, type FrameRules, readFrames } from '../../src/protocols/websocket/websocket.ts';
import { feedSpliced, type Splice } from '../../src/wire/splice.ts';
import { verbatim } from '../../src/wire/verbatim.ts';
import { alone, bytesOf, hex, tell, tellEveryWay } from '../support/bytes.ts';

const plain = { extension: 'none' as const, open: () => verbatim('payload', 'message', 'unit') };
const framed = (rules: FrameRules) =>
  alone((tell, outside) =>
    feedSpliced(tell, outside, (wire: Splice<Layer>) => readFrames(wire, outside, rules)),
  );
const frames = (bytes: Buffer, rules: Partial<FrameRules> = {}, ending?: 'complete' | 'open') =>
  tellEveryWay(framed({ masked: false, ...plain, ...rules }), [['down', bytes]], ending).down;

test('RFC 6455 §5.7: a single-frame unmasked text message that says Hello', () => {
  expect(frames(hex('81 05 48 65 6c 6c 6f'))).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '* payload message 5',
  ]);
});

test('RFC 6455 §5.7: a single-frame masked text message that says Hello, unmasked for its reader', () => {
  let read = '';
  const open: FrameRules['open'] = () => (tell, message) => ({
    push(bytes) {
      read += Buffer.from(bytes).toString();
      const mark = read.length === bytes.length ? 'unit' : 'more';
      tell({ message, layer: 'payload', name: 'message', length: bytes.length, mark });
    },
    end() {
      expect(read).toBe('Hello');
      read = '';
    },
  });
  expect(frames(hex('81 85 37 fa 21 3d 7f 9f 4d 51 58'), { masked: true, open })).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '- websocket masking-key 4',
    '* payload message 5',
  ]);
});

test('RFC 6455 §5.7: a fragmented unmasked text message is one message in two frames', () => {
  expect(frames(hex('01 03 48 65 6c 80 02 6c 6f'))).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '* payload message 3',
    '* websocket opcode 1',
    '- websocket length 1',
    '+ payload message 2',
  ]);
});

test('RFC 6455 §5.7: an unmasked ping and its masked pong', () => {
  expect(frames(hex('89 05 48 65 6c 6c 6f'))).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '- websocket ping-data 5',
  ]);
  expect(frames(hex('8a 85 37 fa 21 3d 7f 9f 4d 51 58'), { masked: true })).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '- websocket masking-key 4',
    '- websocket pong-data 5',
  ]);
});

test('RFC 6455 §5.7: 256 bytes and 64 KiB of binary data say their length in 3 and in 9 bytes', () => {
  const rules = { masked: false, ...plain };
  const told = (bytes: Buffer) => tell(framed(rules), [['down', bytes]]).down;
  expect(told(Buffer.concat([hex('82 7e 01 00'), Buffer.alloc(256)])).slice(1)).toEqual([
    '- websocket length 3',
    '* payload message 256',
  ]);
  const long = Buffer.concat([hex('82 7f 00 00 00 00 00 01 00 00'), Buffer.alloc(65_536)]);
  expect(told(long).slice(1)).toEqual(['- websocket length 9', '* payload message 65536']);
});

test('RFC 6455 §5.4: a control frame may stand inside a fragmented message', () => {
  expect(frames(hex('01 01 61 89 00 80 01 62'))).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '* payload message 1',
    '* websocket opcode 1',
    '- websocket length 1',
    '* websocket opcode 1',
    '- websocket length 1',
    '+ payload message 1',
  ]);
});

test('an empty message is one message, fragmented or not', () => {
  expect(frames(hex('81 00 01 00 80 00')).filter((span) => /payload/.test(span))).toEqual([
    '* payload message 0',
    '* payload message 0',
  ]);
});

test('RFC 6455 §5.5.1: a close frame has a code and a reason; what follows it is a frame all the same', () => {
  expect(frames(hex('88 05 03e8 627965 8100'), {}, 'open')).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '- websocket close-code 2',
    '- websocket close-reason 3',
    '* websocket opcode 1',
    '- websocket length 1',
    '* payload message 0',
  ]);
  expect(frames(hex('88 00'))).toEqual(['* websocket opcode 1', '- websocket length 1']);
});

test('RFC 6455 §5.5.1: a frame is late that follows a Close, and no other', () => {
  const late: unknown[] = [];
  const { push } = framed({ masked: false, ...plain })({
    tell({ name, value }) {
      if (name === 'opcode') late.push(value);
    },
  });
  push('down', hex('81 00 89 00 88 00 81 00 8a 00'));
  expect(late).toEqual([undefined, undefined, undefined, afterClose, afterClose]);
});

test.each([
  ['a reserved opcode', '83 00'],
  ['a reserved bit', 'a1 00'],
  ['RSV1 without an extension', 'c1 00'],
  ['RSV1 on a control frame', 'c9 00'],
  ['a control frame of 126 bytes', '89 7e 00 7e'],
  ['a fragmented control frame', '09 00'],
  ['a close of one byte', '88 01 00'],
  ['a continuation of nothing', '80 00'],
  ['a masked frame from the server', '81 80 00 00 00 00'],
  ['a length above 2^53', '82 7f 00 ff ff ff ff ff ff ff'],
])('RFC 6455 §5: from %s on, the direction is unparsed', (_, frame) => {
  const bytes = hex(`81 01 61 ${frame} 81 01 61`);
  expect(frames(bytes, { extension: frame.startsWith('c9') ? 'deflate' : 'none' }, 'open').slice(3)).toEqual([
    `* unparsed malformed ${bytes.length - 3}`,
  ]);
});

test('RFC 6455 §5.4: a new message inside a fragmented one is malformed; §5.1: so is an unmasked frame from a client', () => {
  expect(frames(hex('01 01 61 81 01 62'), {}, 'open').at(-1)).toBe('* unparsed malformed 3');
  expect(frames(hex('81 01 61'), { masked: true }, 'open')).toEqual(['* unparsed malformed 3']);
});

test('a frame that breaks off keeps its head; a head that breaks off is torn', () => {
  expect(frames(hex('81 05 48'), {}, 'open')).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '* payload message 1',
  ]);
  expect(frames(hex('82 7e 01'), {}, 'open')).toEqual(['* unparsed torn 3']);
});

test('RFC 7692 §7.2.3.1: with permessage-deflate a fragmented "Hello" is one compressed payload', () => {
  expect(frames(hex('41 03 f2 48 cd 80 04 c9 c9 07 00'), { extension: 'deflate' })).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '- payload compressed 3',
    '* websocket opcode 1',
    '- websocket length 1',
    '+ payload compressed 4',
    '* payload message 0',
  ]);
});

test('RFC 7692 §7.1.1: each side keeps its context or does not, as was agreed for it', () => {
  // The second "Hello" points back to the first (§7.2.3.2); alone it stands for nothing.
  const down = hex('c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00');
  const up = hex('c1 87 00000000 f2 48 cd c9 c9 07 00 c1 85 00000000 f2 00 11 00 00');
  const read = (parameters: string) => {
    const [asks, accepts] = handshake('/ws', `Sec-WebSocket-Extensions: permessage-deflate${parameters}\r\n`);
    const said: Record<string, string[]> = { up: [], down: [] };
    const conversation = httpConversation({
      tell({ message, layer, name, clear, mark }) {
        if (layer === 'payload' && name === 'message' && mark === 'unit')
          said[message.direction]!.push(clear ? Buffer.from(clear()).toString() : '');
      },
    });
    for (const [direction, bytes] of [asks, accepts, ['up', up], ['down', down]] as const)
      conversation.push(direction, bytesOf(bytes));
    conversation.end();
    return said;
  };
  const both = ['Hello', 'Hello'];
  expect(read('')).toEqual({ up: both, down: both });
  expect(read('; client_no_context_takeover')).toEqual({ up: ['Hello', ''], down: both });
  expect(read('; server_no_context_takeover')).toEqual({ up: both, down: ['Hello', ''] });
});

const handshake = (target: string, extensions = '') =>
  [
    ['up', `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
    ['down', `HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n${extensions}\r\n`],
  ] as const;
const afterHandshake = (spans: string[]) => spans.slice(spans.indexOf('- http blank-line 2') + 1);

test('RFC 6455 §1.2: after the handshake both directions are frames, also those sent before the answer', () => {
  const [asks, accepts] = handshake('/ws');
  const told = tellEveryWay(httpConversation, [
    asks,
    ['up', hex('81 85 37 fa 21 3d 7f 9f 4d 51 58')],
    accepts,
    ['down', hex('81 00')],
  ]);
  expect(afterHandshake(told.up).at(-1)).toBe('* payload message 5');
  expect(afterHandshake(told.down)).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '* payload message 0',
  ]);
  expect(told.exchanges).toMatchObject([{ target: '/ws', status: 101 }]);
});

test('RFC 7692 §5: the response says whether messages may be compressed', () => {
  const compressed = hex('c1 07 f2 48 cd c9 c9 07 00');
  const told = (extensions: string) =>
    afterHandshake(
      tellEveryWay(httpConversation, [...handshake('/ws', extensions), ['down', compressed]], 'open').down,
    );
  expect(told('Sec-WebSocket-Extensions: permessage-deflate\r\n').slice(-2)).toEqual([
    '- payload compressed 7',
    '* payload message 0',
  ]);
  expect(told('Sec-WebSocket-Extensions: permessage-bzip2\r\n').at(-1)).toBe('* payload compressed 7');
  expect(told('')).toEqual(['* unparsed malformed 9']);
  const agreed = (list: string) => told(`Sec-WebSocket-Extensions: ${list}\r\n`).at(-1);
  // RFC 9110 §5.6.1.2: a list may have empty elements.
  for (const list of ['Permessage-Deflate;server_max_window_bits=10', ', permessage-deflate , ,'])
    expect(agreed(list), list).toBe('* payload message 0');
  for (const list of [
    'permessage-deflate, x',
    'x, permessage-deflate',
    'permessage-deflated',
    'x-permessage-deflate',
  ])
    expect(agreed(list), list).toBe('* payload compressed 7');
  expect(agreed(',')).toBe('* unparsed malformed 9');
});

test('a handshake for Socket.IO makes packets of messages: text by its digits, binary as attachments', () => {
  const event = '451-["a","b",{"_placeholder":true,"num":0}]';
  const packets = hex(`81 ${event.length.toString(16)} ${Buffer.from(event).toString('hex')} 82 02 01 02`);
  const target = '/socket.io/?EIO=4&transport=websocket';
  const told = afterHandshake(tellEveryWay(httpConversation, [...handshake(target), ['down', packets]]).down);
  expect(told).toContain('- socket.io event-name 1');
  expect(told).toContain('* payload message 1');
  expect(told.at(-1)).toBe('* payload attachment 2');
});

test('a packet that breaks off is torn in its place, and the frames around it keep their heads', () => {
  const target = '/socket.io/?EIO=4&transport=websocket';
  const script = [...handshake(target), ['down', hex('01 02 34 32 89 00 80 05 5b')]] as const;
  expect(afterHandshake(tellEveryWay(httpConversation, script, 'open').down)).toEqual([
    '* websocket opcode 1',
    '- websocket length 1',
    '* unparsed torn 2',
    '* websocket opcode 1',
    '- websocket length 1',
    '* websocket opcode 1',
    '- websocket length 1',
    '+ unparsed torn 1',
  ]);
});

interface FrameSender {
  send(
    data: string | Uint8Array,
    options: { binary: boolean; fin: boolean; mask: boolean; compress: boolean },
  ): void;
}
// The types of ws leave its Sender out.
const { Sender } = ws as unknown as { Sender: new (socket: object, extensions: object) => FrameSender };

test('WS1: whatever messages the library ws sends, each costs 2, 4 or 10 bytes, and 4 more when masked', () => {
  const sizes = fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536, 70_000);
  fc.assert(
    fc.property(fc.array(fc.tuple(sizes, fc.boolean()), { maxLength: 4 }), fc.boolean(), (messages, mask) => {
      const written: Buffer[] = [];
      const sender = new Sender(
        { cork() {}, uncork() {}, write: (bytes: Buffer) => written.push(Buffer.from(bytes)) },
        {},
      );
      for (const [size, binary] of messages) {
        sender.send(binary ? Buffer.alloc(size, 7) : 'x'.repeat(size), {
          binary,
          fin: true,
          mask,
          compress: false,
        });
      }
      const { down } = tell(framed({ masked: mask, ...plain }), [['down', Buffer.concat(written)]]);
      const perMessage = messages.map(([n]) => [
        '* websocket opcode 1',
        `- websocket length ${n <= 125 ? 1 : n <= 65_535 ? 3 : 9}`,
        ...(mask ? ['- websocket masking-key 4'] : []),
        `* payload message ${n}`,
      ]);
      expect(down).toEqual(perMessage.flat());
    }),
    { numRuns: 40 },
  );
});

/** Whole conversations of node:http2 with itself over clear text: all told bytes add up to what the sockets counted. */
import { once } from 'node:events';
import { constants } from 'node:http2';
import { buffer, text } from 'node:stream/consumers';
import { beforeAll, expect, test } from 'vitest';
import * as ws from 'ws';
import { randomStream } from '../../src/base/schedule.ts';
import { anyConversation } from '../../src/protocols/detect.ts';
import { http2Conversations } from '../../src/protocols/http2/http2.ts';
import type { Layer } from '../../src/protocols/layers.ts';
import { readSpans } from '../../src/tap/spans.ts';
import { requestOf } from '../../src/wire/message.ts';
import type { Direction, Span } from '../../src/wire/span.ts';
import { bytesOf, type Script, sumOf, tell } from '../support/bytes.ts';
import { type Recorded, recordedHttp2 } from '../support/http2-recorded.ts';

const http2 = http2Conversations();
let recorded: Recorded;

/** Fixed, so that answers said again are the same. */
const date = 'Sun, 06 Nov 1994 08:49:37 GMT';

/** What `ws` makes of a message, without a socket of its own. */
interface Parts {
  readonly Sender: {
    frame(data: Buffer, options: Record<string, unknown>): Buffer[];
  };
}
const { Sender } = ws as unknown as Parts;
const masked = (text: string): Buffer =>
  Buffer.concat(
    Sender.frame(Buffer.from(text), {
      fin: true,
      rsv1: false,
      opcode: 1,
      mask: true,
      readOnly: false,
      maskBuffer: Buffer.alloc(4),
      generateMask: (mask: Buffer) => mask.set([0x37, 0xfa, 0x21, 0x3d]),
    }),
  );
const unmasked = (text: string): Buffer => Buffer.from([0x81, text.length, ...Buffer.from(text)]);

beforeAll(async () => {
  let reached = () => {};
  const isHeld = new Promise<void>((resolve) => {
    reached = resolve;
  });
  recorded = await recordedHttp2({
    server: { settings: { enableConnectProtocol: true } },
    serve: (server) =>
      server.on('stream', (stream, headers) => {
        const path = headers[':path'];
        stream.on('error', () => {});
        if (headers[':protocol'] === 'websocket') {
          stream.respond({ ':status': 200, date });
          stream.once('data', () => stream.end(unmasked('hello')));
        } else if (path === '/events') {
          stream.respond({ ':status': 200, date, 'content-type': 'text/event-stream' });
          stream.write('data: 1\n\n');
          stream.write('data: 2\n\ndata: thr');
          setImmediate(() => stream.end('ee\n\n'));
        } else if (path === '/held') {
          reached();
        } else if (path === '/trailers') {
          stream.respond({ ':status': 200, date, 'content-type': 'text/plain' }, { waitForTrailers: true });
          stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': 'abc' }));
          stream.end('body');
        } else if (path === '/early') {
          stream.additionalHeaders({ ':status': 103, link: '</a>' });
          stream.respond({ ':status': 404, date, 'content-type': 'text/plain' });
          stream.end('no');
        } else if (path === '/echo') {
          stream.respond({ ':status': 200, date });
          stream.pipe(stream);
        } else {
          stream.respond({ ':status': 200, date, 'content-type': 'text/plain' });
          stream.end('hi');
        }
      }),
    async talk(session) {
      const get = (path: string, more = {}) => text(session.request({ ':path': path, ...more }).end());
      if (!session.remoteSettings.enableConnectProtocol) await once(session, 'remoteSettings');
      await get('/hello');
      await get('/hello');
      await Promise.all([get('/events'), get('/hello?2')]);
      const post = session.request({ ':path': '/echo', ':method': 'POST' });
      post.write('x'.repeat(40_000));
      post.end('y');
      await buffer(post);
      await get('/trailers');
      await get('/early');
      const held = session.request({ ':path': '/held' });
      held.on('error', () => {});
      await isHeld;
      held.close(constants.NGHTTP2_CANCEL);
      await once(held, 'close');
      await new Promise((done) => session.ping(Buffer.from('12345678'), done));
      const big = Object.fromEntries(
        Array.from({ length: 8 }, (_, at) => [`x-${at}`, `\\${at}`.repeat(2500)]),
      );
      await get('/big', big);
      const socket = session.request({
        ':method': 'CONNECT',
        ':protocol': 'websocket',
        ':path': '/ws',
        'sec-websocket-version': '13',
      });
      // The client does not wait for the answer.
      socket.write(masked('early'));
      await buffer(socket);
      socket.end();
    },
  });
});

const told = (script: Script = recorded.script, cut?: Parameters<typeof tell>[2]) => tell(http2, script, cut);

interface Seen extends Omit<Span<Layer>, 'clear'> {
  readonly clear: string;
}

/** Every span as it was told, with what its receiver reads. */
function spans(): Seen[] {
  const seen: Seen[] = [];
  const reader = readSpans(http2, (span) =>
    seen.push({ ...span, clear: Buffer.from(span.clear).toString() }),
  );
  for (const [direction, bytes] of recorded.script)
    reader.push({ at: 0, connection: 0, direction, phase: 'steady', bytes: bytesOf(bytes) });
  reader.end();
  return seen;
}
const target = ({ message }: Seen) => requestOf(message)?.target;

test('every byte that the sockets counted is told, and none is unread', () => {
  const { up, down } = told();
  expect([sumOf(up, /./), sumOf(down, /./)]).toEqual([recorded.up, recorded.down]);
  expect([...up, ...down].filter((span) => span.includes('unparsed'))).toEqual([]);
  expect(tell(anyConversation, recorded.script)).toEqual(told());
});

test('each exchange is told with its method, target and status, and an aborted one is none', () => {
  const { exchanges } = told();
  expect(exchanges.map(({ method, target, status }) => `${method} ${target} ${status}`).toSorted()).toEqual([
    'CONNECT /ws 200',
    'GET /big 200',
    'GET /early 404',
    'GET /events 200',
    'GET /hello 200',
    'GET /hello 200',
    'GET /hello?2 200',
    'GET /trailers 200',
    'POST /echo 200',
  ]);
  expect(exchanges.find(({ target }) => target === '/ws')?.handshake).toEqual({
    outcome: 'agreed',
    offersCompression: false,
  });
});

test('a GET said again weighs 19 B: a head of a frame, its path, and three bytes for all the rest', () => {
  const all = spans();
  const { connection } = all[0]!.message;
  const requests = [...new Set(all.flatMap(({ message }) => requestOf(message) ?? []))].filter(
    (request) => request.target === '/hello',
  );
  expect(requests).toHaveLength(2);
  const [, again] = requests;
  expect([again?.bytes, again?.peer?.bytes]).toEqual([9 + 7 + 3, 9 + 3 + 9 + 2]);
  const fields = all.filter(({ message }) => message === again);
  expect(fields.map(({ clear }) => clear.replace(/\d{5}/, 'PORT'))).toEqual([
    ':path: /hello\r\n',
    ':method: GET\r\n',
    ':authority: 127.0.0.1:PORT\r\n',
    ':scheme: http\r\n',
  ]);
  expect(fields.map(({ shorthand }) => [shorthand?.kind, shorthand?.reference])).toEqual([
    // nghttp2 does not remember paths.
    ['literal', { index: 4, ago: null }],
    ['indexed', { index: 2, ago: null }],
    ['indexed', { index: 62, ago: 1 }],
    ['indexed', { index: 6, ago: null }],
  ]);
  expect(again?.headers.get(':path')).toBe('/hello');
  expect(connection.messages).toBeGreaterThan(40);
});

test('both sides begin with SETTINGS, say what they have to, and a ping is answered with its eight bytes', () => {
  const all = spans();
  const says = (name: string) =>
    all
      .filter((span) => span.name === name)
      .map(({ message, length, value }) => [message.direction, length, value]);
  expect(says('preface')).toEqual([['up', 24, undefined]]);
  expect(says('settings')).toContainEqual(['down', 6, 'ENABLE_CONNECT_PROTOCOL=1']);
  expect(told().up.slice(0, 2)).toEqual(['* http2 preface 24', '* http2 settings-head 9']);
  const pings = all.filter(({ name }) => name === 'ping-data');
  expect(pings.map(({ message, clear }) => [message.direction, clear])).toEqual([
    ['up', '12345678'],
    ['down', '12345678'],
  ]);
});

test('an aborted poll costs 13 B upward, which are of its request', () => {
  const held = spans().filter((span) => target(span) === '/held');
  expect(held.map(({ name }) => name).slice(-2)).toEqual(['rst-stream-head', 'error-code']);
  expect(held.at(-1)?.value).toBe('CANCEL');
  expect(held.at(-1)?.message.bytes).toBe(13);
  expect(held.every(({ message }) => message.direction === 'up')).toBe(true);
});

test('DATA costs 9 B beside what it carries, whatever that is: a body, events across two of them, frames', () => {
  const all = spans();
  const downOf = (path: string) =>
    all
      .filter((span) => target(span) === path && span.message.direction === 'down')
      .map(({ layer, name, length, mark, clear }) => [
        layer,
        name,
        length,
        mark,
        layer === 'http' ? '' : clear,
      ])
      .filter(([layer, name]) => layer !== 'http' && name !== 'headers-head');
  const head = ['http2', 'data-head', 9, 'unit', expect.anything()];
  expect(downOf('/hello').slice(0, 2)).toEqual([head, ['payload', 'body', 2, 'unit', 'hi']]);
  expect(downOf('/events').filter(([layer]) => layer === 'payload')).toEqual([
    ['payload', 'message', 1, 'unit', '1'],
    ['payload', 'message', 1, 'unit', '2'],
    ['payload', 'message', 3, 'unit', 'thr'],
    ['payload', 'message', 2, 'more', 'ee'],
  ]);
  expect(downOf('/ws')).toEqual([
    head,
    ['websocket', 'opcode', 1, 'unit', expect.anything()],
    ['websocket', 'length', 1, 'field', expect.anything()],
    ['payload', 'message', 5, 'unit', 'hello'],
  ]);
});

test('what a client says on a stream before that is a WebSocket waits, and is read then, without its mask', () => {
  const up = spans().filter((span) => target(span) === '/ws' && span.message.direction === 'up');
  expect(up.filter(({ layer }) => layer === 'websocket').map(({ name, length }) => [name, length])).toEqual([
    ['opcode', 1],
    ['length', 1],
    ['masking-key', 4],
  ]);
  expect(up.find(({ layer }) => layer === 'payload')?.clear).toBe('early');
});

test('a head of 40 kB goes on in two CONTINUATION frames: what lies across them says all it says in its first piece', () => {
  const big = spans().filter((span) => target(span) === '/big' && span.message.direction === 'up');
  const heads = big.filter(({ mark, layer }) => layer === 'http2' && mark === 'unit').map(({ name }) => name);
  expect(heads).toEqual(['headers-head', 'continuation-head', 'continuation-head']);
  for (const name of ['x-3', 'x-6']) {
    const pieces = big.filter((span) => span.name === name);
    expect(pieces.map(({ mark, clear }) => [mark, clear.length])).toEqual([
      ['field', `${name}: `.length + 5000 + 2],
      ['more', 0],
    ]);
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(5008);
  }
});

test('trailers, an interim response and a refusal are told as what they are', () => {
  const { down } = told();
  expect(down).toContain('- http trailer:x-sum 9');
  expect(down[down.indexOf('* http :status 4') + 1]).toBe('- http link 6');
  expect(down).toContain('- http refusal 2');
});

/** Pieces of so many bytes. */
const inPieces = (size: () => number) => (bytes: Buffer) => {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = size();
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
};

test('however the bytes are cut, the spans are the same', () => {
  const random = randomStream(1, 'cuts');
  const before = told();
  expect(
    told(
      undefined,
      inPieces(() => 1),
    ),
  ).toEqual(before);
  expect(
    told(
      undefined,
      inPieces(() => 5),
    ),
  ).toEqual(before);
  for (let round = 0; round < 5; round++)
    expect(
      told(
        undefined,
        inPieces(() => 1 + Math.floor(random() * 3000)),
      ),
    ).toEqual(before);
});

/** The same chunks, with those of the server later by chance, as if the way back were longer; but for its settings. */
function delayed(script: Script, random: () => number): Script {
  const settings = script.findIndex(([direction]) => direction === 'down');
  const late: Script[number][] = [];
  const order: Script[number][] = script.slice(0, settings + 1);
  for (const chunk of script.slice(settings + 1)) {
    if (chunk[0] === 'down') late.push(chunk);
    else order.push(chunk);
    while (random() < 0.4) order.push(...late.splice(0, 1));
  }
  return [...order, ...late];
}

test('in whatever order the directions come that cause and effect allow, the spans are the same', () => {
  const joined = (direction: Direction) =>
    Buffer.concat(recorded.script.filter(([one]) => one === direction).map(([, data]) => bytesOf(data)));
  const [up, down] = [joined('up'), joined('down')];
  const settingsFrame = 9 + down.readUIntBE(0, 3);
  // A client that says all it has to say at once; it acknowledges the settings, so these have come.
  const pipelined: Script = [
    ['down', down.subarray(0, settingsFrame)],
    ['up', up],
    ['down', down.subarray(settingsFrame)],
  ];
  const weights = ({ exchanges }: ReturnType<typeof told>) =>
    exchanges.map((one) => JSON.stringify(one)).toSorted();
  const before = told();
  const random = randomStream(1, 'orders');
  for (const script of [pipelined, ...Array.from({ length: 20 }, () => delayed(recorded.script, random))]) {
    const after = told(
      script,
      inPieces(() => 1 + Math.floor(random() * 3000)),
    );
    expect([after.up, after.down]).toEqual([before.up, before.down]);
    expect(weights(after)).toEqual(weights(before));
  }
});

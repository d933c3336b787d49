import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Inspection, inspectionSchema } from '../../src/document/inspection.ts';
import { inspectCapture } from '../../src/inspection/captured.ts';
import { imbalances } from '../../src/inspection/imbalances.ts';
import { pcapOf } from '../../src/report/skins/pcap.ts';
import {
  type Filed,
  filed,
  flags,
  links,
  pcapFile,
  pcapngFile,
  type Sent,
  segmentsOf,
} from '../support/captures.ts';
import { recordedHttp2 } from '../support/http2-recorded.ts';

function seenIn(
  file: Buffer,
  { port = null as number | null, blockBytes = file.length || 1 } = {},
): Inspection {
  const inspecting = inspectCapture({ target: 'app.pcap', port, isProfiled: false });
  for (let at = 0; at < file.length; at += blockBytes)
    inspecting.push(Buffer.from(file.subarray(at, at + blockBytes)));
  const { seen } = inspecting.end();
  expect(imbalances(seen)).toEqual([]);
  return inspectionSchema.parse(seen);
}

const tcpOf = ({ source }: Inspection) => source!.tcp;

/** Two exchanges, an upgrade, three frames: all that the readers of both directions need of each other. */
const turns = [
  { from: 'client', text: 'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello' },
  { from: 'server', text: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]' },
  {
    from: 'client',
    text: 'GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  },
  {
    from: 'server',
    text: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
  },
  // RFC 6455 §5.7: "Hello" from client and server.
  { from: 'client', text: '\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58' },
  { from: 'server', text: '\x81\x05Hello\x81\x05Hello' },
] as const;
const said = turns.reduce((sum, { text }) => sum + text.length, 0);
const whole = seenIn(pcapFile(filed(segmentsOf(turns))));

/** What does not depend on how the bytes travelled. */
const account = ({ wire, fields, exchanges, requests, messages, perConnection }: Inspection) => ({
  wire,
  exchanges,
  requests,
  messages,
  fields: fields.map((one) => JSON.stringify(one)).sort(),
  speaks: perConnection.map(({ speaks, path }) => [speaks, path]),
});
const sorted = (seen: Inspection) => {
  const { wire, ...rest } = account(seen);
  return { ...rest, wire: { ...wire, layers: wire.layers.map((one) => JSON.stringify(one)).sort() } };
};

test('a capture gives the account of what was said, and each byte an owner', () => {
  expect(whole).toMatchObject({
    connections: 1,
    requests: 2,
    messages: { up: 2, down: 3 },
    delay: null,
    startedAt: '2023-11-14T22:13:20.000Z',
    wire: { socketBytes: said },
  });
  expect(whole.perConnection[0]).toMatchObject({ speaks: ['http', 'websocket'], path: '/a', openedMs: 0 });
  expect(tcpOf(whole)).toMatchObject({ payloadBytes: said, repeatedBytes: 0, holes: 0, joinedLate: 0 });
});

test.for([
  ...[true, false].flatMap((little) => [true, false].map((nanoseconds) => ({ little, nanoseconds }))),
])('pcap and pcapng of any byte order and clock, cut anywhere: %o', (format) => {
  for (const write of [pcapFile, pcapngFile])
    for (const blockBytes of [7, 4096]) {
      const seen = seenIn(write(filed(segmentsOf(turns)), format), { blockBytes });
      expect(sorted(seen)).toEqual(sorted(whole));
      expect([seen.startedAt, seen.durationMs]).toEqual([whole.startedAt, whole.durationMs]);
    }
});

test.for(Object.keys(links) as (keyof typeof links)[])('IPv4 and IPv6 on the link %s', (name) => {
  const { type: link, on } = links[name];
  for (const shape of [{}, { version: 6 as const }, { version: 6 as const, extended: true }]) {
    const packets = filed(segmentsOf(turns), shape).map(({ at, bytes }) => ({
      at,
      bytes: on(bytes as Buffer),
    }));
    expect(sorted(seenIn(pcapFile(packets, { link })))).toEqual(sorted(whole));
  }
});

test('any order, repetition and cutting of the same bytes gives the same account, across the wrap of the numbers', () => {
  const [open, close] = [3, 3];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: -300, max: 0 }),
      (cut, otherCut, chance, before) => {
        const sent = segmentsOf(turns, cut);
        const again = segmentsOf(turns, otherCut).slice(open, -close);
        const pick = () => chance.next().value as number;
        const repeated = again.filter(() => pick() % 3 === 0);
        const middle = [...sent.slice(open, -close), ...repeated]
          .map((one) => [pick(), one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        const all = [...sent.slice(0, open), ...middle, ...sent.slice(-close)];
        const seen = seenIn(pcapFile(filed(all, { firstSequence: (2 ** 32 + before) % 2 ** 32 })));
        expect(sorted(seen)).toEqual(sorted(whole));
        expect(tcpOf(seen)).toMatchObject({
          repeatedBytes: repeated.reduce((sum, { bytes }) => sum + bytes!.length, 0),
          holes: 0,
        });
      },
    ),
    { numRuns: 200 },
  );
});

const without = (sent: readonly Sent[], lost: (one: Sent) => boolean) => sent.filter((one) => !lost(one));

test('what follows a hole is not guessed at, and the other direction is read on', () => {
  const sent = segmentsOf(turns);
  // The first frame of the server comes in a segment of its own.
  const frames = sent.findLastIndex(({ from, bytes }) => from === 'server' && bytes !== undefined);
  const { bytes, offset = 0 } = sent[frames]!;
  const halves = [bytes!.subarray(0, 7), bytes!.subarray(7)].map((part, index) => ({
    ...sent[frames]!,
    bytes: part,
    offset: offset + index * 7,
  }));
  const cut = [...sent.slice(0, frames), halves[1]!, ...sent.slice(frames + 1)];
  const seen = seenIn(pcapFile(filed(cut)));
  expect(tcpOf(seen)).toMatchObject({ holes: 1, missingBytes: 7 });
  expect(seen.source).toMatchObject({ afterHoles: { bytes: 7, connections: 1 } });
  expect(seen.fields.find(({ name }) => name === 'after-hole')).toMatchObject({
    direction: 'down',
    bytes: 7,
  });
  expect(seen.messages).toEqual({ up: 2, down: 1 });
});

test('bytes lost at the end are told, by FIN or by what the other side has read', () => {
  const sent = segmentsOf(turns);
  const last = sent.findLast(({ bytes }) => bytes !== undefined)!;
  const isLast = (one: Sent) => one === last;
  const isFin = ({ flags: flag = 0 }: Sent) => (flag & flags.fin) !== 0;
  // A FIN is acknowledged as one byte, so that acknowledgement is removed with the FIN.
  const end = sent.at(-1);
  const isEnd = (one: Sent) => one === end || (isFin(one) && one.from === 'server');
  for (const lost of [isLast, (one: Sent) => isLast(one) || isEnd(one)])
    expect(seenIn(pcapFile(filed(without(sent, lost)))).source).toMatchObject({
      tcp: { holes: 1, missingBytes: 14 },
      afterHoles: { bytes: 0, connections: 0 },
    });
});

test('packets that were cut are told, and so is what they lack', () => {
  const packets = filed(segmentsOf(turns)).map(({ at, bytes }) => ({
    at,
    bytes: bytes.subarray(0, 60),
    length: bytes.length,
  }));
  const seen = seenIn(pcapFile(packets));
  const { cutPackets, cutBytes, tcp } = seen.source!;
  expect(cutPackets).toBe(4);
  expect(cutBytes).toBe(said - tcp.payloadBytes);
  expect(tcp.missingBytes).toBe(cutBytes);
});

test('a connection whose beginning was not captured is known by its first request', () => {
  const sent = segmentsOf(turns).slice(3);
  expect(sorted(seenIn(pcapFile(filed(sent))))).toEqual(sorted(whole));
  expect(tcpOf(seenIn(pcapFile(filed(sent)))).joinedLate).toBe(1);
  // By its answer, too: the port would say the opposite.
  const answers = sent.filter(({ from }) => from === 'server');
  expect(seenIn(pcapFile(filed(answers, { serverPort: 50_000 }))).wire).toMatchObject({ up: 0 });
});

test('ports that are used again are another connection, after an end or without one', () => {
  for (const first of [segmentsOf(turns), segmentsOf(turns).slice(0, -3)]) {
    const packets: Filed[] = [...filed(first), ...filed(segmentsOf(turns), { firstSequence: 2 ** 31 })];
    const seen = seenIn(pcapFile(packets));
    expect([seen.connections, seen.requests, seen.wire.socketBytes]).toEqual([2, 4, 2 * said]);
  }
});

test('a reset ends a connection, and one that answers a SYN is a refusal', () => {
  const refusal: Sent[] = [
    { from: 'client', flags: flags.syn },
    { from: 'server', flags: flags.reset | flags.acknowledges },
  ];
  expect(seenIn(pcapFile(filed(refusal)), { port: 80 })).toMatchObject({ connections: 1, refused: 1 });
  const reset = [...segmentsOf(turns).slice(0, -3), { from: 'server', flags: flags.reset } as const];
  expect(seenIn(pcapFile(filed(reset)), { port: 80 })).toMatchObject({ connections: 1, refused: 0 });
});

test('without --port what begins with nothing readable is left out and told; with it all of that port is listed', () => {
  const tls = segmentsOf([{ from: 'client', text: '\x16\x03\x01\x00\x01a' }]);
  const mail = segmentsOf([{ from: 'server', text: '220 mail ready\r\n' }]);
  const packets = [
    ...filed(segmentsOf(turns)),
    ...filed(tls, { serverPort: 443 }),
    ...filed(mail, { serverPort: 25 }),
    // Captured again.
    ...filed(mail, { serverPort: 25 }).slice(3, 4),
  ];
  const seen = seenIn(pcapFile(packets));
  expect(seen.connections).toBe(1);
  expect(seen.source?.leftOut).toEqual({ connections: 2, bytes: 22, tls: 1, http2: 0 });
  expect(seenIn(pcapFile(packets), { port: 443 }).perConnection).toMatchObject([{ speaks: ['tls'] }]);
});

test('a file that ends in the middle of a packet, or goes on with none, is read as far as it goes', () => {
  const file = pcapFile(filed(segmentsOf(turns)));
  expect(seenIn(file.subarray(0, -7)).source).toMatchObject({ ending: 'torn' });
  const broken = seenIn(Buffer.concat([file, Buffer.alloc(16, 0xff)]));
  expect(broken.source).toMatchObject({ ending: 'broken' });
  expect(sorted(broken)).toEqual(sorted(whole));
});

test('garbage is never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(3), (garbage, kind) => {
      const good = kind > 1 ? pcapFile([]) : pcapngFile([]);
      seenIn(Buffer.concat([good, garbage]), { blockBytes: 13 });
      const link = Object.values(links)[kind]!.type;
      seenIn(pcapFile([{ at: 0, bytes: garbage }], { link }));
    }),
  );
});

test('what we write as pcap is read back as it was', () => {
  const chunks = turns.map(({ from, text }, index) => ({
    at: index,
    connection: 0,
    direction: from === 'client' ? ('up' as const) : ('down' as const),
    bytes: Buffer.from(text, 'latin1'),
  }));
  expect(sorted(seenIn(pcapOf([{ chunks, secrets: '' }])))).toEqual(sorted(whole));
});

test.each(['client', 'server'] as const)(
  'HTTP/2 in clear text is read, whoever speaks first: the %s',
  async (first) => {
    const { script, up, down } = await recordedHttp2({
      serve: (server) =>
        server.on('stream', (stream) => {
          stream.respond({ ':status': 200 });
          stream.end('hello');
        }),
      talk: async (session) => expect(await text(session.request({ ':path': '/a' }).end())).toBe('hello'),
    });
    const turns = script.map(([direction, bytes]) => ({
      from: direction === 'up' ? ('client' as const) : ('server' as const),
      text: Buffer.from(bytes),
    }));
    // Both sides may begin at once: the first bytes of each acknowledge nothing.
    const earliest = turns.find(({ from }) => from === first)!;
    const seen = seenIn(
      pcapFile(filed(segmentsOf([earliest, ...turns.filter((turn) => turn !== earliest)]))),
    );
    expect(seen.exchanges).toMatchObject([{ kind: 'GET /a 200', count: 1 }]);
    expect(seen.perConnection[0]).toMatchObject({ speaks: ['http2', 'http'], wire: { up, down } });
    expect(seen.wire.layers.filter(({ layer }) => layer === 'unparsed')).toEqual([]);
  },
);

/**
 * Conversations over TLS and HTTP/2: records and frames are what they carry, nothing is unnamed, and every byte is
 * still where the sockets counted it.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { http2Conversations } from '../../src/protocols/http2/http2.ts';
import { isSealed } from '../../src/protocols/over.ts';
import { createKeyLog } from '../../src/protocols/tls/key-log.ts';
import { tlsConversations } from '../../src/protocols/tls/tls.ts';
import type { Unit } from '../../src/protocols/unit.ts';
import { explainedUnits } from '../../src/script/anatomy/field-meanings.ts';
import { gistOf } from '../../src/script/anatomy/one-sentence.ts';
import { balanceOf } from '../../src/script/anatomy/owners.ts';
import { sequenceOf } from '../../src/script/anatomy/poll-arc.ts';
import { contentOf, titleOf } from '../../src/script/anatomy/title.ts';
import type { Specimen } from '../../src/script/specimen.ts';
import { transports } from '../../src/transports/index.ts';
import { hex } from '../support/bytes.ts';
import { recordedOnce, specimenOf } from '../support/specimen.ts';

const carried = (['https', 'h2', 'h2c'] as const).map((over) => ({
  over,
  // In clear text HTTP/2 is the same frames without their records.
  names: transports
    .filter(({ name, traits }) =>
      over === 'h2c' ? /^(ws|sse|polling)$/.test(name) : over === 'https' || !traits.notOverHttp2,
    )
    .map(({ name }) => name),
  recorded: recordedOnce({ message: 'hello', headers: {}, over }),
}));

/** In rounds, because so many handshakes at once would delay heartbeats beyond their time-out. */
beforeAll(async () => {
  const rounds = 3;
  const all = carried.flatMap(({ names, recorded }) => names.map((name) => () => recorded(name)));
  for (let round = 0; round < rounds; round++)
    await Promise.all(all.filter((_, at) => at % rounds === round).map((record) => record()));
}, 60_000);

const labelOf = (unit: Unit) => `${titleOf(unit).en} ${contentOf(unit)}`.trim();
const heartbeats = /^(ping frame|pong frame|comment :)$/;
/** Without heartbeats, of which a slow machine meets more than one, and some of them early. */
const labels = (units: readonly Unit[], direction: Unit['direction']) =>
  units
    .filter((unit) => unit.direction === direction)
    .map(labelOf)
    .filter((label) => !heartbeats.test(label));
const beats = (units: readonly Unit[]) =>
  new Set(units.map(labelOf).filter((label) => heartbeats.test(label)));
const unexplained = /^(a field this tool has no explanation for|a header of the application)$/;

describe.each(carried)('$over', ({ over, names, recorded }) => {
  test('every field is explained, and every unit says what it does', async () => {
    for (const name of names) {
      const units = explainedUnits(await recorded(name));
      for (const { explanation, layer, name: field } of units.flatMap(({ fields }) => fields)) {
        expect(layer, `${name} ${field}`).not.toBe('unparsed');
        expect(explanation.lines.length, `${name} ${layer} ${field}`).toBeGreaterThan(0);
        for (const { en, ko } of explanation.lines) {
          expect(
            en,
            `${name} ${layer} ${field}: src/protocols/http1/header-meanings.ts says what a header means`,
          ).not.toMatch(unexplained);
          expect(ko, `${name} ${layer} ${field}`).not.toBe('');
        }
      }
      // Raw TCP's messages have no carrier to name.
      if (name !== 'tcp') expect(units.filter((unit) => !gistOf(unit)).map(labelOf), name).toEqual([]);
    }
  });

  test('the units add up to what the sockets counted, of each connection and direction, without a gap', async () => {
    for (const name of names) {
      const specimen = await recorded(name);
      const units = explainedUnits(specimen);
      expect(balanceOf(specimen, units), name).toMatchObject({ balances: true });
      for (const { connection, bytesWritten, bytesRead } of specimen.connections) {
        expect(endOf(units, connection, 'up'), name).toBe(bytesWritten);
        expect(endOf(units, connection, 'down'), name).toBe(bytesRead);
      }
    }
  });

  test('no byte stands before the head of its record, and a head begins its unit', async () => {
    for (const name of names) {
      const units = explainedUnits(await recorded(name));
      const heads = units.flatMap(({ fields }) =>
        fields.flatMap(({ layer, name }, at) => (`${layer} ${name}` === 'tls record-head' ? [at] : [])),
      );
      expect(heads.length > 0, name).toBe(isSealed(over));
      expect(new Set(heads), name).toEqual(new Set(isSealed(over) ? [0] : []));
      // A carrier is named after what it carries.
      const unnamed = units.filter(({ kind, fields }) => kind === 'record' && fields.some(isOfMessage));
      expect(unnamed.map(labelOf), name).toEqual([]);
    }
  });
});

const isOfMessage = ({ layer }: Unit['fields'][number]) => layer !== 'tls';

/** Walks through a direction field by field; each must begin where the one before ended. */
function endOf(units: readonly Unit[], connection: number, direction: Unit['direction']): number {
  return units
    .filter((unit) => unit.connection === connection && unit.direction === direction)
    .flatMap(({ fields }) => fields)
    .reduce((end, { offset, bytes }) => {
      expect(offset).toBe(end);
      return end + bytes.length;
    }, 0);
}

const specimenOver = (over: 'https' | 'h2' | 'h2c', name: string): Promise<Specimen> =>
  carried.find((one) => one.over === over)!.recorded(name);

const serverFlight = [
  'TLS server-hello',
  'TLS change-cipher-spec',
  'TLS encrypted-extensions',
  'TLS certificate',
  'TLS certificate-verify',
  'TLS finished',
];
const clientFlight = ['TLS client-hello', 'TLS change-cipher-spec', 'TLS finished'];
const tickets = ['TLS new-session-ticket', 'TLS new-session-ticket'];

test('a WebSocket over TLS: the messages of the handshake by their names, then what records carry, as without them', async () => {
  const units = explainedUnits(await specimenOver('https', 'ws'));
  expect(labels(units, 'up').slice(0, 6)).toEqual([
    ...clientFlight,
    'GET /ws',
    'text frame hello',
    'close frame 1000',
  ]);
  expect(beats(units)).toEqual(new Set(['ping frame', 'pong frame']));
  expect(labels(units, 'down')).toEqual([
    ...serverFlight,
    ...tickets,
    '101 Switching Protocols',
    'text frame hello',
    'close frame 1000',
    'TLS alert close_notify',
  ]);
});

test('a WebSocket over HTTP/2: frames of the connection by their names, a stream that becomes one', async () => {
  for (const over of ['h2', 'h2c'] as const) {
    const units = explainedUnits(await specimenOver(over, 'ws'));
    const talk = (direction: Unit['direction']) =>
      labels(units, direction).filter((label) => !/^TLS|SETTINGS|GOAWAY|WINDOW_UPDATE/.test(label));
    expect(talk('up'), over).toEqual([
      'HTTP/2 preface',
      'CONNECT /ws',
      'text frame hello',
      'close frame 1000',
      'HTTP/2 DATA, stream 1',
    ]);
    expect(beats(units), over).toEqual(new Set(['ping frame', 'pong frame']));
    expect(talk('down').slice(0, 3), over).toEqual(['200', 'text frame hello', 'close frame 1000']);
    expect(labels(units, 'down'), over).toContain('HTTP/2 SETTINGS ENABLE_CONNECT_PROTOCOL=1');
    expect(labels(units, 'up'), over).toContain('HTTP/2 GOAWAY NO_ERROR');
  }
});

test('events over HTTP/2 are events: no chunk is around them, and their stream is reset at the end', async () => {
  const units = explainedUnits(await specimenOver('h2', 'sse'));
  const talk = (direction: Unit['direction']) =>
    labels(units, direction).filter((one) => !/SETTINGS|TLS/.test(one));
  expect(talk('up').slice(1, 5)).toEqual([
    'GET /events',
    'POST /message',
    'body hello',
    'HTTP/2 RST_STREAM, stream 1 CANCEL',
  ]);
  expect(talk('down').filter((one) => /^event/.test(one))).toEqual(['event data: hello']);
  expect(beats(units)).toEqual(new Set(['comment :']));
});

test('while a connection shakes hands nobody waits for an answer; frames of HTTP/2 make no WebSocket', async () => {
  const specimen = await specimenOver('h2', 'polling');
  const all = sequenceOf(specimen, explainedUnits(specimen));
  const asked = all.findIndex((one) => one.kind === 'unit' && one.unit.kind === 'request');
  const silences = (of: typeof all) => of.flatMap((one) => (one.kind === 'silence' ? [one.who.en] : []));
  expect(silences(all.slice(0, asked)).filter((who) => who !== 'the connection is being made')).toEqual([]);
  expect(silences(all.slice(asked))).toContain('until the next poll the server cannot speak');
  expect(silences(all)).not.toContain('nobody waits: either side may speak at any time');
});

test('what is sealed is shown as it was opened, and a mask is told only where there is one', async () => {
  const messages = explainedUnits(await specimenOver('https', 'ws'))
    .flatMap(({ direction, fields }) => fields.map((field) => ({ direction, ...field })))
    .filter(({ layer }) => layer === 'payload');
  for (const { clear, bytes, isCoded } of messages) {
    expect([isCoded, Buffer.from(clear).toString()]).toEqual([true, 'hello']);
    expect(Buffer.from(bytes).toString()).not.toBe('hello');
  }
  const unmasks = (direction: Unit['direction']) =>
    messages
      .filter((message) => message.direction === direction)
      .map(({ explanation }) => explanation.lines.some(({ en }) => en.startsWith('unmasked')));
  expect([unmasks('up'), unmasks('down')]).toEqual([[true], [false]]);
});

const frame = (type: number, flags: number, stream: number, payload: Uint8Array): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.set([type, flags], 3);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
/** Literals without indexing (RFC 7541 §6.2.2). */
const block = (...fields: [string, string][]): Buffer =>
  Buffer.concat(
    fields.map(([name, value]) =>
      Buffer.concat([
        Buffer.from([0, name.length]),
        Buffer.from(name),
        Buffer.from([value.length]),
        Buffer.from(value),
      ]),
    ),
  );
const settings = frame(4, 0, 0, Buffer.alloc(0));
const opening = [
  ['up', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['up', settings],
  ['up', frame(1, 4, 1, block([':method', 'CONNECT'], [':protocol', 'websocket'], [':path', '/ws']))],
  ['down', settings],
  ['down', frame(1, 4, 1, block([':status', '200']))],
] as const;

test('two frames in one DATA are two units, the second without a head; a frame in two DATA goes on in the second', () => {
  const units = explainedUnits(
    specimenOf(
      [
        ...opening,
        ['down', frame(0, 0, 1, hex('81 02 68 69 81 02 79 6f'))],
        ['down', frame(0, 0, 1, hex('81 05 68 65'))],
        ['down', frame(0, 0, 1, hex('6c 6c 6f'))],
      ],
      http2Conversations(),
    ),
  );
  expect(labels(units, 'down').slice(2)).toEqual([
    'text frame hi',
    'text frame yo',
    'text frame he',
    'rest of a frame llo',
  ]);
  const heads = units
    .filter(({ direction }) => direction === 'down')
    .slice(2)
    .map(({ fields }) => fields[0]?.name);
  expect(heads).toEqual(['data-head', 'opcode', 'data-head', 'data-head']);
});

test('trailers, empty DATA and what cannot be read behind a frame have their own units', () => {
  const units = explainedUnits(
    specimenOf(
      [
        ...opening.slice(0, 2),
        ['up', frame(1, 4, 1, block([':method', 'POST'], [':path', '/message'], [':scheme', 'http']))],
        ['up', frame(0, 0, 1, Buffer.from('hi'))],
        ['up', frame(1, 5, 1, block(['x-sum', '7']))],
        ['up', frame(3, 0, 7, hex('00 00 00 08'))],
        ['up', frame(4, 0, 5, Buffer.alloc(0))],
      ],
      http2Conversations(),
    ),
  );
  expect(labels(units, 'up').slice(2)).toEqual([
    'POST /message',
    'body hi',
    'trailers',
    'HTTP/2 RST_STREAM, stream 7 CANCEL',
    '9 B unread 0x000000040000000005',
  ]);
});

test('RFC 8446 §5.1: several messages in one record are one unit with all their names; what stays sealed is unread', () => {
  const hello = hex('01 00 00 02 03 03');
  const finished = hex('14 00 00 00');
  const record = (type: string, content: Buffer) =>
    Buffer.concat([hex(type), hex('03 03 00'), Buffer.from([content.length]), content]);
  const units = explainedUnits(
    specimenOf(
      [
        ['up', record('16', Buffer.concat([hello, finished]))],
        ['up', record('17', hex('aa bb cc'))],
      ],
      tlsConversations(createKeyLog(), http2Conversations()),
    ),
  );
  expect(units.map(labelOf)).toEqual(['TLS client-hello, finished', '8 B unread 0x1703030003aabbcc']);
});

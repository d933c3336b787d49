/** Every view of every transport: no line too wide in either language, no escape code uncalled for, nothing lost. */
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { displayWidth } from '../../../src/report/skins/wrap.ts';
import { wireCards } from '../../../src/report/wire/cards.ts';
import { type LookOptions, lookOf } from '../../../src/report/wire/look.ts';
import { wirePages } from '../../../src/report/wire/pages.ts';
import { comparisonText } from '../../../src/report/wire/step-comparison.ts';
import { explainedUnits } from '../../../src/script/anatomy/field-meanings.ts';
import type { Specimen } from '../../../src/script/specimen.ts';
import { transports } from '../../../src/transports/index.ts';
import { hex } from '../../support/bytes.ts';
import { handshake, recordAll, recordedOnce, specimenOf, specimens } from '../../support/specimen.ts';

const names = transports.map(({ name }) => name);
const look = (options: Partial<LookOptions> = {}) =>
  lookOf({ language: 'en', ascii: false, colour: false, ...options });
const looks = [
  ['English', { language: 'en' }],
  ['Korean', { language: 'ko' }],
  ['ASCII', { ascii: true }],
] as const;

/** The same over TLS and HTTP/2. */
const over = {
  https: recordedOnce({ message: 'hello', headers: {}, over: 'https' }),
  h2: recordedOnce({ message: 'hello', headers: {}, over: 'h2' }),
};
const carriedNames = ['polling', 'sse', 'ws'];

beforeAll(async () => {
  await recordAll();
  await Promise.all(Object.values(over).flatMap((recorded) => carriedNames.map(recorded)));
}, 60_000);

const widest = (text: string) => Math.max(...text.split('\n').map(displayWidth));
/** Whatever would move the cursor or change colours, line ends apart. */
const controls = /[^\P{Cc}\n]/u;

describe.each(looks)('%s', (_language, options) => {
  test.each(Object.keys(specimens))(
    'no line of a conversation (%s) is wider than 80 columns',
    async (kind) => {
      for (const name of names) {
        const specimen = await specimens[kind as keyof typeof specimens](name);
        const text = wirePages(specimen, '"hello"', look(options)).join('');
        expect(widest(text), name).toBeLessThanOrEqual(80);
        expect(text, name).not.toMatch(controls);
      }
    },
  );

  test('no line of a card is wider than 40 columns', async () => {
    for (const name of names) {
      const text = wireCards(await specimens.browser(name), look(options)).join('');
      expect(widest(text), name).toBeLessThanOrEqual(40);
      expect(text, name).not.toMatch(controls);
    }
  });

  test('over TLS and HTTP/2 no line is wider than 80 columns, of a card than 40', async () => {
    for (const recorded of Object.values(over)) {
      const all = await Promise.all(carriedNames.map(recorded));
      for (const specimen of all) {
        const pages = wirePages(specimen, '"hello"', look(options)).join('');
        expect(widest(pages), specimen.transport).toBeLessThanOrEqual(80);
        expect(pages, specimen.transport).not.toMatch(controls);
        const cards = wireCards(specimen, look(options)).join('');
        expect(widest(cards), specimen.transport).toBeLessThanOrEqual(40);
        expect(cards, specimen.transport).not.toMatch(controls);
      }
      expect(widest(comparisonText(all, '"hello"', look(options)))).toBeLessThanOrEqual(80);
    }
  });

  test('the comparison of all transports fits 80 columns', async () => {
    for (const recorded of Object.values(specimens)) {
      const text = comparisonText(await Promise.all(names.map(recorded)), '"hello"', look(options));
      expect(widest(text)).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(controls);
    }
  });
});

test('the arrows of the sequence end in one column, also in Korean', async () => {
  for (const language of ['en', 'ko'] as const) {
    const [opening = ''] = wirePages(await specimens.text('socket.io'), '"hello"', look({ language }));
    const arrows = opening.split('\n').filter((row) => /[▶◀].*│$|│◀|┊/.test(row));
    expect(arrows.length).toBeGreaterThan(15);
    expect(new Set(arrows.map(displayWidth))).toEqual(new Set([80]));
  }
});

test('with --ascii nothing is drawn but ASCII, apart from the section sign', async () => {
  for (const name of names) {
    const specimen = await specimens.text(name);
    const text = wirePages(specimen, '"hello"', look({ ascii: true })).join('');
    expect(text.replaceAll('§', ''), name).toMatch(/^[\p{ASCII}]*$/u);
    expect(comparisonText([specimen], '"hello"', look({ ascii: true }))).toMatch(/^[\p{ASCII}]*$/u);
  }
});

test('colour changes no character: without its codes the text is the same', async () => {
  for (const name of names) {
    const specimen = await specimens.text(name);
    for (const tell of [
      wireCards,
      (of: typeof specimen, as: ReturnType<typeof look>) => wirePages(of, 'x', as),
    ]) {
      const coloured = tell(specimen, look({ colour: true })).join('');
      expect(coloured).toContain('\u001b[');
      expect(stripVTControlCharacters(coloured)).toBe(tell(specimen, look()).join(''));
    }
  }
});

test('each byte of the conversation is printed under its owner', async () => {
  const specimen = await specimens.text('ws');
  const text = wirePages(specimen, '"hello"', look()).join('');
  const printed = [...text.matchAll(/^ {0,4}\d+ {2}((?:[0-9a-f]{2} ?)+)/gm)].map(([, hex = '']) =>
    hex.replaceAll(' ', ''),
  );
  const sent = explainedUnits(specimen).flatMap(({ fields }) => fields.map(({ bytes }) => bytes));
  expect(printed.join('')).toBe(Buffer.concat(sent).toString('hex'));
});

test('what a wire says cannot move the cursor: escape codes are shown, not obeyed', () => {
  const evil = '\u001b[2J\u202e\u0007';
  const [, [direction, response]] = handshake;
  const units = specimenOf([
    [
      'up',
      `GET /chat HTTP/1.1\r\nX-Evil: ${evil}\r\nUpgrade: websocket\r\nSec-WebSocket-Key: ${evil}\r\n\r\n`,
    ],
    [direction, response],
    ['down', Buffer.concat([Buffer.from([0x81, Buffer.byteLength(evil)]), Buffer.from(evil)])],
  ]);
  const shown = [
    ...wirePages(units, evil, look()),
    ...wireCards(units, look()),
    comparisonText([units], evil, look()),
  ];
  for (const text of shown) {
    expect(text).not.toMatch(controls);
    expect(text).not.toContain('\u202e');
  }
});

test('the caption says what carries the conversation', async () => {
  const caption = async (specimen: Promise<Specimen>) =>
    wirePages(await specimen, '"hello"', look())
      .join('')
      .split('\n')
      .slice(2, 4)
      .join(' ');
  expect(await caption(specimens.text('sse'))).toMatch(/^HTTP\/1\.1 over TCP, no TLS, /);
  expect(await caption(specimens.text('tcp'))).toMatch(/^Messages over TCP, no HTTP, no TLS, /);
  expect(await caption(over.https('sse'))).toMatch(/^HTTP\/1\.1 over TLS 1\.3, certificate of RSA-2048, /);
  expect(await caption(over.h2('sse'))).toMatch(/^HTTP\/2 over TLS 1\.3, certificate of RSA-2048, /);
});

test('a header field of HPACK: its bytes, its text, its index, and what HTTP/1.1 would take', async () => {
  const told = wirePages(await over.h2('polling'), '"hello"', look()).join('');
  const words = told.replace(/ +/g, ' ');
  expect(words).toContain('index 2 = :method, static');
  // 0x80 | 2: a field that is only pointed at (RFC 7541 §6.1).
  expect(words).toContain('decrypted: 82\n');
  expect(words).toMatch(/index 6\d = :authority, sent \d requests?\s+ago/);
  expect(words).toMatch(/1 byte, in HTTP\/1\.1 \d/);
  // `:method: ` is what the receiver reads; no line has it as it went.
  expect(told).toContain('    =  3a 6d 65 74 68 6f 64 3a  :method:');
});

test('what is sealed and long is cut on both sides: as it went, and as it was opened', async () => {
  const told = wirePages(await over.https('ws'), '"hello"', look()).join('');
  const [, certificate = ''] = /tls certificate([\s\S]*?)tls content-type/.exec(told) ?? [];
  const [sealed = '', opened = ''] = certificate.split(/more bytes; --json has them all/);
  expect(sealed.match(/^ +\d+ {2}[0-9a-f]/gm)?.length).toBe(11);
  expect(opened.match(/^ +={1} {2}[0-9a-f]/gm)?.length).toBe(12);
});

test('a long message is cut, and says how much more there is', () => {
  const text = 'x'.repeat(1000);
  const specimen = specimenOf([['up', `POST /echo HTTP/1.1\r\nContent-Length: 1000\r\n\r\n${text}`]]);
  const told = wirePages(specimen, '"x"', look()).join('');
  expect(told).toContain('808 more bytes; --json has them all');
  expect(widest(told)).toBeLessThanOrEqual(80);
});

test('a frame head on a card: its byte five rows high, then bit by bit', () => {
  const cards = wireCards(
    specimenOf([...handshake, ['up', hex('81 85 37 fa 21 3d 7f 9f 4d 51 58')]]),
    look(),
  );
  const card = cards.find((one) => one.includes('websocket  opcode'))!;
  expect(card).toMatchInlineSnapshot(`
    "given  13 of 16
    text frame  Hello
    client ▶ server. A message to the
    server.
    ────────────────────────────────────────

    ███  █
    █ █ ██
    ███  █
    █ █  █
    ███ ███

    byte 161
      81                       ·

    websocket  opcode

    1... .... FIN=1 the message ends here
    .000 .... RSV=000 no extension
    .... 0001 opcode=1 text (RFC 6455 §5.2)

    "
  `);
});

test('the bars of the comparison are drawn to one scale, every owner with a cell', async () => {
  const text = comparisonText(await Promise.all(['ws', 'polling'].map(specimens.text)), '"hello"', look());
  const bars = text.split('\n').filter((row) => /^.{20}[▶◀]/.test(row));
  const [, cell = '0'] = /up to (\d+) bytes/.exec(text) ?? [];
  for (const row of bars) {
    const bytes = Number(/ (\d+) [░█a-z?]+$/.exec(row)?.[1]);
    const http = row.match(/░/g)?.length ?? 0;
    expect(http).toBeLessThanOrEqual(Math.ceil(bytes / Number(cell)));
    expect(row).toMatch(/[░█w]$/);
  }
  expect(bars.some((row) => row.endsWith(' 7 w█'))).toBe(true);
});

test('side by side: the steps of each transport, and the owners of their bytes, add up to what its sockets counted', async () => {
  const names = transports.filter(({ traits }) => traits.inAll).map(({ name }) => name);
  addsUp(await Promise.all(names.map(specimens.text)));
  for (const recorded of Object.values(over)) addsUp(await Promise.all(carriedNames.map(recorded)));
});

function addsUp(recorded: readonly Specimen[]) {
  const names = recorded.map(({ transport }) => transport);
  const [, table = ''] = comparisonText(recorded, '"hello"', look()).split('Side by side, in bytes');
  const [head = '', , ...rows] = table.trim().split('\n');
  for (const [index, specimen] of recorded.entries()) {
    // A cell ends where the name of its transport ends.
    const end = head.indexOf(` ${names[index]}`) + 1 + names[index]!.length;
    const figures = rows.map((row) =>
      Number(/ ([\d,]*)$/.exec(row.padEnd(end).slice(0, end))?.[1]?.replaceAll(',', '')),
    );
    const rule = figures.findIndex(Number.isNaN);
    const [steps, owners] = [figures.slice(0, rule), figures.slice(rule + 1).filter(Number.isFinite)];
    const counted = specimen.connections.reduce(
      (sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten,
      0,
    );
    const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
    expect(sum(steps), names[index]).toBe(counted);
    expect(owners.slice(-2), names[index]).toEqual([counted, counted]);
    expect(sum(owners.slice(0, -2)), names[index]).toBe(counted);
  }
}

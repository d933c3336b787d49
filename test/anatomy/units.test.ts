/** Every transport's conversation, recorded once: nothing is unnamed, nothing is missing, nothing is out of place. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Unit } from '../../src/protocols/unit.ts';
import { explainedUnits } from '../../src/script/anatomy/field-meanings.ts';
import { gistOf } from '../../src/script/anatomy/one-sentence.ts';
import { balanceOf } from '../../src/script/anatomy/owners.ts';
import { sequenceOf } from '../../src/script/anatomy/poll-arc.ts';
import { contentOf, titleOf } from '../../src/script/anatomy/title.ts';
import { type Specimen, waitMs } from '../../src/script/specimen.ts';
import { transports } from '../../src/transports/index.ts';
import { recordAll, specimens } from '../support/specimen.ts';

beforeAll(recordAll, 60_000);

const unitsOf = (specimen: Specimen) => explainedUnits(specimen);
const unexplained = /^(a field this tool has no explanation for|a header of the application)$/;

for (const [what, recorded] of Object.entries(specimens)) {
  describe(what, () => {
    test.each(transports.map(({ name }) => name))('%s: every field is named and explained', async (name) => {
      const fields = unitsOf(await recorded(name)).flatMap((unit) => unit.fields);
      expect(fields.length).toBeGreaterThan(0);
      for (const { explanation, layer, name: field } of fields) {
        expect(explanation.lines.length, `${layer} ${field}`).toBeGreaterThan(0);
        for (const line of explanation.lines) {
          expect(
            line.en,
            `${layer} ${field}: src/protocols/http1/header-meanings.ts says what a header means`,
          ).not.toMatch(unexplained);
          expect(line.ko, `${layer} ${field}`).not.toBe('');
        }
      }
      expect(fields.filter(({ layer }) => layer === 'unparsed')).toEqual([]);
    });

    test.each(transports.map(({ name }) => name))(
      '%s: the fields add up to what the sockets counted, without a gap',
      async (name) => {
        const specimen = await recorded(name);
        const units = unitsOf(specimen);
        expect(balanceOf(specimen, units)).toMatchObject({ balances: true });
        for (const { connection, bytesWritten, bytesRead } of specimen.connections) {
          expect(endOf(units, connection, 'up')).toBe(bytesWritten);
          expect(endOf(units, connection, 'down')).toBe(bytesRead);
        }
      },
    );
  });
}

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

const { text, binary } = specimens;

test.each(transports.filter(({ traits }) => traits.wire === 'http').map(({ name }) => name))(
  '%s: every unit says what it does',
  async (name) => {
    const silent = unitsOf(await text(name)).filter((unit) => !gistOf(unit));
    expect(silent.map((unit) => `${titleOf(unit).en} ${contentOf(unit)}`)).toEqual([]);
  },
);

test('Socket.IO moves from polling to a WebSocket by 2probe, 3probe and 5, and then speaks in events', async () => {
  const frames = unitsOf(await text('socket.io')).filter(({ kind }) => kind === 'frame');
  // Where the upgrade wins its race, the answer to CONNECT comes as a frame too; a slow machine meets heartbeats early.
  const said = frames
    .map((unit) => `${unit.direction} ${contentOf(unit)}`)
    .filter((text) => !/ (4[01]|[23]$)/.test(text));
  expect(said.slice(0, 5)).toEqual([
    'up 2probe',
    'down 3probe',
    'up 5',
    'up 42["echo","hello"]',
    'down 42["echo","hello"]',
  ]);
});

test('units are in the order in which they were seen, whatever the connection', async () => {
  for (const { name } of transports) {
    const times = unitsOf(await text(name)).map(({ at }) => at);
    expect(times, name).toEqual(times.toSorted((a, b) => a - b));
  }
});

describe('who waits for whom', () => {
  const silences = async (name: string) => {
    const specimen = await text(name);
    const all = sequenceOf(specimen, unitsOf(specimen)).filter((one) => one.kind === 'silence');
    return new Set(all.filter(({ step }) => step > 0).map(({ who }) => who.en));
  };

  test.each([
    ['polling', 'until the next poll the server cannot speak'],
    ['long-polling', 'the client has asked; the server holds the answer back'],
    ['sse', 'the server may speak; the client needs a new request'],
    ['ws', 'nobody waits: either side may speak at any time'],
    ['socket.io', 'nobody waits: either side may speak at any time'],
    ['socket.io:polling', 'the client has asked; the server holds the answer back'],
  ])('%s: %s', async (name, who) => {
    expect(await silences(name)).toContain(who);
  });

  test('a response says how long its request waited', async () => {
    const specimen = await text('long-polling');
    const answers = sequenceOf(specimen, unitsOf(specimen)).flatMap((one) =>
      one.kind === 'unit' && one.unit.kind === 'response' ? [one.answersAfter ?? -1] : [],
    );
    expect(Math.min(...answers)).toBeGreaterThan(0);
    // The held poll waited until its time ran out.
    expect(Math.max(...answers)).toBeGreaterThan(0.9 * waitMs * 1e6);
  });
});

test('bytes that no text may hold arrive as they were sent, or as base64 where the wire is text', async () => {
  const sent = '000a0d221e80feff';
  for (const { name } of transports) {
    const fields = unitsOf(await binary(name)).flatMap((unit) => unit.fields);
    const wire = fields.filter(({ layer }) => layer === 'payload').map(({ clear }) => Buffer.from(clear));
    const base64 = fields.filter(({ layer }) => layer === 'encoding').map(({ clear }) => Buffer.from(clear));
    const plain = wire.some((bytes) => bytes.toString('hex') === sent);
    const decoded = Buffer.from(Buffer.concat([...wire.slice(-1), ...base64.slice(-1)]).toString(), 'base64');
    expect(plain || decoded.toString('hex') === sent, name).toBe(true);
  }
});

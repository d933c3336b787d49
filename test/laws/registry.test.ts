import { expect, test } from 'vitest';
import type { Text } from '../../src/base/text.ts';
import { lawById, laws } from '../../src/laws/index.ts';

const ids = [
  'POLL1 POLL2 POLL3 POLL4 POLL5 POLL6 POLL7 POLL8 LP1 LP2 LP3 LP4 LP5 LP6 LP7 SSE1 SSE2 SSE3 SSE4 SSE5 SSE6',
  'WS1 WS2 WS3 WS4 SIO1 SIO2 SIO3 SIO4 SIO6 SIO7 SIO8 SIO9 SIO10 BY1 BY2 BY3 BY6 TLS1 TLS2 H2A H2B H2C H2D FAN1 FAN2 PX1 CO1 OUT HERD1 HERD2 HERD3 HERD4 HERD5 HERD6 SLOW1 SLOW2 SLOW3 SLOW4 CLU1 CLU2 CLU3 STR1 STR2 STR3 STR4',
].flatMap((line) => line.split(' '));

/** Laws that say one number, whatever is measured. */
const constant = ['SIO4', 'SIO8', 'SIO9', 'H2C'];

test('every law is listed once', () => {
  expect(laws.map((law) => law.id)).toEqual(ids);
});

test('a law is found by its id in any case, and an unknown one is undefined', () => {
  expect(lawById('poll1')?.id).toBe('POLL1');
  expect(lawById('SIO10')?.id).toBe('SIO10');
  expect(lawById('SIO5')).toBeUndefined();
  expect(lawById('')).toBeUndefined();
});

test('the laws asserted with no tolerance are those that time cannot change', () => {
  expect(laws.filter((law) => law.exact).map((law) => law.id)).toEqual(
    'POLL3 POLL8 SSE2 SSE3 SSE4 SSE6 WS1 WS3 WS4 SIO1 SIO2 SIO3 SIO4 SIO8 SIO9 SIO10 BY3 TLS1 TLS2 H2A H2B H2C H2D CLU2 CLU3 STR4'.split(
      ' ',
    ),
  );
});

test.each(laws.map((law) => [law.id, law] as const))('%s says everything in both languages', (_, law) => {
  const axes = law.plot ? [law.plot.x.label, law.plot.y.label] : [];
  const texts: Text[] = [law.title, law.statement, ...law.parameters.map((p) => p.meaning), ...axes];
  for (const { en, ko } of texts) {
    expect(en).toMatch(/^[^가-힣]+$/);
    expect(ko).toMatch(/[가-힣]/);
    for (const text of [en, ko]) expect(text).toBe(text.replace(/\s+/g, ' ').trim());
  }
  expect(law.statement.en.length).toBeGreaterThan(120);
  expect(law.title.en.length).toBeLessThanOrEqual(45);
  expect(law.formula).not.toMatch(/\n/);
  expect(law.source).not.toBe('');
  // Every letter of a formula is explained.
  expect(law.parameters.length > 0).toBe(!constant.includes(law.id));
  for (const { name } of law.parameters) expect(law.formula).toContain(name);
});

test.each(laws.filter((law) => law.plot).map((law) => [law.id, law.plot!] as const))(
  '%s has a curve with a finite, changing value over the whole axis',
  (_, { curve, from, to }) => {
    const values = Array.from({ length: 101 }, (_, i) => curve(from + ((to - from) * i) / 100));
    for (const value of values) expect(Number.isFinite(value)).toBe(true);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(new Set(values).size).toBeGreaterThan(1);
  },
);

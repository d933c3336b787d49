/**
 * Each drawn curve at a point, worked out by hand from its formula: an axis in the wrong unit would look right
 * otherwise.
 */
import { expect, test } from 'vitest';
import { laws } from '../../src/laws/index.ts';

const m = (rate: number) => rate * 0.04 + Math.exp(-rate * 0.04);

/** Law, x, and y in the units that its axes say. */
const points: readonly (readonly [string, number, number])[] = [
  ['POLL1', 500, 500 / 2 + 20],
  ['POLL2', 300, (200 + 300) / 2 + 300 / 2],
  ['POLL3', 2625, Math.ceil(60_000 / 2625)],
  ['POLL4', 2, 100 * Math.exp(-2)],
  ['POLL5', 550, 20], // 550/1000 = 11/20
  ['POLL6', 4, (100 * (1 - Math.exp(-4))) / 4],
  ['POLL7', 5, 5 / (1 - Math.exp(-5))],
  ['POLL8', 5000.5, 6000 + 3000],
  ['LP1', 10, 40 - 10 + 20],
  ['LP1', 60, 20],
  ['LP2', 100, m(100)],
  ['LP3', 100, 20 + (1000 * 100 * 0.04 ** 2) / (2 * m(100))],
  ['LP4', 75, 3 * 75],
  ['LP5', 100, 100],
  ['LP5', 130, 130 + (2 * 130) / 2],
  ['LP6', 50, 50 - 1 / 0.04],
  ['LP7', 400, (400 * 0.1) / (1 - 400 * 200 * 5e-6)],
  ['SSE3', 2500, 8 + 4 + 3], // 2508 = 9cc
  ['TLS1', 16_384, 22],
  ['TLS1', 16_385, 44],
  ['WS1', 125, 6],
  ['WS1', 126, 8],
  ['SIO1', 112, 4 + 9 + 6], // the packet has 125 bytes
  ['SIO1', 113, 4 + 9 + 8],
  ['SIO6', 300, 4 * 300],
  ['SIO7', 300, 5 * 300 + 100],
  ['SIO10', 150, (4 * 150) / 3 + 1],
  ['BY1', 2000, 400 / 2 + 64 + 2 + 2],
  ['BY2', 100, 64 + 2 + 2 + 400 / m(100)],
  ['BY6', 1050, (1050 + 3 * 52) / (2 + 104)],
  ['FAN1', 500, 1 + 500 * 0.02],
  ['FAN2', 250, 100 * 250 * 200 * 15e-6],
  ['CO1', 95, 1420 - 0.05 * 19_750],
  ['OUT', 5, 10 * (5 + 2)],
  ['HERD1', 5, 2 * 3 - 5],
  ['HERD2', 10, (200 * 0.1) / 10],
  ['HERD5', 50, 4000 / 50],
  ['HERD6', 75, 1000 / 75],
  ['SLOW1', 4000, 4e6 / 4000],
  ['SLOW2', 1000, 1000 + 280],
  ['SLOW4', 4, 0.2 + 0.4 + 0.8 + 1.6 + 3.2],
  ['SLOW4', 15, 0.2 * 1023 + 6 * 120], // 102.4 s is the tenth, all later ones are cut at 120
  ['CLU1', 4, 1 / 16],
  ['CLU2', 3, 3 * 100],
  ['CLU3', 4, (4 * 100) / 4 ** 2],
  ['STR1', 80, 80 + 100 / 2],
  ['STR2', 50, 40], // half of the gaps are nothing, half the blind window
  ['STR2', 10, 100],
  ['STR3', 30, 3 - 1], // ⌊60/20⌋ − ⌊30/20⌋
  ['STR4', 50, 150 - 50],
];

test.each(points)('%s at %d is %d', (id, x, y) => {
  expect(laws.find((law) => law.id === id)!.plot!.curve(x)).toBeCloseTo(y, 6);
});

test('every curve has its point', () => {
  const drawn = laws.filter(({ plot }) => plot).map(({ id }) => id);
  expect([...new Set(points.map(([id]) => id))].toSorted()).toEqual(drawn.toSorted());
});

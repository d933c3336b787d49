/** The laws of an answer in pieces, against pieces that are counted one by one; no formula is used to check another. */
import { describe, expect, test } from 'vitest';
import {
  firstPieceNs,
  gapQuantileNs,
  gapShares,
  lostByCut,
  type PieceWay,
  saidAfterHearing,
  saidToNobody,
} from '../../src/laws/stream.ts';

const pieces = 2000;

/**
 * When each piece is handled: by itself, at the next poll, or with the response that a parked or a new question gets.
 */
function heardAt(periodNs: number, way: PieceWay): number[] {
  const due = Array.from({ length: pieces }, (_, k) => k * periodNs);
  if (way.kind === 'each') return due;
  if (way.kind === 'polled') return due.map((at) => Math.ceil(at / way.intervalNs) * way.intervalNs);
  let parkedFrom = 0;
  return due.map((at, k) => {
    const answeredAt = Math.max(at, parkedFrom);
    // The last that goes with this response: then the next question is a blind window away.
    const next = due[k + 1];
    if (next === undefined || next > answeredAt) parkedFrom = answeredAt + way.blindNs;
    return answeredAt;
  });
}

const gapsOf = (times: readonly number[]) => times.slice(1).map((at, k) => at - times[k]!);

describe.each<[string, number, PieceWay]>([
  ['a stream', 20, { kind: 'each' }],
  ['long polling that is quick enough', 20, { kind: 'held', blindNs: 13 }],
  ['long polling that is too slow', 20, { kind: 'held', blindNs: 47 }],
  ['long polling that is far too slow', 12.5, { kind: 'held', blindNs: 301 }],
  ['polling', 20, { kind: 'polled', intervalNs: 93 }],
  ['polling faster than pieces come', 33, { kind: 'polled', intervalNs: 13 }],
  ['polling in step with the pieces', 60, { kind: 'polled', intervalNs: 20 }],
])('STR2 over %s', (_, periodNs, way) => {
  const gaps = gapsOf(heardAt(periodNs, way));
  test('the gaps are these, and each as often as it says', () => {
    const shares = gapShares({ periodNs, way });
    expect([...new Set(gaps)].sort((a, b) => a - b)).toEqual(shares.map(({ ns }) => ns));
    for (const { ns, share } of shares)
      expect(Math.abs(gaps.filter((gap) => gap === ns).length - share * gaps.length)).toBeLessThan(2);
  });
  test('so are their quantiles', () => {
    const sorted = gaps.toSorted((a, b) => a - b);
    for (const quantile of [0.3, 0.5, 0.95])
      expect(gapQuantileNs({ periodNs, way, quantile })).toBe(
        sorted[Math.ceil(quantile * sorted.length) - 1],
      );
  });
});

test('STR2: a quantile that the shorter gaps just reach is theirs', () => {
  const asked = { periodNs: 50, way: { kind: 'polled', intervalNs: 100 } } as const;
  expect(gapQuantileNs({ ...asked, quantile: 0.5 })).toBe(0);
  expect(gapQuantileNs({ ...asked, quantile: 0.51 })).toBe(100);
});

test('STR1: one round trip; a connection is another; a poll is waited for', () => {
  expect(firstPieceNs({ rttNs: 40 })).toBe(40);
  expect(firstPieceNs({ rttNs: 40, connects: true })).toBe(80);
  expect(firstPieceNs({ rttNs: 40, untilNextPollNs: 73 })).toBe(113);
});

const ways = [0, 3, 19, 21, 47, 133].flatMap((upNs) =>
  [0, 1, 18, 39, 61, 127].map((downNs) => [upNs, downNs] as const),
);

test('STR3: what is due between the cancel and its news is said in vain, and is at most u/P, rounded up', () => {
  for (const [upNs, downNs] of ways)
    for (const periodNs of [20.5, 12.7]) {
      const m = 75;
      const cancelledAt = (m - 1) * periodNs + downNs;
      const due = Array.from({ length: pieces }, (_, k) => k * periodNs);
      const vain = due.filter((at) => at > cancelledAt && at <= cancelledAt + upNs).length;
      expect(saidAfterHearing({ periodNs, upNs, downNs }), `${upNs} up, ${downNs} down`).toBe(vain);
      expect(vain).toBeLessThanOrEqual(Math.ceil(upNs / periodNs));
    }
});

test('STR4: a cut takes the rest, and a server that keeps it says it all to nobody', () => {
  expect(lostByCut({ pieces: 150, heard: 75, replays: false })).toBe(75);
  expect(lostByCut({ pieces: 150, heard: 75, replays: true })).toBe(0);
  for (const [upNs, downNs] of ways) {
    const [periodNs, heard] = [20.5, 75];
    const cutAt = (heard - 1) * periodNs + downNs;
    const due = Array.from({ length: 150 }, (_, k) => k * periodNs);
    const after = (until: number) => due.filter((at) => at > cutAt && at <= until).length;
    const p = { pieces: 150, heard, periodNs, upNs, downNs };
    expect(saidToNobody({ ...p, keeps: true })).toBe(after(Infinity));
    expect(saidToNobody({ ...p, keeps: false })).toBe(after(cutAt + upNs));
  }
});

test('STR4: of an answer that is nearly over there is no more to say than is left', () => {
  const p = { pieces: 150, heard: 149, periodNs: 10, upNs: 500, downNs: 5 };
  expect(saidToNobody({ ...p, keeps: false })).toBe(1);
  expect(saidToNobody({ ...p, heard: 150, keeps: true })).toBe(0);
});

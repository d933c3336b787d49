import { expect, test } from 'vitest';
import { exact, rank, timingNoise } from '../../src/questions/claims/ranking.ts';

const identity = (value: number | null) => value;

test('what lies within the noise of the best ties with it', () => {
  const ranking = rank([1.2, 1.05, 1, 1.1], identity, timingNoise);
  expect(ranking?.winners.map(({ value }) => value)).toEqual([1, 1.05, 1.1]);
  expect(ranking?.others.map(({ value }) => value)).toEqual([1.2]);
});

test('exact values tie only when they are equal', () => {
  expect(rank([8, 8, 9], identity, exact)?.winners).toHaveLength(2);
});

test('what has no value takes no part, and nobody is no ranking', () => {
  expect(rank([null, 3], identity, exact)?.winners).toHaveLength(1);
  expect(rank([null], identity, exact)).toBeNull();
});

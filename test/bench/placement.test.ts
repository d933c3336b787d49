import { expect, test } from 'vitest';
import { coresOf } from '../../bench/placement.ts';

test('a list of cores as the kernel writes it becomes numbers', () => {
  expect(coresOf('0')).toEqual([0]);
  expect(coresOf('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(coresOf('3,8-9')).toEqual([3, 8, 9]);
});

/** Which trials may be evidence for a verdict. */
import { expect, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import { asEvidence } from '../../src/run/again.ts';
import { trial } from '../report/fixture.ts';

const kindOf = (verdict: Trial['verdict'], kind: string) =>
  asEvidence(trial({ transport: 'ws', verdict, notes: [{ kind, value: 1 }] }))?.verdict ?? 'none';

test('what left too late counts as noisy, what is broken does not count, and the rest as it is', () => {
  expect(kindOf('invalid', 'saturated')).toBe('noisy');
  expect(kindOf('invalid', 'unbalanced')).toBe('none');
  expect(kindOf('invalid', 'interrupted')).toBe('none');
  expect(kindOf('noisy', 'loop-delay-server')).toBe('noisy');
  expect(kindOf('valid', 'few-samples')).toBe('valid');
});

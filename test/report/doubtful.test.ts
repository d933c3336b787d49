import { expect, test } from 'vitest';
import { doubtfulNames } from '../../src/report/blocks/doubtful.ts';

test('a noisy trial is called noisy in each language, once, and never invalid', () => {
  const trials = [
    { transport: 'ws', verdict: 'noisy' },
    { transport: 'ws', verdict: 'noisy' },
    { transport: 'sse', verdict: 'invalid' },
  ] as const;
  expect(doubtfulNames(trials, { language: 'en' })).toBe('ws (noisy), sse (invalid)');
  expect(doubtfulNames(trials, { language: 'ko' })).toBe('ws(잡음), sse(무효)');
});

import { expect, test } from 'vitest';
import type { Note, Verdict } from '../../src/metrics/report.ts';
import { checkCounts, judge, worse } from '../../src/metrics/verdict.ts';

const calm = {
  unbalanced: null,
  clockWentBack: false,
  generator: { latenessP50Ns: 1e5, latenessP99Ns: 1e6, periodNs: 50e6 },
  loopDelay: [{ process: 'client', p99Ms: 1, maxMs: 3 }],
};

test('a calm trial whose books balance is valid and needs no notes', () => {
  expect(judge(calm)).toEqual({ verdict: 'valid', notes: [] });
});

test('books that do not balance, or a clock that went back, make it invalid', () => {
  expect(judge({ ...calm, unbalanced: 'connection 3: 1 B up' })).toEqual({
    verdict: 'invalid',
    notes: [{ kind: 'unbalanced', value: 'connection 3: 1 B up' }],
  });
  expect(judge({ ...calm, clockWentBack: true }).verdict).toBe('invalid');
});

test('a generator that is a period late half of the time was saturated: invalid', () => {
  const generator = { latenessP50Ns: 51e6, latenessP99Ns: 90e6, periodNs: 50e6 };
  expect(judge({ ...calm, generator })).toMatchObject({
    verdict: 'invalid',
    notes: [{ kind: 'saturated', value: 51 }],
  });
});

test('a late tail or a stalled loop, in either process, makes it noisy and says how much', () => {
  const generator = { latenessP50Ns: 1e5, latenessP99Ns: 12e6, periodNs: 50e6 };
  expect(judge({ ...calm, generator })).toEqual({
    verdict: 'noisy',
    notes: [{ kind: 'late-generator', value: 12 }],
  });
  const loopDelay = [{ process: 'server', p99Ms: 2, maxMs: 200 }];
  expect(judge({ ...calm, loopDelay })).toEqual({
    verdict: 'noisy',
    notes: [{ kind: 'loop-delay-server', value: 200 }],
  });
});

test('a closed loop has no schedule to be late for', () => {
  expect(judge({ ...calm, generator: null }).verdict).toBe('valid');
});

test('a fast schedule is not saturated by a hiccup of a few periods', () => {
  const generator = { latenessP50Ns: 30e6, latenessP99Ns: 40e6, periodNs: 10e6 };
  expect(judge({ ...calm, generator }).verdict).toBe('noisy');
});

test('of two verdicts the worse one stands', () => {
  expect(worse('valid', 'noisy')).toBe('noisy');
  expect(worse('invalid', 'noisy')).toBe('invalid');
});

test('what is invalid is not spoken of: it is said which it was, and why', () => {
  const over = (transport: string, verdict: Verdict, notes: Note[] = []) => ({
    ...{ scenario: 'echo', transport, verdict, notes },
  });
  const broken = over('sse', 'invalid', [
    { kind: 'unbalanced', value: 'connection 3: 1 B up' },
    { kind: 'saturated', value: 51 },
  ]);
  expect(() => checkCounts('the run', [over('ws', 'valid'), over('polling', 'noisy')])).not.toThrow();
  expect(() => checkCounts('the run', [over('ws', 'valid'), broken])).toThrow(
    expect.objectContaining({
      name: 'CannotRun',
      message:
        'the run does not count: echo over sse is invalid (unbalanced: connection 3: 1 B up; saturated: 51); if this machine was busy, run it again',
    }),
  );
});

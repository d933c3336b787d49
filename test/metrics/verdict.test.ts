import { expect, test } from 'vitest';
import type { CannotRun } from '../../src/base/failure.ts';
import type { Note, TrialVerdict } from '../../src/document/report.ts';
import { checkCounts, judge, wasOnlyLate, worse } from '../../src/metrics/verdict.ts';

const calm = {
  unbalanced: null,
  unseen: 0,
  clockWentBack: false,
  nothingArrived: null,
  cutShort: false,
  generator: { latenessP50Ns: 1e5, latenessP99Ns: 1e6, periodNs: 50e6 },
  turnMs: 0,
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

test('clients whose sockets nobody saw make it invalid, and that is the first reason', () => {
  const { verdict, notes } = judge({ ...calm, unseen: 2, unbalanced: 'payload on the wire 0 B' });
  expect([verdict, notes[0]]).toEqual(['invalid', { kind: 'unseen', value: 2 }]);
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

test('a loop that is as busy as its own load makes it is not noisy; one that waits longer is', () => {
  // 1,000 clients that ask again at once, 33,000 messages a second: 30 ms for one turn of the loop.
  const loopDelay = (p99Ms: number, maxMs: number) => [{ process: 'server', p99Ms, maxMs }];
  expect(judge({ ...calm, turnMs: 30, loopDelay: loopDelay(62, 90) }).verdict).toBe('valid');
  expect(judge({ ...calm, turnMs: 0, loopDelay: loopDelay(62, 90) }).verdict).toBe('noisy');
  expect(judge({ ...calm, turnMs: 30, loopDelay: loopDelay(81, 90) }).verdict).toBe('noisy');
  expect(judge({ ...calm, turnMs: 30, loopDelay: loopDelay(62, 161) }).verdict).toBe('noisy');
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
  const over = (transport: string, verdict: TrialVerdict, notes: Note[] = []) => ({
    scenario: 'echo',
    transport,
    verdict,
    notes,
  });
  const because = (...notes: Note[]) => [over('ws', 'valid'), over('sse', 'invalid', notes)];
  const told = (...notes: Note[]) => {
    try {
      checkCounts('the run', because(...notes));
    } catch (error) {
      return (error as CannotRun).told;
    }
    return null;
  };
  expect(() => checkCounts('the run', [over('ws', 'valid'), over('polling', 'noisy')])).not.toThrow();
  expect(told({ kind: 'saturated', value: 684.990298 }, { kind: 'loop-delay-client', value: 227.8 })).toEqual(
    {
      en: 'the run does not count: echo over sse is invalid: its generator was saturated: half of its messages left 685 ms late or later; ask for less with --rate or --clients; if this machine was busy, run it again',
      ko: expect.stringMatching(/685 ms 이상 늦게.*--rate나 --clients를 줄이거나/),
    },
  );
  expect(
    told({ kind: 'unbalanced', value: 'connection 3: 1 B up' }, { kind: 'saturated', value: 51 })?.en,
  ).toBe(
    'the run does not count: echo over sse is invalid: its counts disagree: connection 3: 1 B up; its generator was saturated: half of its messages left 51 ms late or later; its bytes cannot be trusted; please report it with the command',
  );
  expect(told({ kind: 'nothing-arrived', value: 30 })?.en).toMatch(
    /of 30 messages none arrived; raise --timeout/,
  );
  expect(told({ kind: 'new-kind', value: 1 })?.en).toMatch(/is invalid: new-kind: 1; run it again/);
});

test('of what was sent something must arrive, and what was ended before it began says nothing: invalid', () => {
  expect(judge({ ...calm, nothingArrived: 30 })).toEqual({
    verdict: 'invalid',
    notes: [{ kind: 'nothing-arrived', value: 30 }],
  });
  expect(judge({ ...calm, cutShort: true })).toMatchObject({
    verdict: 'invalid',
    notes: [{ kind: 'interrupted' }],
  });
});

test('only a trial that left too late, and has no other fault, still counts for its bytes', () => {
  const late = { latenessP50Ns: 51e6, latenessP99Ns: 90e6, periodNs: 50e6 };
  const faults = {
    unbalanced: 'connection 3: 1 B up',
    clockWentBack: true,
    nothingArrived: 4,
    cutShort: true,
  };
  expect(wasOnlyLate(judge({ ...calm, generator: late }))).toBe(true);
  for (const [fault, value] of Object.entries(faults))
    expect(wasOnlyLate(judge({ ...calm, generator: late, [fault]: value })), fault).toBe(false);
  expect(wasOnlyLate(judge(calm))).toBe(false);
  expect(wasOnlyLate({ verdict: 'invalid', notes: [] })).toBe(false);
  expect(wasOnlyLate({ verdict: 'invalid', notes: [{ kind: 'of a later version', value: 1 }] })).toBe(false);
});

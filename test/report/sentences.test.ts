import { expect, test } from 'vitest';
import { sentences } from '../../src/report/sentences.ts';
import { wordsOf } from '../../src/report/words.ts';
import { echoTrials, report, trial, typicalReport } from './fixture.ts';

const english = wordsOf('en');
const of = (...trials: Parameters<typeof report>[0]) => sentences(report(trials), english);

test('two sentences tell the echo and one the push', () => {
  expect(sentences(typicalReport(), english)).toHaveLength(3);
});

test('the winner is named with its lead over the slowest, the floor and plain HTTP', () => {
  expect(of(...echoTrials())[0]).toBe(
    'Quickest echo: ws, median 0.21 ms; polling took 52.4 ms, 250 times as long; plain request–response (http) took 0.41 ms; the floor (tcp) is 0.12 ms.',
  );
});

test('a winner that measures below the floor is as quick as the floor, not quicker', () => {
  const floor = trial({ transport: 'tcp', reference: true, p50: 1.2 });
  expect(of(trial({ transport: 'ws', p50: 1 }), trial({ transport: 'sse', p50: 3 }), floor)[0]).toContain(
    'no slower than the floor (tcp), 1.20 ms',
  );
});

test('medians within 10 % have no winner', () => {
  const [latency] = of(trial({ transport: 'ws', p50: 1 }), trial({ transport: 'sse', p50: 1.09 }));
  expect(latency).toBe(
    'Quickest echo: no clear winner, the medians of ws, sse lie within 10 % (1.00 ms to 1.09 ms).',
  );
});

test('medians further apart have one', () => {
  const [latency] = of(trial({ transport: 'ws', p50: 1.2 }), trial({ transport: 'sse', p50: 1 }));
  expect(latency).toBe('Quickest echo: sse, median 1.00 ms; ws took 1.20 ms, 1.2 times as long.');
});

test('plain HTTP that is as quick as the winner is said to be', () => {
  const http = trial({ transport: 'http', reference: true, p50: 1.05, requests: 300 });
  expect(of(trial({ transport: 'ws', p50: 1 }), trial({ transport: 'sse', p50: 3 }), http)[0]).toContain(
    'plain request–response (http) is as quick, 1.05 ms',
  );
});

test('a cheaper set-up is worth it up to the break-even, which is computed', () => {
  const heavy = trial({
    transport: 'ws',
    setupBytes: 3_000,
    steady: { websocket: { up: 1_800, down: 600 } },
  });
  const light = trial({ transport: 'other', setupBytes: 0, steady: { http: { up: 3_000, down: 3_000 } } });
  // 300 B a client more at set-up, 12 B a message less: at 25 messages they cost the same, up to 24 the other is cheaper.
  expect(of(heavy, light)[1]).toContain(
    'but set-up costs 300 B a client, so up to 24 messages per client other is cheaper in all',
  );
});

test('the cheapest that is also cheapest to set up has no break-even', () => {
  expect(of(...echoTrials())[1]).toContain('no other is cheaper, however few the messages');
});

test('a transport alone wins nothing', () => {
  expect(of(trial({ transport: 'ws', p50: 0.2, steady: { websocket: { up: 1_800, down: 600 } } }))).toEqual([
    'Echo: ws, median 0.20 ms.',
    'Bytes beside the payload: ws, 8 B for a message and its echo.',
  ]);
});

test('invalid trials win nothing and noisy ones say so', () => {
  const [latency] = of(
    trial({ transport: 'broken', p50: 0.01, verdict: 'invalid' }),
    trial({ transport: 'ws', p50: 1, verdict: 'noisy' }),
    trial({ transport: 'sse', p50: 2 }),
  );
  expect(latency).toMatch(/^Quickest echo: ws.*the times are noisy/);
});

test('too few samples name nobody', () => {
  expect(of(trial({ transport: 'ws', p50: null }), trial({ transport: 'sse', p50: null }))[0]).toBe(
    'Quickest echo: not told, too few samples.',
  );
});

test('of several repeats the one with the median p50 speaks', () => {
  const repeats = [9, 1, 2].map((p50) => trial({ transport: 'ws', p50 }));
  expect(of(...repeats, trial({ transport: 'sse', p50: 4 }))[0]).toContain('ws, median 2.00 ms');
});

test('the Korean sentences say the same', () => {
  expect(sentences(report(echoTrials()), wordsOf('ko'))[0]).toBe(
    '에코가 가장 빠른 방식: ws, 중앙값 0.21 ms; 가장 느린 polling: 52.4 ms, 250배; 일반 요청–응답(http): 0.41 ms; 하한(tcp): 0.12 ms.',
  );
});

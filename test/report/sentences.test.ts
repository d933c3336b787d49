import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import type { Trial } from '../../src/document/report.ts';
import { sentences } from '../../src/report/views/run/sentences.ts';
import {
  echoTrials,
  linkNamed,
  pushTrials,
  report,
  type TrialShape,
  trial,
  typicalReport,
} from './fixture.ts';

const english = readerOfFiles('en');
const of = (...trials: Parameters<typeof report>[0]) => sentences(report(trials), english);

/** The same over a link, where a network has its part in the times. */
const far = (shape: TrialShape): Trial =>
  trial({
    ...shape,
    more: { ...shape.more, link: { ...linkNamed('rtt=40ms'), upDelayMs: 20, downDelayMs: 20 } },
  });

/** Over a link of 40 ms, by the laws. */
const overDistance = (law: string, lowMs: number, highMs = lowMs): Partial<Trial> => ({
  overDistance: { rttMs: 40, law, lowMs, highMs },
});

test('two sentences tell the echo and one the push', () => {
  expect(sentences(typicalReport(), english)).toHaveLength(3);
});

test('on loopback nobody is quickest: there is no distance', () => {
  const [, time] = of(...echoTrials());
  expect(time).toBe(
    'Echo, median, on loopback (no distance): 0.21 ms to 0.93 ms; polling 52.4 ms, by its 100 ms interval.',
  );
  expect(time).not.toMatch(/quickest|times as/);
});

test('whoever asks at an interval never takes part: its figure is what an option made it', () => {
  const all = of(...echoTrials(), ...pushTrials());
  expect(all[0]).toContain('; polling 521.7 B at its 100 ms interval');
  expect(all[0]).not.toMatch(/(fewest|next|most) polling/);
  const alone = trial({ transport: 'polling', more: overDistance('POLL1', 90) });
  expect(of(alone)[1]).toBe(
    'Echo, median: polling 1.00 ms, by its 100 ms interval.'.replace('Echo, median: ', ''),
  );
});

test('beside the times of loopback stands what the laws give for a link, transports that agree together', () => {
  const trials = [
    trial({ transport: 'polling', more: overDistance('POLL1', 90) }),
    trial({ transport: 'long-polling', more: overDistance('LP4', 40, 80) }),
    trial({ transport: 'sse', more: overDistance('SSE1', 40) }),
    trial({ transport: 'ws', more: overDistance('WS2', 40) }),
    trial({ transport: 'ws', scenario: 'push', more: overDistance('WS2', 20) }),
    trial({ transport: 'tcp', reference: true, more: overDistance('WS2', 40) }),
  ];
  expect(of(...trials).at(-1)).toBe(
    'Over a link of 40 ms the laws give, echo / event in ms: polling 90 / –; long-polling 40–80 / –; sse 40 / –; ws 40 / 20.',
  );
  expect(of(...trials.slice(0, 4)).at(-1)).toBe(
    'Over a link of 40 ms the laws give for an echo, in ms: polling 90; long-polling 40–80; sse, ws 40.',
  );
});

test('over a link the quickest is named with its lead over the last', () => {
  const [, time] = of(far({ transport: 'ws', p50: 41 }), far({ transport: 'sse', p50: 82 }));
  expect(time).toBe('Echo, median: quickest ws, 41.0 ms; last sse, 82.0 ms, a factor of 2.0.');
});

test('where no echo came, nothing is said of what one costs', () => {
  const mute = trial({ transport: 'ws', more: { messages: { up: 300, down: 0 } } });
  expect(of(mute)[0]).toBe('Bytes beside a message and its echo: not told, nothing was delivered.');
});

test('a reference never wins', () => {
  const floor = far({ transport: 'tcp', reference: true, p50: 1 });
  expect(of(far({ transport: 'ws', p50: 41 }), far({ transport: 'sse', p50: 82 }), floor)[1]).toContain(
    'quickest ws',
  );
});

test('medians within 10 % and 3 ms of the best share its place', () => {
  const [, time] = of(far({ transport: 'ws', p50: 40 }), far({ transport: 'sse', p50: 46.9 }));
  expect(time).toBe('Echo, median: quickest ws, sse, 40.0 ms.');
  const [, apart] = of(far({ transport: 'ws', p50: 40 }), far({ transport: 'sse', p50: 47.1 }));
  expect(apart).toContain('quickest ws, 40.0 ms; last sse');
});

test('where a trial is noisy no winner is named by time, and its times are marked', () => {
  const noisy = { transport: 'ws', p50: 41, verdict: 'noisy' } as const;
  expect(of(far(noisy), far({ transport: 'sse', p50: 82 }))[1]).toBe(
    'Echo, median: withheld, times are noisy: ws.',
  );
  expect(of(trial({ ...noisy, p50: 1 }), trial({ transport: 'sse', p50: 2 }))[1]).toContain(
    '~1.00 ms to 2.00 ms',
  );
});

test('bytes are exact: noise withholds nothing there', () => {
  const calm = echoTrials();
  const noisy = calm.map((one) => ({ ...one, verdict: 'noisy' as const }));
  expect(of(...noisy)[0]).toBe(of(...calm)[0]);
});

test('a cheaper set-up is worth it up to the break-even, which is computed', () => {
  const heavy = trial({
    transport: 'ws',
    setupBytes: 3_000,
    steady: { websocket: { up: 1_800, down: 600 } },
  });
  const light = trial({ transport: 'other', setupBytes: 0, steady: { http: { up: 3_000, down: 3_000 } } });
  // 300 B a client more at set-up, 12 B a message less: at 25 messages they cost the same, up to 24 the other is cheaper.
  expect(of(heavy, light)[0]).toContain(
    'but set-up costs 300 B a client, so up to 24 messages per client other is cheaper in all',
  );
});

test('a transport alone wins nothing', () => {
  expect(of(far({ transport: 'ws', p50: 41, steady: { websocket: { up: 1_800, down: 600 } } }))).toEqual([
    'Bytes beside a message and its echo: ws, 8 B.',
    'Echo, median: ws, 41.0 ms.',
  ]);
});

test('invalid trials are not spoken of', () => {
  const [bytes, time] = of(
    trial({ transport: 'broken', p50: 0.01, verdict: 'invalid' }),
    trial({ transport: 'ws', p50: 1 }),
    trial({ transport: 'sse', p50: 2 }),
  );
  expect(`${bytes}${time}`).not.toContain('broken');
});

test('too few samples name nobody', () => {
  expect(of(trial({ transport: 'ws', p50: null }), trial({ transport: 'sse', p50: null }))[1]).toBe(
    'Echo, median: not told, too few samples.',
  );
});

test('of several repeats the one with the median p50 speaks', () => {
  const repeats = [90, 41, 42].map((p50) => far({ transport: 'ws', p50 }));
  expect(of(...repeats, far({ transport: 'sse', p50: 80 }))[1]).toContain('quickest ws, 42.0 ms');
});

test('the Korean sentences say the same', () => {
  expect(sentences(report(echoTrials()), readerOfFiles('ko'))[1]).toBe(
    '에코, 중앙값, 거리가 없는 루프백에서: 0.21 ms ~ 0.93 ms; polling 52.4 ms(100 ms 간격).',
  );
});

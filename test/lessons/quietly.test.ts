/** What is measured again, how often, and what noise may take from a lesson: fakes, no trial is run. */
import { expect, test } from 'vitest';
import type { LessonRow } from '../../src/questions/lessons/lesson.ts';
import { againText, onTimes } from '../../src/questions/lessons/quietly.ts';
import { spoiledAtExtremes, spoiled as spoils, untilQuiet } from '../../src/run/again.ts';

/** Makes one of these after the other, and counts. */
function makes(...made: string[]) {
  const times: number[] = [];
  return {
    times,
    make: async (time: number) => {
      times.push(time);
      return made[time - 1]!;
    },
  };
}
const isNoisy = (made: string) => made.startsWith('noisy');

test('what is quiet is measured once', async () => {
  const { make, times } = makes('quiet');
  expect(await untilQuiet(make, isNoisy)).toEqual({ made: 'quiet', isNoisy: false });
  expect(times).toEqual([1]);
});

test('what is noisy is measured again, and the quiet one counts', async () => {
  const { make, times } = makes('noisy', 'quiet', 'never');
  expect(await untilQuiet(make, isNoisy)).toEqual({ made: 'quiet', isNoisy: false });
  expect(times).toEqual([1, 2]);
});

test('three times in all, whatever they come to', async () => {
  const { make, times } = makes('noisy 1', 'noisy 2', 'noisy 3', 'quiet');
  expect(await untilQuiet(make, isNoisy)).toEqual({ made: 'noisy 3', isNoisy: true });
  expect(times).toEqual([1, 2, 3]);
});

test('an error is no noise: it ends the lesson', async () => {
  let made = 0;
  const failing = () => {
    made++;
    return Promise.reject(new Error('no port'));
  };
  await expect(untilQuiet(failing, isNoisy)).rejects.toThrow('no port');
  expect(made).toBe(1);
});

const trial = (changes: object) => ({
  verdict: 'valid',
  notes: [],
  predictions: [],
  resources: { client: { loopDelayP99Ms: 1 }, server: { loopDelayP99Ms: 2 } },
  ...changes,
});
const law = (unit: string, tolerance: number) => ({
  law: 'WS2',
  metric: 'x',
  unit,
  predicted: 1,
  measured: 1,
  tolerance,
  verdict: 'holds',
});
const spoiled = (changes: object) => spoils.laws(trial(changes) as never);

test('a trial is spoiled by its own verdict; what broke otherwise is not measured again', () => {
  expect(spoiled({})).toBe(false);
  expect(spoiled({ verdict: 'noisy' })).toBe(true);
  expect(spoiled({ verdict: 'invalid', notes: [{ kind: 'saturated', value: 80 }] })).toBe(true);
  expect(spoiled({ verdict: 'invalid', notes: [{ kind: 'unbalanced', value: 3 }] })).toBe(false);
});

test('a process that waited longer than a law allows spoils that law, and no coarser one', () => {
  const resources = { client: { loopDelayP99Ms: 1 }, server: { loopDelayP99Ms: 3.5 } };
  expect(spoiled({ resources, predictions: [law('ms', 26)] })).toBe(false);
  expect(spoiled({ resources, predictions: [law('ms', 26), law('ms', 3)] })).toBe(true);
  // The link of a trial is a process, too, and every message waits for it.
  const relayed = {
    client: { loopDelayP99Ms: 1 },
    server: { loopDelayP99Ms: 1 },
    relay: { loopDelayP99Ms: 3.5 },
  };
  expect(spoiled({ resources: relayed, predictions: [law('ms', 3)] })).toBe(true);
  // Bytes have no tolerance, and no noise.
  expect(spoiled({ resources, predictions: [law('B', 0)] })).toBe(false);
});

test('what two messages decide is spoiled by a single wait, and what many decide is not', () => {
  const waits = (loopDelayMaxMs: number) => ({ loopDelayP99Ms: 1, loopDelayMaxMs });
  const once = { resources: { client: waits(2), server: waits(27) } };
  expect(spoiled(once)).toBe(false);
  expect(spoiledAtExtremes(20)(trial(once) as never)).toBe(true);
  expect(spoiledAtExtremes(30)(trial(once) as never)).toBe(false);
  // An age has both waits in it.
  const twice = { resources: { client: waits(12), server: waits(11) } };
  expect(spoiledAtExtremes(20)(trial(twice) as never)).toBe(true);
  expect(spoiledAtExtremes(25)(trial(twice) as never)).toBe(false);
});

test('noise takes the figure of a row, and says so; a quiet one keeps it', () => {
  const row: LessonRow = {
    metric: { en: 'age', ko: '지연' },
    unit: 'nanoseconds',
    law: 'POLL1',
    predicted: [1],
    measured: 5,
    tolerance: 1,
  };
  expect(onTimes({ isNoisy: false }, row)).toBe(row);
  expect(onTimes({ isNoisy: true }, row)).toEqual({ ...row, measured: null, isWithheld: true });
});

test('that something is measured again is told in both languages, with how often', () => {
  expect(againText('push, ws', 2)).toEqual({
    en: 'push, ws: the machine was busy, measured again (2 of 3)',
    ko: 'push, ws: 컴퓨터가 바빠 다시 측정합니다(3번 중 2번째)',
  });
});

/** Options from the environment: a switch that is empty or set to "no" is off, however it is spelled. */
import { afterEach, expect, test, vi } from 'vitest';
import { text } from '../src/base/text.ts';
import { isOn, option } from '../src/commands/options/values.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(['0', 'false', 'no', 'off', ''])('a switch that is set to %j is off', (value) => {
  for (const name of ['NO_COLOR', 'CLOSED']) vi.stubEnv(`RTCOMPARE_${name}`, value);
  for (const flags of ['--no-color', '--closed'])
    expect(option(flags, text('', '')).envVar, flags).toBeUndefined();
});

test('one that is set to anything else is on, and a value is taken as it is', () => {
  vi.stubEnv('RTCOMPARE_NO_COLOR', '1');
  expect(option('--no-color', text('', '')).envVar).toBe('RTCOMPARE_NO_COLOR');
  vi.stubEnv('RTCOMPARE_SIZE', '0');
  expect(option('--size <bytes>', text('', '')).envVar).toBe('RTCOMPARE_SIZE');
});

test('CI=false is no CI', () => {
  for (const [value, on] of [
    ['false', false],
    ['False', false],
    ['0', false],
    ['', false],
    ['true', true],
    ['1', true],
    ['woodpecker', true],
  ] as const) {
    vi.stubEnv('CI', value);
    expect([value, isOn('CI')]).toEqual([value, on]);
  }
});

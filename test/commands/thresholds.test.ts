/** Thresholds around a run on a machine that stands still: made again, then undecided, said, and no failure unless strict. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/metrics/report.ts';
import { spoken } from '../support/spoken.ts';
import { standStill } from '../support/stand-still.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-thresholds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run during which this process stands still now and then: its times are noisy, its bytes are not. */
async function disturbed(thresholds: unknown, args: readonly string[] = []) {
  writeFileSync(join(folder, 'rtcompare.config.json'), JSON.stringify({ thresholds }));
  const still = setInterval(() => standStill(130), 250);
  // A closed loop has no schedule that could be missed by so much that nothing counts.
  const load = ['--closed', '--messages', '40', '--transport', 'ws', '--scenario', 'echo', '--json'];
  try {
    return await spoken(['run', ...load, ...args], { folder });
  } finally {
    clearInterval(still);
  }
}

test('noise neither fails nor passes silently: made again, a warning, exit 0; strict fails', {
  timeout: 60_000,
}, async () => {
  const rule = 'ws p50 <= 1 us';
  const lax = await disturbed([rule, 'ws perMessage.overhead <= 8 B'], ['--retry-noisy', '1']);
  expect(lax.code, lax.stderr).toBe(0);
  const { thresholds, trials } = JSON.parse(lax.stdout) as Report;
  expect(trials.find(({ transport }) => transport === 'ws')!.notes).toContainEqual({
    ...{ kind: 'measured-again', value: 1 },
  });
  expect(thresholds.map(({ verdict }) => verdict)).toEqual(['undecided', 'met']);
  expect(lax.stderr).toContain(
    'warning: undecided: "ws p50 <= 1 us" (ws): ws was noisy, 2 times in a row; run it when',
  );
  const strict = await disturbed([{ rule, level: 'strict' }]);
  expect([strict.code, strict.stderr]).toEqual([1, expect.not.stringContaining('warning: undecided')]);
});

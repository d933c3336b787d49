/** Thresholds on a machine that stands still: measured again, then undecided and reported; a failure only if strict. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isMissed } from '../../src/commands/options/threshold-options.ts';
import type { Report } from '../../src/document/report.ts';
import { spoken } from '../support/spoken.ts';
import { standStill } from '../support/stand-still.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-thresholds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('noise neither fails nor passes silently: made again, a warning, exit 0; strict fails', {
  timeout: 120_000,
}, async () => {
  const thresholds = ['tcp p50 <= 1 us', 'tcp perMessage.overhead <= 0 B'];
  writeFileSync(join(folder, 'rtcompare.config.json'), JSON.stringify({ thresholds }));
  // A closed loop has no schedule that could be missed by so much that nothing counts.
  const load = ['--closed', '--messages', '40', '--transport', 'tcp', '--scenario', 'echo', '--json'];
  const still = setInterval(() => standStill(130), 250);
  const ran = await spoken(['run', ...load, '--retry-noisy', '1'], { folder });
  clearInterval(still);
  expect(ran.code, ran.stderr).toBe(0);
  const report = JSON.parse(ran.stdout) as Report;
  const tcp = report.trials.find(({ transport }) => transport === 'tcp')!;
  expect(tcp.notes).toContainEqual({ kind: 'measured-again', value: 1 });
  expect(report.thresholds.map(({ verdict }) => verdict)).toEqual(['undecided', 'met']);
  expect(ran.stderr).toContain(
    'warning: undecided: "tcp p50 <= 1 us" (tcp): tcp was noisy, 2 times in a row; run it when',
  );
  const strict = report.thresholds.map((outcome) => ({ ...outcome, level: 'strict' as const }));
  expect(await isMissed(report)).toBe(false);
  expect(await isMissed({ ...report, thresholds: strict })).toBe(true);
});

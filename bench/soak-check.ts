/**
 * `npm run soak:check`: runs the gate 30 times, ten of them with both cores kept busy. Its figures are exact, so
 * every run must find the wire as in the baseline; the first that does not ends the check and prints what it found.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const times = 30;
const busyTimes = 10;

const spin = 'for (const end = Date.now() + 600_000; Date.now() < end; );';
const keepBusy = (): ChildProcess[] =>
  Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', spin], { stdio: 'ignore' }),
  );

let busy: ChildProcess[] = [];
try {
  for (let time = 0; time < times; time++) {
    if (time === times - busyTimes) busy = keepBusy();
    const began = performance.now();
    const { status, stdout } = spawnSync(process.execPath, ['dist/cli.js', 'check', '--quiet'], {
      encoding: 'utf8',
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(
      `${time + 1}/${times}${busy.length > 0 ? ' busy' : ''}: ${seconds} s, exit ${status}\n`,
    );
    if (status === 0) continue;
    process.stdout.write(stdout);
    process.exitCode = 1;
    break;
  }
} finally {
  for (const child of busy) child.kill('SIGKILL');
}

/** Lessons 1 to 9, measured: each row lies within its law's tolerance, or is withheld as noisy where the machine is busy. */
import { busyMachine } from './busy.ts';
import { rtcompare } from './command.ts';

export async function lessons({ times, busy }: { times: number; busy: boolean }): Promise<boolean> {
  using _machine = busy ? busyMachine() : { [Symbol.dispose]: () => {} };
  let held = true;
  for (let nth = 1; nth <= times; nth++) {
    for (let lesson = 1; lesson <= 9; lesson++) {
      const { code, stdout, stderr, seconds } = await rtcompare(
        ...['lesson', String(lesson), '--answer', '1', '--json', '--quiet'],
      );
      const holds = code === 0;
      held &&= holds;
      console.log(
        `${nth}: lesson ${lesson}: exit ${code}, ${seconds.toFixed(0)} s ${holds ? summary(stdout) : stderr.trim()}`,
      );
    }
  }
  return held;
}

/** The rows that are out of tolerance, or withheld. */
function summary(stdout: string): string {
  const { rows = [] } = JSON.parse(stdout) as { rows?: readonly Record<string, unknown>[] };
  return JSON.stringify(
    rows.map(({ verdict, within, withheld, noisy }) => verdict ?? within ?? withheld ?? noisy),
  );
}

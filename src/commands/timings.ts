/** Times for the gate: what answers at once (polling asks by its own clock), plain HTTP and the floor, echo, several repeats in random order. */
import { CannotRun } from '../failure.ts';
import type { Timings } from '../gate/weighing.ts';
import { type RunOptions, runOptions } from './run-options.ts';

const repeats = 7;

/** Takes under a minute. Throws `CannotRun` where a run on this machine, now, does not count. */
export async function measureTimings(
  signal: AbortSignal,
  onStage: (stage: string) => void,
): Promise<Timings> {
  const { run } = await import('../run.ts');
  const { planRun } = await import('./run-plan.ts');
  const { timingsOf } = await import('../gate/timings.ts');
  const defaults = Object.fromEntries(runOptions().map((one) => [one.attributeName(), one.defaultValue]));
  const asked = { scenario: 'echo', clients: 5, messages: 40, rate: 50, repeat: repeats };
  const { transports } = await import('../transports/index.ts');
  // Who polls waits for its interval: nothing of the machine or the library would show.
  const chosen = transports.filter(({ traits }) => traits.inAll && !traits.polls).map(({ name }) => name);
  const options = { ...defaults, ...asked, transport: [...chosen, 'tcp'].join(',') };
  const { plan, trials } = await planRun(options as RunOptions, (name) => name in asked, signal);
  const report = await run({
    ...{ plan, trials, signal },
    onProgress: ({ index, total, plan: { transport } }) =>
      onStage(`timing [${index + 1}/${total}] ${transport.name}`),
  });
  signal.throwIfAborted();
  if (report.verdict === 'invalid')
    throw new CannotRun('the times do not count: a trial was invalid; try again');
  return timingsOf(report);
}

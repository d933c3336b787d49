/**
 * The timed trials of the gate: an echo over every transport that answers at once, plain HTTP and tcp, repeated in
 * random order.
 */

import { CannotRun } from '../../base/failure.ts';
import { text } from '../../base/text.ts';
import type { Timings } from '../../document/weighing.ts';
import { type RunOptions, runOptions } from '../options/run-options.ts';
import type { ProgressStage } from '../screen/progress.ts';

const repeats = 7;

/** Throws `CannotRun` if a trial was invalid or could not connect: then the times do not count. */
export async function measureTimings(
  signal: AbortSignal,
  onStage: (stage: ProgressStage) => void,
): Promise<Timings> {
  const { run } = await import('../../run/run.ts');
  const { mostTimes } = await import('../../run/again.ts');
  const { planRun } = await import('../options/run-plan.ts');
  const { timingsOf } = await import('../../gate/timings.ts');
  const defaults: Readonly<Record<string, unknown>> = Object.fromEntries(
    runOptions().map((one) => [one.attributeName(), one.defaultValue]),
  );
  const asked = { scenario: 'echo', clients: 5, messages: 40, rate: 50, repeat: repeats };
  const { transports } = await import('../../transports/index.ts');
  // A poll waits for its interval, which would hide any change of machine or library.
  const chosen = transports.filter(({ traits }) => traits.inAll && !traits.polls).map(({ name }) => name);
  const options = { ...defaults, ...asked, transport: [...chosen, 'tcp'].join(',') };
  const { plan, trials } = await planRun(options as unknown as RunOptions, (name) => name in asked, signal);
  const report = await run({
    plan,
    trials,
    signal,
    again: mostTimes - 1,
    onProgress: ({ plan: { transport }, ...progress }) => onStage({ ...progress, name: transport.name }),
  });
  signal.throwIfAborted();
  if (report.verdict === 'invalid' || report.unconnected.length > 0)
    throw new CannotRun(
      text(
        'the times do not count: a trial was invalid; try again',
        '잰 시간을 쓸 수 없습니다: 유효하지 않은 측정이 있었습니다. 다시 실행해 보면 됩니다',
      ),
    );
  return timingsOf(report);
}

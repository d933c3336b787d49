/** Trials for reproductions: by name, one after the other, noisy ones remembered. */
import { UsageError } from '../../base/failure.ts';
import type { Trial } from '../../document/report.ts';
import { transportByName } from '../../transports/index.ts';
import { checkFiles } from '../../trial/limits.ts';
import { measure, startServer } from '../../trial/measure.ts';
import type { TrialPlan } from '../../trial/plan.ts';
import { machineMs } from '../../trial/predictions/times.ts';
import { scenarioByName } from '../../trial/scenarios/index.ts';
import { type Asked, usualPlan } from '../../trial/usual-plan.ts';
import type { Setting } from './reproduction.ts';

type Wanted = Omit<Asked, 'transport' | 'scenario' | 'signal'>;

export function trialRunner({ signal, onStage }: Setting) {
  const doubtful: Trial[] = [];
  return {
    doubtful,
    async run(scenarioName: string, transportName: string, wanted: Wanted = {}): Promise<Trial> {
      signal.throwIfAborted();
      const plan = planOf(scenarioName, transportName, { ...wanted, signal });
      checkFiles(plan);
      onStage(`${scenarioName}: ${transportName}, ${plan.load.clients} clients, ${plan.link.name}`);
      const trial = await measure(plan, await startServer(plan));
      // Half a trial is nobody's result.
      signal.throwIfAborted();
      if (trial.verdict !== 'valid') doubtful.push(trial);
      return trial;
    },
  };
}

function planOf(
  scenarioName: string,
  transportName: string,
  wanted: Wanted & Pick<Asked, 'signal'>,
): TrialPlan {
  const scenario = scenarioByName(scenarioName);
  const transport = transportByName(transportName);
  if (!scenario || !transport) throw new UsageError(`no ${scenarioName} over ${transportName}`);
  return usualPlan({ ...wanted, scenario, transport });
}

/** How far a time may lie from a law, ns: as the trial itself says for this law, else what the machine may add. */
export function allowedNs({ predictions }: Trial, law: string): number {
  const found = predictions.find((one) => one.law === law && one.unit === 'ms');
  return (found?.tolerance ?? machineMs) * 1e6;
}

/** So many messages at this scale, five at least. */
export const scaled = (messages: number, { scale }: Pick<Setting, 'scale'>): number =>
  Math.max(5, Math.round(messages * scale));

export const meanNs = ({ latency }: Trial): number | null => latency?.mean ?? null;

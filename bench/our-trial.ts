/** One whole trial: clients, lab, book and tape as in `rtcompare run`, against a server of the bench. */

import type { Trial } from '../src/document/report.ts';
import { built } from './built.ts';
import type { Address } from './echo-variants.ts';

interface Asked {
  readonly transport: 'ws' | 'http' | 'socket.io';
  readonly scenario: 'saturate' | 'idle' | 'echo';
  readonly clients: number;
  /** Null if the number of messages ends the trial. */
  readonly durationMs: number | null;
  readonly messageBytes: number;
  /** Per client, and per second. */
  readonly messages?: number;
  readonly rate?: number;
}

export async function ourTrial(asked: Asked, address: Address): Promise<Trial> {
  const { measure } = await built<typeof import('../src/trial/measure.ts')>('trial/measure');
  const { usualPlan } = await built<typeof import('../src/trial/knobs.ts')>('trial/knobs');
  const { transports } = await built<typeof import('../src/transports/index.ts')>('transports/index');
  const { scenarios } =
    await built<typeof import('../src/trial/scenarios/index.ts')>('trial/scenarios/index');
  const { standing } = await built<typeof import('../src/target/target.ts')>('target/target');
  const over = new AbortController();
  const plan = usualPlan({
    transport: named(transports, asked.transport),
    scenario: named(scenarios, asked.scenario),
    load: {
      clients: asked.clients,
      durationMs: asked.durationMs,
      size: asked.messageBytes,
      ...(asked.messages !== undefined && { messages: asked.messages }),
      ...(asked.rate !== undefined && { rate: asked.rate }),
    },
    ...address,
    signal: over.signal,
  });
  // The server belongs to the bench and serves both sides, so the trial neither stops it nor reads its CPU time.
  const trial = await measure(plan, standing(address));
  // Ends the trial's pending timers, which would keep this process alive.
  over.abort();
  const { lost, errors } = trial.delivery;
  if (lost > 0 || Object.keys(errors).length > 0)
    throw new Error(`${lost} messages were lost: ${JSON.stringify(errors)}`);
  return trial;
}

function named<Value extends { readonly name: string }>(values: readonly Value[], name: string): Value {
  const found = values.find((value) => value.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

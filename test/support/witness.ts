/**
 * A trial with a witness: besides the trial it keeps each message that each client was handed and when, and
 * each due time of the server's schedule. It stands between transport and lab, and changes nothing.
 */

import type { Trial } from '../../src/document/report.ts';
import { decodeIdentity } from '../../src/protocols/contract.ts';
import type { TickLoad } from '../../src/servers/behaviours.ts';
import type { Transport } from '../../src/transports/transport.ts';
import { measure } from '../../src/trial/measure.ts';
import type { TrialPlan } from '../../src/trial/plan.ts';
import { serveNextDoor } from './next-door.ts';

export interface Heard {
  readonly sequence: number;
  readonly atNs: number;
}

export interface Witnessed {
  readonly trial: Trial;
  /** Due times of the server's messages in the steady phase, and the sequence number of the first. */
  readonly dueNs: readonly number[];
  readonly firstSequence: number;
  /** What each client received in the steady phase, in the order of arrival. */
  readonly heard: readonly (readonly Heard[])[];
  /** Arrival less due time of every copy, in ns, client after client. */
  readonly agesNs: readonly number[];
}

export async function witnessHere(plan: TrialPlan): Promise<Witnessed> {
  const all = new Map<string, Heard[]>();
  let dueNs: number[] = [];
  let firstSequence = 0;
  const server = await serveNextDoor(plan);
  const tick = async (load: TickLoad) => {
    firstSequence = load.firstSequence;
    dueNs = await server.tick!(load);
    return dueNs;
  };
  const transport: Transport = {
    ...plan.transport,
    connect(options) {
      const mine: Heard[] = [];
      all.set(options.client, mine);
      const onMessage: typeof options.onMessage = (data) => {
        const atNs = options.clock.now();
        mine.push({ sequence: decodeIdentity(data)?.sequence ?? -1, atNs });
        options.onMessage(data);
      };
      return plan.transport.connect({ ...options, onMessage });
    },
  };
  const trial = await measure({ ...plan, transport }, { ...server, tick });
  const heard = [...all.values()].map((mine) => mine.filter(({ sequence }) => sequence >= firstSequence));
  const agesNs = heard.flat().map(({ sequence, atNs }) => atNs - dueNs[sequence - firstSequence]!);
  return { trial, dueNs, firstSequence, heard, agesNs };
}

/** Messages of one answer are handed on in one turn of the event loop; two answers are a round trip apart. */
export function answersOf(heard: readonly Heard[], rttNs: number): { atNs: number; messages: number }[] {
  const answers: { atNs: number; messages: number }[] = [];
  for (const { atNs } of heard) {
    const last = answers.at(-1);
    if (last && atNs - last.atNs < rttNs / 2) last.messages++;
    else answers.push({ atNs, messages: 1 });
  }
  return answers;
}

/** The q-quantile of some numbers, 0 < q ≤ 1. */
export function quantileOf(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)]!;
}

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5);

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

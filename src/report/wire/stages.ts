/** The steps at which different transports do the same thing, so that they can stand side by side. */

import type { Text } from '../../base/text.ts';
import type { Unit } from '../../protocols/unit.ts';
import type { Specimen, SpecimenStep } from '../../script/specimen.ts';
import { phrases, stepNames } from './phrases.ts';

export interface WireStage {
  readonly steps: readonly SpecimenStep[];
  readonly title: Text;
}

export const stages: readonly WireStage[] = [
  { steps: ['connect'], title: stepNames.connect },
  { steps: ['message'], title: phrases.allMessage },
  { steps: ['poll', 'held-poll', 'heartbeat'], title: phrases.idle },
  { steps: ['close'], title: stepNames.close },
];

/** Null if the transport has no such step. */
export function unitsIn(stage: WireStage, { steps }: Specimen, units: readonly Unit[]): Unit[] | null {
  const at = steps.findIndex((step) => stage.steps.includes(step));
  return at < 0 ? null : units.filter(({ step }) => step === at);
}

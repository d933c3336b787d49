/** What an outage tells of each transport: who came back, how soon, and what was lost. */
import type { Fact } from '../probes/fact.ts';
import type { Evidence } from './evidence.ts';
import { facts } from './trial-facts.ts';

export function outageFacts(evidence: Evidence, transports: readonly string[]): Fact[] {
  return [
    ...facts(evidence, 'outage', transports, 'clients-cut', ({ outage }) => outage?.clients),
    ...facts(evidence, 'outage', transports, 'clients-back'),
    ...facts(evidence, 'outage', transports, 'back-after', ({ outage }) =>
      medianNs(outage?.recoveryMs ?? []),
    ),
    ...facts(evidence, 'outage', transports, 'messages-lost'),
  ];
}

function medianNs(times: readonly number[]): number | null {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? null : middle * 1e6;
}

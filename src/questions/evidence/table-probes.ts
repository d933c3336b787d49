/** The probes that rows of the documents' two tables ask for: features of running servers, none of which takes a second. */
import { tableA, tableB } from '../claims/index.ts';
import type { Fact } from '../probes/fact.ts';
import { type ProbeName, probes } from '../probes/index.ts';

const needed = new Set<string>([...tableA, ...tableB].flatMap(({ judgement }) => judgement.needs));
/** They may start a program that is installed here, which the reader of a table would not expect. */
const notHere: readonly ProbeName[] = ['behind-proxy'];
const tableProbes = (Object.keys(probes) as ProbeName[]).filter(
  (name) => needed.has(name) && !notHere.includes(name),
);

/** The facts of the probes that succeeded. A row whose probe failed has none, and the table says how to get them. */
export async function askTableProbes(signal: AbortSignal): Promise<Fact[]> {
  // Probes ask whether something happens, not when, so they do not disturb each other.
  const asked = tableProbes.map((name) => (signal.aborted ? [] : probes[name]().catch(() => [])));
  return (await Promise.all(asked)).flat();
}

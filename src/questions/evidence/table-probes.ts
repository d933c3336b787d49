/** The probes that rows of the documents' two tables ask for: features of running servers, none of which takes a second. */
import { tableA, tableB } from '../claims/index.ts';
import type { Fact } from '../probes/fact.ts';
import { type ProbeName, probes } from '../probes/index.ts';

const needed = new Set<string>([...tableA, ...tableB].flatMap(({ judgement }) => judgement.needs));
/** They may start a program that is installed here, which nobody expects of a table. */
const notHere: readonly ProbeName[] = ['behind-proxy'];
const tableProbes = (Object.keys(probes) as ProbeName[]).filter(
  (name) => needed.has(name) && !notHere.includes(name),
);

/** What could be found out; a row whose probe failed stays without its facts, and the table says what fills it. */
export async function askTableProbes(signal: AbortSignal): Promise<Fact[]> {
  // What they ask is whether something happens, and not when: none is in another's way.
  const asked = tableProbes.map((name) => (signal.aborted ? [] : probes[name]().catch(() => [])));
  return (await Promise.all(asked)).flat();
}

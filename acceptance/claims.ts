/**
 * Runs `rtcompare claims` repeatedly, against the verdicts in docs/claims.json. On an idle machine every claim has
 * the same verdict. Beside busy loops claims on bytes and counts have the same verdict, and claims on times the same
 * or none; at most five have none.
 */
import { readFileSync } from 'node:fs';
import { isTimed } from '../src/questions/claims/fact-kinds.ts';
import { claims as registry } from '../src/questions/claims/index.ts';
import { busyMachine } from './busy.ts';
import { rtcompare } from './command.ts';

interface Verdicts {
  readonly claims: readonly { readonly id: string; readonly verdict: string | null }[];
}

const kept = JSON.parse(readFileSync(new URL('../docs/claims.json', import.meta.url), 'utf8')) as Verdicts;
const mostWithheld = 5;
const timed = new Set(
  registry
    .filter(({ judgement }) => Object.values(judgement.reads).some(([metric]) => isTimed(metric)))
    .map(({ id }) => id),
);

export async function claims({ times, busy }: { times: number; busy: boolean }): Promise<boolean> {
  using _machine = busy ? busyMachine() : { [Symbol.dispose]: () => {} };
  let held = true;
  for (let nth = 1; nth <= times; nth++) {
    const { code, stdout, stderr, seconds } = await rtcompare('claims', '--json', '--quiet');
    if (code !== 0) {
      console.log(`${nth}: exit ${code}: ${stderr.trim()}`);
      held = false;
      continue;
    }
    const { claims } = JSON.parse(stdout) as Verdicts;
    const wantedOf = (id: string) => kept.claims.find((one) => one.id === id)?.verdict ?? null;
    const withheld = claims.filter(({ verdict }) => verdict === 'withheld').map(({ id }) => id);
    const wrong = claims.filter(({ id, verdict }) =>
      verdict === 'withheld' ? !busy || !timed.has(id) : verdict === null || verdict !== wantedOf(id),
    );
    const holds = wrong.length === 0 && withheld.length <= mostWithheld;
    held &&= holds;
    const decided = claims.length - withheld.length;
    console.log(
      `${nth}: ${holds ? 'holds' : 'FALLS SHORT'}, ${seconds.toFixed(0)} s, ${decided} of ${claims.length} decided; withheld: ${withheld.join(', ') || 'none'}; otherwise than kept: ${wrong.map(({ id, verdict }) => `${id} ${verdict} (kept: ${wantedOf(id)})`).join(', ') || 'none'}`,
    );
  }
  return held;
}

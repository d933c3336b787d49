/**
 * Whether a storm of reconnections ends, swept over N, c, T and D on the virtual clock, with the clients' own
 * policies: for equal waits the condition of HERD5 is exact; for random waits the check prints how far from it herds
 * still came in.
 */
import { randomStream } from '../src/base/schedule.ts';
import { admitted, firstWave, stormNeverEnds } from '../src/laws/admission.ts';
import { type PolicyName, reconnectPolicies } from '../src/laws/reconnection.ts';
import { tally } from './command.ts';

const costsMs = [5, 20, 50, 70, 200];
const timeoutsMs = [1000, 4000, 20_000];
const outagesMs = [100, 5000, 22_000];
/** A herd that is not in by then never gets in: the slowest one that got in took a fifth of this. */
const untilMs = 600_000;
const mostClients = 4000;
const seeds = [1, 2, 3];

type Asked = { clients: number; costMs: number; timeoutMs: number; outageMs: number };

const isIn = (name: PolicyName, asked: Asked, seed: number): boolean =>
  admitted({ ...asked, policy: reconnectPolicies[name], untilMs }, randomStream(seed, name)).length ===
  asked.clients;

/** Every herd that is some share of HERD5's border, or a few clients from it. */
function* herds(waitMs: number, shares: readonly number[], besides: readonly number[]) {
  for (const costMs of costsMs)
    for (const timeoutMs of timeoutsMs)
      for (const outageMs of outagesMs) {
        const wave = firstWave({ clients: Infinity, costMs, timeoutMs });
        const clientsAt = (share: number) => Math.round(wave + (share * (timeoutMs + waitMs)) / costMs);
        const sizes = [
          ...shares.map((share) => ({ share, clients: clientsAt(share) })),
          ...besides.map((by) => ({ share: 1, clients: clientsAt(1) + by })),
        ];
        for (const { share, clients } of sizes)
          if (clients > wave && clients >= 10 && clients <= mostClients)
            yield { share, costMs, timeoutMs, outageMs, clients };
      }
}

function equalWaits(name: PolicyName, waitMs: number): readonly [seen: number, other: number] {
  let [seen, other] = [0, 0];
  for (const { share, ...asked } of herds(
    waitMs,
    [0.3, 0.6, 0.9, 0.99, 1.01, 1.1, 1.5, 3],
    [-2, -1, 0, 1, 2],
  )) {
    seen++;
    if (isIn(name, asked, 1) === stormNeverEnds({ ...asked, waitMs })) other++;
  }
  return [seen, other];
}

const shares = [0.5, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 2, 3];

/** By share of the border: how many herds were tried, and how many never came in. */
function randomWaits(name: PolicyName, waitMs: number) {
  const found = new Map(shares.map((share) => [share, { asked: 0, out: 0 }]));
  for (const { share, ...asked } of herds(waitMs, shares, []))
    for (const seed of seeds) {
      const at = found.get(share);
      if (!at) continue;
      at.asked++;
      if (!isIn(name, asked, seed)) at.out++;
    }
  return found;
}

/** The mean of a policy's longest wait. */
function meanMs(name: PolicyName): number {
  const random = randomStream(1, 'longest waits');
  const waits = Array.from({ length: 10_000 }, () => reconnectPolicies[name](30, random));
  return waits.reduce((sum, one) => sum + one, 0) / waits.length;
}

export async function storm(): Promise<boolean> {
  const { say, held } = tally();
  for (const [name, waitMs] of [
    ['fixed', 1000],
    ['eventsource', 3000],
  ] as const) {
    const [seen, other] = equalWaits(name, waitMs);
    say(other === 0, `${name}: of ${seen} herds ${other} came to another end than the law has it`);
  }
  for (const name of ['uniform', 'full-jitter', 'socket.io', 'doubling'] as const) {
    const waitMs = meanMs(name);
    const found = [...randomWaits(name, waitMs)];
    const told = found.map(([share, { asked, out }]) => `${share}: ${out} of ${asked}`).join(', ');
    // The law for random waits: all come in up to 0.8 of the border, none from twice on; in between chance decides.
    const holds = found.every(([share, { asked, out }]) =>
      share <= 0.8 ? out === 0 : share < 2 || out === asked,
    );
    say(
      holds,
      `${name} (mean of the longest wait ${Math.round(waitMs)} ms): never in, by share of the border: ${told}`,
    );
  }
  return held();
}

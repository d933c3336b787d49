/** HERD5, compared with a herd whose server admits slowly: how many are in before others give up, in all, and when. */
import { randomStream } from '../../base/schedule.ts';
import { admitted } from '../../laws/admission.ts';
import { herdFigures, type Likely, lawOfPolicy, likelyOf } from '../../laws/reconnection.ts';
import { dialledAtOnce } from '../connecting.ts';
import { handshakesAsked, patienceMs } from '../scenarios/herd.ts';
import type { Binding, Facts, Inputs } from './binding.ts';
import { failingMs, lateMs, policyOf, policyUnder, socketIoTimeoutMs } from './herd.ts';

const herds = 200;

/** socket.io-client has its own time-out, an EventSource has none, and the others have the one asked for. */
function timeoutMs(inputs: Inputs): number {
  const policy = policyOf(inputs);
  if (policy === 'socket.io') return socketIoTimeoutMs;
  const asks = inputs.transport.traits.comesBack === 'as asked';
  return (asks ? handshakesAsked(inputs.load).timeoutMs : undefined) ?? Number.POSITIVE_INFINITY;
}

/** How many were in before the clients that tried at the same time as the first gave up. @param afterMs ascending */
function waveOf(afterMs: readonly number[], costMs: number, timeoutMs: number): number {
  const firstMs = (afterMs[0] ?? 0) - costMs;
  return afterMs.filter((ms) => ms - firstMs <= timeoutMs).length;
}

type Figure = 'wave' | 'back' | 'medianMs' | 'most95Ms';
type Herd = Readonly<Record<Figure, number>>;

function herdOf(inputs: Inputs, costMs: number, outageMs: number, random: () => number): Herd {
  const asked = { clients: inputs.load.clients, costMs, timeoutMs: timeoutMs(inputs), outageMs };
  const policy = policyUnder(inputs);
  const returns = admitted({ ...asked, policy, untilMs: patienceMs, failingMs: failingMs(inputs) }, random);
  const afterMs = returns.map((one) => one.afterMs).sort((a, b) => a - b);
  const { medianMs, most95Ms } = herdFigures(afterMs);
  return { wave: waveOf(afterMs, costMs, asked.timeoutMs), back: afterMs.length, medianMs, most95Ms };
}

type Drawn = Readonly<Record<Figure, Likely>>;
/** All figures and their tolerances come from the same herds. */
const drawn = new WeakMap<Inputs | Facts, Drawn>();

/** Null if connections are admitted at once, or if connecting takes more than one connection. */
function herdsOf(inputs: Inputs, facts: Facts | null): Drawn | null {
  const { costMs } = handshakesAsked(inputs.load);
  if (!inputs.scenario.needsReturn || costMs === undefined || inputs.load.outage === 'silent') return null;
  if (inputs.transport.traits.connectsInTurn > 1) return null;
  const known = drawn.get(facts ?? inputs);
  if (known) return known;
  const outageMs = facts?.trial.figures?.['herd.outage'] ?? inputs.load.outageMs;
  const random = randomStream(1, 'admitted');
  // A client whose attempt is due as the outage ends may have made it just before.
  const each = Array.from({ length: herds }, (_, k) =>
    herdOf(inputs, costMs, outageMs - (k % 2) * lateMs, random),
  );
  const likely = (figure: Figure) => likelyOf(each.map((herd) => herd[figure]));
  const made = {
    wave: likely('wave'),
    back: likely('back'),
    medianMs: likely('medianMs'),
    most95Ms: likely('most95Ms'),
  };
  drawn.set(facts ?? inputs, made);
  return made;
}

const halfWidth = ({ median, low, high }: Likely): number => Math.max(high - median, median - low);

/**
 * Clients that wait equally long try at the same moment and keep one process busy: as long as it took to connect that
 * many at the start of the trial. The last of them begin their next wait this much later.
 */
function keptBusyMs(inputs: Inputs, { trial }: Facts): number {
  if (lawOfPolicy[policyOf(inputs)] !== 'HERD1') return 0;
  const batchMs = (trial.stages.find(({ stage }) => stage === 'ready')?.maxNs ?? 0) / 1e6;
  return batchMs * Math.max(1, inputs.load.clients / dialledAtOnce);
}

function late(unit: 'ms' | 'clients', inputs: Inputs, facts: Facts): number {
  const busyMs = keptBusyMs(inputs, facts);
  // Each failed attempt has delayed the next one.
  if (unit === 'ms') return lateMs + busyMs * (facts.trial.figures?.['herd.attempts'] ?? 1);
  // In that time this many more clients, or fewer, are admitted before they give up.
  return 1 + (lateMs + busyMs) / (handshakesAsked(inputs.load).costMs ?? lateMs);
}

const figure =
  (name: string): Binding['measured'] =>
  ({ trial }) =>
    trial.figures?.[name] ?? null;

const measured: Readonly<Record<Figure, Binding['measured']>> = {
  wave({ trial }, inputs) {
    const { costMs } = handshakesAsked(inputs.load);
    return costMs === undefined ? null : waveOf(trial.returnedMs ?? [], costMs, timeoutMs(inputs));
  },
  back: figure('herd.back'),
  medianMs: figure('herd.backP50'),
  most95Ms: figure('herd.backP95'),
};

const binding = (figure: Figure, metric: string, unit: 'ms' | 'clients'): Binding => ({
  metric,
  unit,
  predicted(inputs, facts) {
    const found = herdsOf(inputs, facts);
    // The law gives no median and no 95th percentile for a herd that is not completely back.
    if (!found || (unit === 'ms' && found.back.low < inputs.load.clients)) return null;
    return found[figure].median;
  },
  measured: measured[figure],
  tolerance(inputs, facts) {
    const found = herdsOf(inputs, facts);
    return found ? halfWidth(found[figure]) + late(unit, inputs, facts) : 0;
  },
});

export const admissionBindings: Readonly<Record<string, readonly Binding[]>> = {
  HERD5: [
    binding('wave', 'in before the others give up', 'clients'),
    binding('back', 'in after a minute', 'clients'),
    binding('medianMs', 'half of the herd back after', 'ms'),
    binding('most95Ms', '95 in 100 back after', 'ms'),
  ],
};

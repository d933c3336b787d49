/** The laws of an answer in pieces, compared with the scenario `stream`, by the traits of the transport. */
import { blindWindowNs } from '../../laws/long-polling.ts';
import { effectiveIntervalNs } from '../../laws/polling.ts';
import {
  firstPieceNs,
  gapQuantileNs,
  gapShares,
  lostByCut,
  type PieceWay,
  saidAfterHearing,
} from '../../laws/stream.ts';
import { type Binding, type Inputs, oneWay, rttNs } from './binding.ts';
import { machineMs, toMs } from './times.ts';

const isStream = ({ scenario }: Inputs) => scenario.behaviour === 'answerer';
const periodNs = ({ load }: Inputs) => 1e9 / load.rate;
const intervalNs = (inputs: Inputs) =>
  effectiveIntervalNs({ intervalNs: inputs.load.pollIntervalMs * 1e6, rttNs: rttNs(inputs) });

/** A single one-way trip may be late or early by half of the jitter; few answers do not average this out. */
const jitterMs = ({ link }: Inputs) => link.jitterMs / 2;

/** Null if the blind window is so near the period of the pieces that the machine's own delays decide. */
function wayOf(inputs: Inputs): PieceWay | null {
  const { polls, parks } = inputs.transport.traits;
  if (polls) return { kind: 'polled', intervalNs: intervalNs(inputs) };
  if (!parks) return { kind: 'each' };
  const blindNs = blindWindowNs(oneWay(inputs));
  const isClear = Math.abs(periodNs(inputs) - blindNs) > 2 * machineMs * 1e6;
  return isClear ? { kind: 'held', blindNs } : null;
}

const first: Binding = {
  metric: 'median time to the first piece',
  unit: 'ms',
  predicted(inputs) {
    if (!isStream(inputs)) return null;
    const { traits } = inputs.transport;
    return toMs(
      firstPieceNs({
        rttNs: rttNs(inputs),
        // The warm-up leaves a connection behind.
        connects: traits.roundTripsToConnect === 0 && inputs.load.warmup === 0,
        ...(traits.polls && { untilNextPollNs: intervalNs(inputs) / 2 }),
      }),
    );
  },
  measured: ({ trial }) => (trial.stream?.first?.p50 == null ? null : toMs(trial.stream.first.p50)),
  /** For polls: four standard deviations of a median of uniform waits. */
  tolerance: (inputs, { trial }) =>
    2 * (machineMs + jitterMs(inputs)) +
    (inputs.transport.traits.polls
      ? toMs((2 * intervalNs(inputs)) / Math.sqrt(trial.stream?.first?.count ?? 1))
      : 0),
};

/** A quantile this near the boundary between the two gaps may be either. */
const nearTheEdge = 0.03;

const gap = (of: 'p50' | 'p95', quantile: number): Binding => ({
  metric: `gap between pieces, ${of}`,
  unit: 'ms',
  predicted(inputs) {
    const way = isStream(inputs) && inputs.load.arrivals === 'periodic' ? wayOf(inputs) : null;
    if (!way) return null;
    const law = { periodNs: periodNs(inputs), way };
    const [shorter, longer] = gapShares(law);
    if (longer && Math.abs((shorter?.share ?? 0) - quantile) < nearTheEdge) return null;
    return toMs(gapQuantileNs({ ...law, quantile }));
  },
  measured({ trial }) {
    const ns = trial.stream?.gaps?.[of];
    return ns == null ? null : toMs(ns);
  },
  // A piece that is late makes one gap longer and the next shorter.
  tolerance: (inputs) => (of === 'p50' ? machineMs : 4 * machineMs) + 2 * jitterMs(inputs),
});

const news: Binding = {
  metric: 'until the server knows of a cancel',
  unit: 'ms',
  predicted: (inputs) => (isStream(inputs) ? toMs(oneWay(inputs).upNs) : null),
  measured({ trial }) {
    const sorted = trial.stream?.cancelled?.serverKnewMs.toSorted((a, b) => a - b) ?? [];
    return sorted[Math.ceil(sorted.length / 2) - 1] ?? null;
  },
  tolerance: (inputs) => 2 * machineMs + jitterMs(inputs),
};

const inVain: Binding = {
  metric: 'pieces said after a cancel, mean',
  unit: 'pieces',
  // A polling client receives a piece late, and so cancels at any time between two pieces.
  predicted: (inputs) =>
    isStream(inputs) && wayOf(inputs)?.kind === 'each' && inputs.load.arrivals === 'periodic'
      ? saidAfterHearing({ periodNs: periodNs(inputs), ...oneWay(inputs) })
      : null,
  measured({ trial }) {
    const cancelled = trial.stream?.cancelled;
    return cancelled ? cancelled.saidAfter / cancelled.clients : null;
  },
  // While the news of the cancel waits, the server sends more pieces.
  perWaitedMs: ({ load }) => load.rate / 1000,
  // One piece may be due at the very moment when the news arrives.
  tolerance: (inputs) => 1 + ((2 * machineMs + jitterMs(inputs)) * inputs.load.rate) / 1000,
};

const lost: Binding = {
  metric: 'pieces lost by the cut',
  unit: 'pieces',
  // The number of pieces before the cut is known only after the trial.
  predicted(inputs, facts) {
    const stream = facts?.trial.stream;
    const cut = stream?.cut;
    if (!isStream(inputs) || !cut) return null;
    const { replays } = inputs.transport.traits;
    return lostByCut({ pieces: cut.clients * stream.pieces, heard: cut.heard, replays });
  },
  measured: ({ trial }) => trial.stream?.cut?.lost ?? null,
};

export const streamBindings: Readonly<Record<string, readonly Binding[]>> = {
  STR1: [first],
  STR2: [gap('p50', 0.5), gap('p95', 0.95)],
  STR3: [news, inVain],
  STR4: [lost],
};

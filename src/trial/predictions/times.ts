/**
 * The laws of waiting: means, medians, shares and round trips, compared with measurement within what chance
 * allows, plus what this machine adds by itself (a timer that fires late, a relay, an event loop).
 */
import {
  blindWindowNs,
  longPollingMeanAgeNs,
  messagesPerResponse,
  periodicLongPollingAge,
  periodicMessagesPerResponse,
} from '../../laws/long-polling.ts';
import { emptyShare, messagesPerNonEmptyPoll } from '../../laws/poll-contents.ts';
import { effectiveIntervalNs, pollAge } from '../../laws/polling.ts';
import { emptyShareTolerance, pollMeanTolerance } from '../../laws/tolerance.ts';
import { type Binding, type Facts, type Inputs, oneWay, rttNs } from './binding.ts';

/** What the machine itself may add to a time: late timers, two event loops, the relay. */
export const machineMs = 3;
/** Below this round trip one would measure only the machine's own delays. */
export const leastRttMs = 20;
/** A share or a mean per poll needs a phase that is long compared with the interval. */
const leastPollsPerClient = 20;

const isPush = ({ scenario }: Inputs) => scenario.behaviour === 'ticker' && !scenario.breaksLink;
const isEcho = ({ scenario, load }: Inputs) => scenario.latency === 'echo' && scenario.paced && !load.closed;
export const toMs = (ns: number) => ns / 1e6;
const intervalNs = (inputs: Inputs) =>
  effectiveIntervalNs({ intervalNs: inputs.load.pollIntervalMs * 1e6, rttNs: rttNs(inputs) });
const samples = ({ trial }: Facts) => Math.max(1, trial.latency?.count ?? 0);
const meanMs = ({ trial }: Facts) => trial.latency && toMs(trial.latency.mean);
export const medianMs = ({ trial }: Facts) => (trial.latency?.p50 != null ? toMs(trial.latency.p50) : null);

const pollMean: Binding = {
  metric: 'mean age of an event',
  unit: 'ms',
  predicted: (inputs) =>
    isPush(inputs) && inputs.load.arrivals !== 'periodic'
      ? toMs(pollAge({ intervalNs: intervalNs(inputs), downNs: oneWay(inputs).downNs }).mean)
      : null,
  measured: meanMs,
  tolerance: (inputs, facts) => toMs(pollMeanTolerance(intervalNs(inputs), samples(facts))) + machineMs,
};

const pollLoad = (inputs: Inputs) => ({
  arrivals: inputs.load.arrivals as 'poisson' | 'periodic' | 'jittered',
  rate: inputs.load.rate,
  intervalNs: intervalNs(inputs),
});

const manyPolls = ({ trial }: Facts, { load }: Inputs) =>
  (trial.polls?.made ?? 0) >= leastPollsPerClient * load.clients ? trial.polls : null;

/** Messages per non-empty poll; null if all were empty. */
const perFullPoll = ({ trial: { polls, delivery } }: Facts) =>
  polls && polls.made > polls.empty ? delivery.delivered / (polls.made - polls.empty) : null;

const pollEmptyShare: Binding = {
  metric: 'share of empty polls',
  unit: 'share',
  predicted: (inputs) => (isPush(inputs) ? emptyShare(pollLoad(inputs)) : null),
  measured(facts, inputs) {
    const polls = manyPolls(facts, inputs);
    return polls && polls.empty / polls.made;
  },
  // The first and last polls of the phase cover less than a full interval of events.
  tolerance: (inputs, { trial }) =>
    emptyShareTolerance(emptyShare(pollLoad(inputs)), trial.polls?.made ?? 1) + 2 / leastPollsPerClient,
};

const pollFill: Binding = {
  metric: 'messages per non-empty poll',
  unit: 'messages',
  predicted: (inputs) => (isPush(inputs) ? messagesPerNonEmptyPoll(pollLoad(inputs)) : null),
  measured: (facts, inputs) => manyPolls(facts, inputs) && perFullPoll(facts),
  tolerance(inputs, { trial }) {
    const mean = messagesPerNonEmptyPoll(pollLoad(inputs));
    return 4 * Math.sqrt(mean / Math.max(1, (trial.polls?.made ?? 0) - (trial.polls?.empty ?? 0)));
  },
};

const blind = (inputs: Inputs) => blindWindowNs(oneWay(inputs));

const longPollMean: Binding = {
  metric: 'mean age of an event',
  unit: 'ms',
  predicted(inputs) {
    const { rate, arrivals } = inputs.load;
    if (!isPush(inputs) || arrivals === 'jittered') return null;
    const { downNs } = oneWay(inputs);
    if (arrivals === 'periodic') {
      return toMs(periodicLongPollingAge({ periodNs: 1e9 / rate, blindNs: blind(inputs), downNs }).mean);
    }
    return toMs(longPollingMeanAgeNs({ blindNs: blind(inputs), downNs, rate }));
  },
  measured: meanMs,
  // Clients that receive the same events are blind at nearly the same times: only the events are independent.
  tolerance: (inputs, facts) => {
    const events = Math.max(1, samples(facts) / inputs.load.clients);
    return toMs((4 * blind(inputs)) / Math.sqrt(12 * events)) + machineMs;
  },
};

const longPollFill: Binding = {
  metric: 'messages per response',
  unit: 'messages',
  predicted(inputs) {
    // Over a short link the blind window is the machine's own turnaround, which no law predicts.
    const { rate, arrivals } = inputs.load;
    if (!isPush(inputs) || arrivals === 'jittered' || toMs(rttNs(inputs)) < leastRttMs) return null;
    return arrivals === 'periodic'
      ? periodicMessagesPerResponse({ periodNs: 1e9 / rate, blindNs: blind(inputs) })
      : messagesPerResponse({ rate, blindNs: blind(inputs) });
  },
  measured: perFullPoll,
  tolerance: (inputs) => 0.08 * (1 + inputs.load.rate * toMs(blind(inputs)) * 1e-3),
};

/** Over an open connection an event arrives after a one-way trip, and an echo after a round trip. */
const median: Binding = {
  metric: 'median age or echo',
  unit: 'ms',
  predicted(inputs) {
    if (isPush(inputs)) return toMs(oneWay(inputs).downNs);
    return isEcho(inputs) ? toMs(rttNs(inputs)) : null;
  },
  measured: medianMs,
  tolerance: () => machineMs,
};

export const timeBindings: Readonly<Record<string, readonly Binding[]>> = {
  POLL1: [pollMean],
  POLL4: [pollEmptyShare],
  POLL7: [pollFill],
  LP2: [longPollFill],
  LP3: [longPollMean],
  WS2: [median],
  SSE1: [
    { ...median, predicted: (inputs, facts) => (isPush(inputs) ? median.predicted(inputs, facts) : null) },
  ],
};

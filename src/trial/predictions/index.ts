/**
 * Predictions and measurements. A transport names its laws; each is evaluated for the trial's own load and link and
 * compared with the measured figure. `foresee` does the first half without opening a socket.
 */
import type { Engine, EngineName } from '../../browsers/engine.ts';
import { engines } from '../../browsers/engines/index.ts';
import type { Prediction } from '../../document/report.ts';
import { lawOfPolicy } from '../../laws/reconnection.ts';
import { waitedOnTheWayMs } from '../../metrics/verdict.ts';
import { namesOfReal } from '../../network/between.ts';
import { isHttp2, isSealed } from '../../protocols/over.ts';
import { admissionBindings } from './admission.ts';
import type { Binding, Facts, Inputs } from './binding.ts';
import { byteBindings } from './bytes.ts';
import { clusterBindings } from './cluster.ts';
import { connectionBindings } from './connections.ts';
import { herdBindings, policyOf } from './herd.ts';
import { http2Bindings } from './http2.ts';
import { proxiedBindings } from './proxied.ts';
import { slowReaderBindings } from './slow-reader.ts';
import { streamBindings } from './stream.ts';
import { timeBindings } from './times.ts';
import { tlsBindings } from './tls.ts';

const bindings: Readonly<Record<string, readonly Binding[]>> = {
  ...byteBindings,
  ...timeBindings,
  ...connectionBindings,
  ...streamBindings,
  ...tlsBindings,
  ...http2Bindings,
  ...herdBindings,
  ...admissionBindings,
  ...slowReaderBindings,
  ...proxiedBindings,
  ...clusterBindings,
};

/** Laws that hold for HTTP/1.1 only. */
const ofHttp1 = new Set(['WS3']);

/** Laws about the heads and handshakes of Node's clients: a browser sends its own. */
const ofNode = new Set(['WS3', 'H2B', 'TLS2']);

/** Laws of a herd: the law of its policy of reconnecting, and those of all policies. */
const ofHerd = (inputs: Inputs) =>
  inputs.scenario.needsReturn ? [lawOfPolicy[policyOf(inputs)], 'HERD5', 'HERD6'] : [];

/** For scenarios with slow readers, which need a target that reports unread bytes. */
const ofSlowReaders = ({ scenario }: Inputs) =>
  scenario.needs.includes('outgoing') ? Object.keys(slowReaderBindings) : [];

/** Laws about real proxies: their deviations are verdicts, and are not excused by the proxy. */
const ofProxies = (inputs: Inputs) => (namesOfReal(inputs) === '' ? [] : Object.keys(proxiedBindings));
const ofCluster = ({ scenario }: Inputs) => (scenario.cluster ? Object.keys(clusterBindings) : []);

const lawsNotOf = (name: EngineName): readonly string[] => (engines[name] as Engine).otherLaws ?? [];

const bound = (inputs: Inputs) => {
  const {
    transport: { traits },
    over,
  } = inputs;
  const ofAnswers = traits.pieces ? Object.keys(streamBindings) : [];
  const ofTransport = [...traits.laws, ...ofAnswers].filter((law) => !isHttp2(over) || !ofHttp1.has(law));
  const ofTls = isSealed(over) ? Object.keys(tlsBindings) : [];
  const ofHttp2 = isHttp2(over) ? Object.keys(http2Bindings) : [];
  return [
    ...ofTransport,
    ...ofTls,
    ...ofHttp2,
    ...ofHerd(inputs),
    ...ofSlowReaders(inputs),
    ...ofProxies(inputs),
    ...ofCluster(inputs),
  ]
    .filter((law) => !inputs.browser || !(ofNode.has(law) || lawsNotOf(inputs.browser.name).includes(law)))
    .flatMap((law) => (bindings[law] ?? []).map((binding) => ({ law, binding })));
};

/** The predictions that need no measurement. */
export function foresee(inputs: Inputs) {
  return bound(inputs).flatMap(({ law, binding }) => {
    const predicted = binding.predicted(inputs, null);
    if (predicted === null) return [];
    return [{ law, metric: binding.metric, unit: binding.unit, predicted: plain(predicted) }];
  });
}

/** Every prediction of the trial with its verdict; laws that do not apply to this load are left out. */
export function predict(inputs: Inputs, facts: Facts): Prediction[] {
  return bound(inputs).flatMap(({ law, binding }): Prediction[] => {
    const predicted = binding.predicted(inputs, facts);
    if (predicted === null) return [];
    const measured = binding.measured(facts, inputs);
    const tolerance = binding.tolerance?.(inputs, facts) ?? 0;
    return [
      {
        metric: binding.metric,
        law,
        unit: binding.unit,
        tolerance,
        predicted: plain(predicted),
        ...unlessNotOurs(
          unlessNoisy(
            judge(predicted, measured, tolerance),
            tolerance,
            movedBy(binding, inputs, facts),
            facts,
          ),
          tolerance,
          law in proxiedBindings ? '' : namesOfReal(inputs),
          binding.unit,
          inputs,
        ),
      },
    ];
  });
}

/**
 * How far the machine may have moved the figure: the event loop delays of all processes on a message's way, and the
 * error of the server's clock, if that is another machine's.
 */
const movedBy = ({ unit, perWaitedMs }: Binding, inputs: Inputs, { trial }: Facts): number => {
  const perMs = perWaitedMs?.(inputs) ?? (unit === 'ms' ? 1 : 0);
  const clockMs = (trial.clock?.errorNs ?? 0) / 1e6;
  const pagesMs = trial.browser?.waitedP99Ms ?? 0;
  return perMs === 0 ? 0 : perMs * (waitedOnTheWayMs(trial.resources) + pagesMs + clockMs);
};

/**
 * An exact law is about bytes or counts, which a busy machine cannot change. Any other deviation may be due to the
 * machine if the trial is noisy, or if its processes often waited for longer than the law's tolerance: then it is no
 * verdict about the law.
 */
const unlessNoisy = (
  judged: Pick<Prediction, 'measured' | 'verdict'>,
  tolerance: number,
  moved: number,
  { trial }: Facts,
): Pick<Prediction, 'measured' | 'verdict' | 'withheld'> =>
  judged.verdict === 'differs' && tolerance > 0 && (trial.verdict === 'noisy' || moved > tolerance)
    ? { ...judged, verdict: 'not-applicable', withheld: true }
    : judged;

/**
 * Laws are about our servers and clients: what a foreign server wrote, or a proxy wrote or held back, is no verdict
 * about them. If the bytes of an exact law could not be measured at all, the server or proxy wrote others.
 */
function unlessNotOurs<Judged extends Pick<Prediction, 'verdict' | 'measured'>>(
  judged: Judged,
  tolerance: number,
  proxy: string,
  unit: string,
  { elsewhere }: Inputs,
) {
  const isTheirs = judged.verdict === 'differs' || (judged.measured === null && tolerance === 0);
  const verdict = 'not-applicable' as const;
  if (!isTheirs) return judged;
  if (proxy !== '') return { ...judged, verdict, proxy };
  const isMoved = elsewhere === 'server' || (elsewhere === 'way' && unit === 'ms');
  return isMoved ? { ...judged, verdict, elsewhere } : judged;
}

const plain = (value: number | readonly number[]) => (typeof value === 'number' ? value : [...value]);

/** Holds when every measured value is, within the tolerance, one of the admissible ones. */
function judge(
  predicted: number | readonly number[],
  measured: number | readonly number[] | null,
  tolerance: number,
): Pick<Prediction, 'measured' | 'verdict'> {
  if (measured === null) return { measured: null, verdict: 'not-applicable' };
  const admissible = [predicted].flat();
  const fits = (value: number) => admissible.some((one) => Math.abs(value - one) <= tolerance);
  const values = [...new Set([measured].flat())].sort((a, b) => a - b);
  const [first] = values;
  if (first === undefined) return { measured: null, verdict: 'not-applicable' };
  return {
    measured: values.length === 1 ? first : values,
    verdict: values.every(fits) ? 'holds' : 'differs',
  };
}

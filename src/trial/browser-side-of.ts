/** The report's section on the browser whose pages were the clients of a trial. */
import type { BrowserSide, RequestHead } from '../document/browser-side.ts';
import type { PageFacts } from './browser-clients.ts';
import type { TrialPlan } from './plan.ts';

/** @param facts of its pages; empty if none was opened. */
export function browserSideOf(
  { browser }: Pick<TrialPlan, 'browser'>,
  facts: readonly PageFacts[],
  heads: readonly RequestHead[],
): BrowserSide | undefined {
  const [first] = facts;
  if (!browser || !first) return undefined;
  const delays = facts.flatMap(({ delays }) => delays).toSorted((a, b) => a - b);
  const median = delays[Math.floor(delays.length / 2)];
  const { userAgent, isIsolated } = first.hello;
  return {
    engine: browser.name,
    version: browser.version,
    userAgent,
    isIsolated,
    clockStepMs: Math.max(...facts.map(({ hello }) => hello.stepMs)),
    clockErrorMs: Math.max(...facts.map(({ errorNs }) => errorNs)) / 1e6,
    relayDelayMs: median === undefined ? null : median / 1e6,
    waitedP99Ms: Math.max(...facts.map(({ waited }) => waited.p99Ms)),
    waitedMaxMs: Math.max(...facts.map(({ waited }) => waited.maxMs)),
    heads: [...heads],
  };
}

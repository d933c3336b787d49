/** The engines whose pages are the clients of a run: each started once, for all of its trials. */
import { type Browser, startBrowser } from '../browsers/browser.ts';
import type { EngineName } from '../browsers/engine.ts';
import { certificateOf } from '../trial/path-of.ts';
import type { TrialPlan } from '../trial/plan.ts';

interface Browsers extends AsyncDisposable {
  /** Undefined if the clients run in Node. */
  of(trial: Pick<TrialPlan, 'browser'>): Browser | undefined;
}

/** Starts the browsers that the trials ask for. If one does not start, the others are ended. */
export async function browsersFor(trials: readonly TrialPlan[]): Promise<Browsers> {
  const running = new Map<EngineName, Browser>();
  const end = async () => {
    await Promise.all([...running.values()].map((browser) => browser[Symbol.asyncDispose]()));
  };
  try {
    for (const { browser, host } of trials) {
      if (!browser || running.has(browser.name)) continue;
      const own = trials.filter((trial) => trial.browser?.name === browser.name);
      const certificates = await Promise.all(own.map(certificateOf));
      const certificate = certificates.find((one) => one !== undefined) ?? null;
      running.set(browser.name, await startBrowser(browser, host, certificate));
    }
  } catch (error) {
    await end();
    throw error;
  }
  return {
    of: ({ browser }) => browser && running.get(browser.name),
    [Symbol.asyncDispose]: end,
  };
}

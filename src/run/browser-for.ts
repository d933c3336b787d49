/** The browser whose pages are the clients of a run: started once, for all of its trials. */
import { type Browser, startBrowser } from '../browsers/browser.ts';
import { certificateOf } from '../trial/path-of.ts';
import type { TrialPlan } from '../trial/plan.ts';

/** Null where no trial asks for one. */
export async function browserFor(
  trials: readonly TrialPlan[],
): Promise<(AsyncDisposable & { readonly running: Browser }) | null> {
  const [asking] = trials.filter(({ browser }) => browser !== undefined);
  if (!asking?.browser) return null;
  const certificates = await Promise.all(trials.map(certificateOf));
  const certificate = certificates.find((one) => one !== undefined) ?? null;
  const running = await startBrowser(asking.browser, asking.host, certificate);
  return { running, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
}

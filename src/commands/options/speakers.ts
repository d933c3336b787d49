/** Who speaks as a client in a run: Node's own clients unless told, pages of browsers, processes of other runtimes. */
import type { ChosenBrowser } from '../../browsers/engine.ts';
import { chosenBrowsers } from './browser-option.ts';
import type { IsAsked, RunOptions } from './run-options.ts';

/** Undefined are Node's own clients. */
export async function chosenSpeakers(
  { browser }: RunOptions,
  isAsked: IsAsked,
): Promise<readonly (ChosenBrowser | undefined)[]> {
  const browsers = await chosenBrowsers(browser, isAsked);
  return browsers.length > 0 ? browsers : [undefined];
}

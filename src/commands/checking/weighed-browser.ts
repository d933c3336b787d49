/** `check --browser`: finds a browser, starts it, weighs what it sends, and ends it. */
import { say, text } from '../../base/text.ts';
import type { BrowserName } from '../../browsers/engine.ts';
import type { Weighing } from '../../document/weighing.ts';
import { lookForEngine } from '../options/chosen-speakers.ts';
import { readerOf } from '../options/language.ts';
import { createProgress } from '../screen/progress.ts';

const weighingPage = text('weighing {name}, spoken by a page', '페이지의 {name} 재는 중');

export async function weighBrowser(
  name: BrowserName,
  { lang, quiet }: { readonly lang?: string; readonly quiet?: boolean },
): Promise<Weighing> {
  const chosen = await lookForEngine(name);
  const { startBrowser } = await import('../../browsers/browser.ts');
  const { weighPages } = await import('../../gate/page-weights.ts');
  const reader = readerOf(lang);
  const progress = createProgress(process.stderr, quiet === true);
  try {
    await using browser = await startBrowser(chosen, '127.0.0.1', null);
    return await weighPages(browser, (lane) => progress.show(say(reader, weighingPage, { name: lane })));
  } finally {
    progress.end();
  }
}

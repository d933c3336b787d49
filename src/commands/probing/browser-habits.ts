/** `rtcompare probe browsers`: what browser engines do by themselves, found out by probes. */
import { join } from 'node:path';
import { CannotRun, UsageError } from '../../base/failure.ts';
import { inEveryLanguage, say, text } from '../../base/text.ts';
import { type BrowserName, browserNames } from '../../browsers/engine.ts';
import type { EngineHabits } from '../../document/engine-habits.ts';
import { writeWhole, wrote } from '../files/writing.ts';
import { lookForEngine } from '../options/chosen-speakers.ts';
import { readerOf } from '../options/language.ts';
import { jsonText, print } from '../screen/print.ts';
import { createPlannedProgress } from '../screen/progress.ts';

interface Told {
  idle?: number | true;
  out?: string;
  json?: boolean;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

const unknown = text(
  'no browser is called "{name}"; there is {known}',
  '"{name}"라는 브라우저는 없습니다. 있는 것: {known}',
);

/** The longest probe: the server never answers a WebSocket's Close. Idle connections are probed after it. */
const closesMs = 75_000;
/** Without `--idle`, and with `--idle` alone. */
const usualIdleMs = 6000;
const longIdleMs = 75_000;

/**
 * Names are `chromium`, or `chromium=PATH` for one of two versions. Without names, all browsers that are installed;
 * throws `CannotRun` with what to install if there is none.
 */
async function chosenOf(names: readonly string[]) {
  const asked = names.map((name) => name.split('=', 2) as [string, string?]);
  const isEngine = (one: [string, string?]): one is [BrowserName, string?] =>
    browserNames.some((known) => known === one[0]);
  const strange = asked.find((one) => !isEngine(one));
  if (strange)
    throw new UsageError(inEveryLanguage(unknown, { name: strange[0], known: browserNames.join(', ') }));
  if (asked.length > 0)
    return Promise.all(asked.filter(isEngine).map(([name, path]) => lookForEngine(name, path)));
  const found = await Promise.allSettled(browserNames.map((name) => lookForEngine(name)));
  const there = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (there.length > 0) return there;
  throw found.find((one) => one.status === 'rejected')?.reason ?? new CannotRun('no browser');
}

export async function probeBrowsers(
  names: readonly string[],
  options: Told,
  signal: AbortSignal,
): Promise<void> {
  const chosen = await chosenOf(names);
  const idleMs = options.idle === true ? longIdleMs : (options.idle ?? usualIdleMs);
  const aboutMs = closesMs + idleMs;
  const { startBrowser } = await import('../../browsers/browser.ts');
  const { probeEngine } = await import('../../questions/habits/probed-engine.ts');
  const { habitsBlocks } = await import('../../report/views/habits/habits-blocks.ts');
  const { markdownBlocks } = await import('../../report/skins/markdown.ts');
  const reader = readerOf(options.lang);
  const progress = createPlannedProgress(process.stderr, options.quiet === true, reader);
  progress.announce(chosen.length * aboutMs);
  const engines: EngineHabits[] = [];
  try {
    for (const one of chosen) {
      await using browser = await startBrowser(one, '127.0.0.1', null);
      const show = (name: string, left: number) =>
        progress.show(`${one.name}: ${name}`, left === 1 ? aboutMs / 2 : aboutMs);
      engines.push(await probeEngine(browser, new Date(), show, idleMs, signal));
    }
  } finally {
    progress.end();
  }
  const files = {
    'browsers.json': jsonText(engines),
    'browsers.md': `${markdownBlocks(habitsBlocks(engines, reader))}\n`,
  };
  for (const [name, content] of options.out === undefined ? [] : Object.entries(files)) {
    const path = join(options.out ?? '.', name);
    writeWhole(path, content);
    process.stderr.write(`rtcompare: ${say(reader, wrote, { path })}\n`);
  }
  await print(
    options,
    () => engines,
    () => habitsBlocks(engines, reader),
  );
}

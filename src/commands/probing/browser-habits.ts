/** `rtcompare probe browsers`: what engines do by themselves, each asked by probes. */
import { join } from 'node:path';
import { CannotRun, UsageError } from '../../base/failure.ts';
import { inEveryLanguage, say, text } from '../../base/text.ts';
import { type BrowserName, browserNames } from '../../browsers/engine.ts';
import type { EngineHabits } from '../../document/engine-habits.ts';
import { writeWhole, wrote } from '../files/writing.ts';
import { readerOf } from '../options/language.ts';
import { lookForEngine } from '../options/speakers.ts';
import { jsonText, print } from '../screen/print.ts';
import { createPlannedProgress } from '../screen/progress.ts';

interface Told {
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

/** The longest wait is that of a WebSocket whose Close nobody answers. */
const aboutMs = 75_000;

/** Without names all that are there; where none is, what is missing is thrown. */
async function chosenOf(names: readonly string[]) {
  const isEngine = (name: string): name is BrowserName => browserNames.some((one) => one === name);
  const strange = names.find((name) => !isEngine(name));
  if (strange !== undefined)
    throw new UsageError(inEveryLanguage(unknown, { name: strange, known: browserNames.join(', ') }));
  if (names.length > 0) return Promise.all(names.filter(isEngine).map(lookForEngine));
  const found = await Promise.allSettled(browserNames.map(lookForEngine));
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
      engines.push(await probeEngine(browser, new Date(), show, signal));
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

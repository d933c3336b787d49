/** `rtcompare doctor`: whether this machine can measure, and what to do where it cannot. For bug reports, too. */
import { Command } from 'commander';
import type { Finding } from '../doctor/check.ts';
import type { Words } from '../report/words.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare doctor
  rtcompare doctor --classroom             also whether others could join on the local network
  rtcompare doctor --json                  for a bug report
`;

interface Options {
  classroom?: boolean;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
}

export const doctorCommand = ({ done }: Context): Command =>
  [
    option('--classroom', 'also what a lesson with others needs'),
    option('--json', 'print one JSON document'),
    option('--lang <language>', 'language').choices(['en', 'ko']),
    option('--ascii', 'no box-drawing characters'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('doctor')
        .description('look at this machine: versions, limits, ports, addresses, timers')
        .addHelpText('before', examples),
    )
    .action(async (options: Options, command: Command) => {
      const { checks } = await import('../doctor/index.ts');
      const asked = checks.filter(({ classroom }) => !classroom || options.classroom);
      const looked: Looked[] = [];
      // One after the other: a child process that starts would make the timers late.
      for (const { name, title, look } of asked) looked.push({ name, title, ...(await look()) });
      const commands = command.parent?.commands.map((one) => one.name()) ?? [];
      process.stdout.write(await tell(looked, commands, options));
      done(looked.some(({ state }) => state === 'problem') ? 3 : 0);
    });

type Looked = Finding & {
  readonly name: string;
  readonly title: { readonly en: string; readonly ko: string };
};

const document = (looked: readonly Looked[], commands: readonly string[], words: Words) => ({
  schemaVersion: 1,
  commands,
  checks: looked.map(({ title, remedy, ...rest }) => ({
    ...rest,
    title: words.tell(title),
    ...(remedy && { remedy: words.tell(remedy) }),
  })),
});

async function tell(
  looked: readonly Looked[],
  commands: readonly string[],
  { json, lang, ascii }: Options,
): Promise<string> {
  const { terminalTable } = await import('../report/terminal-table.ts');
  const { wordsOf } = await import('../report/words.ts');
  const words = wordsOf(readerOf(lang));
  if (json) return `${JSON.stringify(document(looked, commands, words), null, 2)}\n`;
  const table = {
    title: words.say('title.doctor'),
    notes: [words.say('doctor.commands', { names: commands.join(', ') })],
    shape: 'figures',
    head: [words.say('head.check'), words.say('head.found'), words.say('head.state')],
    align: ['left', 'left', 'left'],
    rows: looked.map(({ title, found, state, remedy }) => [
      words.tell(title),
      found,
      remedy
        ? words.say('doctor.remedy', { state: words.say(`doctor.${state}`), remedy: words.tell(remedy) })
        : words.say(`doctor.${state}`),
    ]),
  } as const;
  return `${terminalTable(table, { width: 80, ascii: ascii === true })}\n`;
}

/** `rtcompare doctor`: whether this machine can measure, and what to do where it cannot. For bug reports, too. */

import type { Command } from 'commander';
import { isWindows, localAdapter, system } from '../base/platform.ts';
import { type Reader, say, text } from '../base/text.ts';
import type { Diagnosis } from '../questions/doctor/checked.ts';
import type { Advice } from '../questions/doctor/class-advice.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { asciiOption, jsonOption, langOption, option, quietOption } from './options/values.ts';
import { jsonText } from './screen/print.ts';
import { createProgress } from './screen/progress.ts';

const phrases = {
  title: text('This machine', '이 컴퓨터'),
  check: text('what', '항목'),
  found: text('found', '확인한 값'),
  state: text('state', '상태'),
  commands: text('Commands of this version: {names}.', '이 버전의 명령: {names}.'),
  remedy: text('{state}: {remedy}', '{state}: {remedy}'),
};

const states = {
  ok: text('fine', '정상'),
  warning: text('WARNING', '주의'),
  problem: text('PROBLEM', '문제'),
};

const about = {
  purpose: purposes.doctor,
  examples: [
    ['rtcompare doctor'],
    [
      'rtcompare doctor --classroom',
      text('also whether others could join on the local network', '같은 네트워크에서 참여할 수 있는지도'),
    ],
    ['rtcompare doctor --json', text('for a bug report', '버그 보고용')],
  ],
} satisfies AboutCommand;

interface Options {
  classroom?: boolean;
  json?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

export const doctorCommand = ({ done }: Context): Command =>
  command('doctor', about, [
    option('--classroom', text('also what a lesson with others needs', '여럿이 하는 수업에 필요한 것도')),
    jsonOption(),
    langOption(),
    asciiOption(),
    quietOption(),
  ]).action(async (options: Options, made: Command) => {
    const { checks } = await import('../questions/doctor/index.ts');
    const { classAdvice } = await import('../questions/doctor/class-advice.ts');
    const asked = checks.filter(
      ({ classroom, windows }) => (!classroom || options.classroom) && (!windows || isWindows()),
    );
    const looked: Looked[] = [];
    // One after the other: a check that starts a child process would make another check's timers late.
    const reader = readerOf(options.lang);
    const progress = createProgress(process.stderr, options.quiet === true);
    for (const { name, title, look } of asked) {
      progress.show(say(reader, looking, { what: title[reader.language] }));
      looked.push({ name, title, ...(await look()) });
    }
    progress.end();
    const commands = made.parent?.commands.map((one) => one.name()) ?? [];
    const advice = options.classroom ? classAdvice(system, localAdapter()) : [];
    process.stdout.write(await tell({ looked, commands, advice }, options));
    done(looked.some(({ state }) => state === 'problem') ? 3 : 0);
  });

const looking = text('looking at: {what}', '살피는 중: {what}');

type Looked = Diagnosis & {
  readonly name: string;
  readonly title: { readonly en: string; readonly ko: string };
};

interface Told {
  readonly looked: readonly Looked[];
  readonly commands: readonly string[];
  /** Empty unless a class is to join. */
  readonly advice: readonly Advice[];
}

const document = ({ looked, commands, advice }: Told, reader: Reader) => ({
  schemaVersion: 1,
  commands,
  checks: looked.map(({ title, remedy, ...rest }) => ({
    ...rest,
    title: say(reader, title),
    ...(remedy && { remedy: say(reader, remedy) }),
  })),
  ...(advice.length > 0 && {
    classroom: advice.map(({ name, title, told }) => ({
      name,
      title: say(reader, title),
      told: told.map((one) => say(reader, one)),
    })),
  }),
});

async function tell(told: Told, { json, lang, ascii }: Options): Promise<string> {
  const { looked, commands, advice } = told;
  const { terminalTable } = await import('../report/skins/terminal-table.ts');
  const reader = readerOf(lang);
  if (json) return jsonText(document(told, reader));
  const table = {
    title: say(reader, phrases.title),
    notes: [say(reader, phrases.commands, { names: commands.join(', ') })],
    shape: 'figures',
    head: [say(reader, phrases.check), say(reader, phrases.found), say(reader, phrases.state)],
    align: ['left', 'left', 'left'],
    rows: looked.map(({ title, found, state, remedy }) => [
      say(reader, title),
      found,
      remedy
        ? say(reader, phrases.remedy, { state: say(reader, states[state]), remedy: say(reader, remedy) })
        : say(reader, states[state]),
    ]),
  } as const;
  const { plainCharacters } = await import('../report/skins/escape.ts');
  const { wrap } = await import('../report/skins/wrap.ts');
  const paragraphs = advice.map(({ title, told }) => {
    const lines = [say(reader, title), ...told.flatMap((one) => wrap(`- ${say(reader, one)}`, 80, 2))].join(
      '\n',
    );
    return `\n${ascii ? plainCharacters(lines) : lines}\n`;
  });
  return `${terminalTable(table, { width: 80, ascii: ascii === true })}\n${paragraphs.join('')}`;
}

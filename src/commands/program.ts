/** The table of commands, and what holds for all of them. */
import type { Command } from 'commander';
import { nearest } from '../base/did-you-mean.ts';
import { say, text } from '../base/text.ts';
import { version } from '../base/version.ts';
import { bundleCommand } from './bundle.ts';
import { checkCommand } from './check.ts';
import { claimsCommand } from './claims.ts';
import { compareCommand } from './compare.ts';
import { completionCommand } from './completion.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { gradeCommand } from './grade.ts';
import { type Context, command as made } from './help/about.ts';
import { helpAsked, helpOf, unknownCommand } from './help/help.ts';
import { inspectCommand } from './inspect.ts';
import { lessonCommand } from './lesson.ts';
import { listCommand } from './list.ts';
import { readerOf } from './options/language.ts';
import { langOption, prefix, variableOf } from './options/values.ts';
import { pcapCommand } from './pcap.ts';
import { predictCommand } from './predict.ts';
import { probeCommand } from './probe.ts';
import { recommendCommand } from './recommend.ts';
import { reportCommand } from './report.ts';
import { reproduceCommand } from './reproduce.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { tablesCommand } from './tables.ts';
import { wireCommand } from './wire.ts';

/** In the order of their help: what people use first, then what goes deeper. */
const commands = [
  runCommand,
  lessonCommand,
  demoCommand,
  tablesCommand,
  checkCommand,
  inspectCommand,
  gradeCommand,
  wireCommand,
  explainCommand,
  claimsCommand,
  recommendCommand,
  predictCommand,
  probeCommand,
  reproduceCommand,
  compareCommand,
  reportCommand,
  pcapCommand,
  serveCommand,
  listCommand,
  doctorCommand,
  bundleCommand,
  completionCommand,
];

export function createProgram(context: Context): Command {
  const program = made(
    'rtcompare',
    {
      purpose: text(
        'Real-time web transports side by side: every byte accounted for, every message timed.',
        '실시간 웹 전송 방식을 나란히 비교합니다. 모든 바이트의 주인을 밝히고 모든 메시지의 시간을 잽니다.',
      ),
      examples: [
        ['rtcompare run', text('all transports side by side', '모든 전송 방식을 나란히 비교')],
        ['rtcompare lesson 1', text('guess, measure, explain', '예상하고, 재고, 설명 듣기')],
        ['rtcompare demo', text('a page for a class', '수업용 페이지')],
      ],
    },
    [langOption()],
  )
    .version(version)
    .enablePositionalOptions()
    .exitOverride()
    .helpCommand(false)
    .helpOption(false)
    // What commander complains of is told in the language of whoever reads: see misuse.ts.
    .configureOutput({ outputError: () => {} })
    // A shell calls `completion` while somebody types: a warning would stand in the middle of their line.
    .hook('preAction', (_, command) => {
      if (command.name() !== 'completion') tellMisspelt(program);
    });
  for (const create of commands) program.addCommand(prepared(create(context), program));
  // Without a word the program prints its help. An unknown word is a mistake, never an argument.
  return program.allowExcessArguments().action(() => {
    const [word] = program.args;
    if (word !== undefined) throw unknownCommand(program, word);
    process.stdout.write(helpOf(program, { command: undefined, all: false }, readerOf()));
  });
}

/** Every command can be asked to speak a language. */
function prepared(command: Command, program: Command): Command {
  if (!command.options.some(({ long }) => long === '--lang')) command.addOption(langOption());
  return command.exitOverride().helpOption(false).copyInheritedSettings(program);
}

/** Does what the words behind the program's name say: a command, or help about it. */
export async function perform(program: Command, args: readonly string[]): Promise<void> {
  const asked = helpAsked(args);
  if (asked) process.stdout.write(helpOf(program, asked, readerOf()));
  else await program.parseAsync(args, { from: 'user' });
}

const misspelt = text(
  'warning: {variable} is no variable of this program; did you mean {candidate}?',
  '경고: {variable}: 이 프로그램에 없는 환경 변수입니다. 혹시 {candidate}입니까?',
);

/**
 * Variables of the environment that are almost ours: whoever set one would otherwise believe that it counts. Other
 * programs may have some that begin like ours, so only what is near a known one is told, and nothing is refused.
 */
function tellMisspelt(program: Command): void {
  const known = new Set(program.commands.flatMap(({ options }) => options.map(variableOf)));
  for (const variable of Object.keys(process.env)) {
    const name = variable.startsWith(prefix) ? variable.slice(prefix.length) : '';
    if (name === '' || known.has(name)) continue;
    const candidate = nearest(name, [...known]);
    if (candidate === undefined) continue;
    const told = say(readerOf(), misspelt, { variable, candidate: prefix + candidate });
    process.stderr.write(`rtcompare: ${told}\n`);
  }
}

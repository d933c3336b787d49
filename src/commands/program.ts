/** The table of commands, and what all of them share. */
import type { Command } from 'commander';
import { nearest } from '../base/did-you-mean.ts';
import { say, text } from '../base/text.ts';
import { version } from '../base/version.ts';
import { type Context, command as made } from './help/about.ts';
import { helpAsked, helpOf, unknownCommand } from './help/help.ts';
import { type CommandName, purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { langOption, prefix, variableOf } from './options/values.ts';

const loading: Readonly<Record<CommandName, () => Promise<(context: Context) => Command>>> = {
  run: async () => (await import('./run.ts')).runCommand,
  lesson: async () => (await import('./lesson.ts')).lessonCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  tables: async () => (await import('./tables.ts')).tablesCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  grade: async () => (await import('./grade.ts')).gradeCommand,
  wire: async () => (await import('./wire.ts')).wireCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  claims: async () => (await import('./claims.ts')).claimsCommand,
  recommend: async () => (await import('./recommend.ts')).recommendCommand,
  predict: async () => (await import('./predict.ts')).predictCommand,
  probe: async () => (await import('./probe.ts')).probeCommand,
  reproduce: async () => (await import('./reproduce.ts')).reproduceCommand,
  compare: async () => (await import('./compare.ts')).compareCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  pcap: async () => (await import('./pcap.ts')).pcapCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  list: async () => (await import('./list.ts')).listCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  bundle: async () => (await import('./bundle.ts')).bundleCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
};
const commandNames = Object.keys(purposes) as CommandName[];
const aliases: Readonly<Partial<Record<CommandName, string>>> = { explain: 'law' };

const isNamed = (name: CommandName, args: readonly string[]) =>
  args.some((word) => word === name || word === aliases[name]);

/**
 * A command that the typed line does not name has only its name, alias and purpose, which is all that the program's
 * help shows of it: loading all commands takes longer than Node takes to start.
 */
async function createCommand(name: CommandName, context: Context, isReady: boolean): Promise<Command> {
  const created = isReady
    ? (await loading[name]())(context)
    : made(name, { purpose: purposes[name], examples: [] }, []);
  const alias = aliases[name];
  return alias === undefined ? created : created.alias(alias);
}

/** @param args what was typed after the name of the program. */
export async function createProgram(context: Context, args: readonly string[]): Promise<Command> {
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
    // Commander's own complaints are not printed: misuse.ts writes them in the user's language.
    .configureOutput({ outputError: () => {} })
    // A shell calls `completion` while the user types: a warning would land in the middle of their line.
    .hook('preAction', async (_, command) => {
      if (command.name() !== 'completion') await tellMisspelt(context);
    });
  const isWhole = isNamed('completion', args);
  for (const name of commandNames) {
    const command = await createCommand(name, context, isWhole || isNamed(name, args));
    program.addCommand(prepared(command, program));
  }
  // Without a word the program prints its help. An unknown word is a mistake, never an argument.
  return program.allowExcessArguments().action(() => {
    const [word] = program.args;
    if (word !== undefined) throw unknownCommand(program, word);
    process.stdout.write(helpOf(program, { command: undefined, all: false }, readerOf()));
  });
}

/** Every command has `--lang`. */
function prepared(command: Command, program: Command): Command {
  if (!command.options.some(({ long }) => long === '--lang')) command.addOption(langOption());
  return command.exitOverride().helpOption(false).copyInheritedSettings(program);
}

/** Runs the command that was typed, or prints help about it. */
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
 * Warns of misspelt environment variables: the user who set one would otherwise believe that it counts. Other programs
 * may have some with our prefix, so only those near a known name are reported, and none is refused.
 */
async function tellMisspelt(context: Context): Promise<void> {
  const variables = Object.keys(process.env).filter((name) => name.startsWith(prefix));
  if (variables.length === 0) return;
  const commands = await Promise.all(commandNames.map((name) => createCommand(name, context, true)));
  const options = [langOption(), ...commands.flatMap((command) => command.options)];
  const known = new Set(options.map(variableOf));
  for (const variable of variables) {
    const name = variable.slice(prefix.length);
    if (name === '' || known.has(name)) continue;
    const candidate = nearest(name, [...known]);
    if (candidate === undefined) continue;
    const told = say(readerOf(), misspelt, { variable, candidate: prefix + candidate });
    process.stderr.write(`rtcompare: ${told}\n`);
  }
}

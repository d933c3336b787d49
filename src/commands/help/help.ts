/**
 * `--help`, in the user's language: examples first, then the usual options. `--help all`, after any command or
 * none, shows the rest. Commander would print one language at one width, so the page is laid out here.
 */
import type { Argument, Command, Option } from 'commander';
import { unknownWord } from '../../base/did-you-mean.ts';
import { asTyped, inEveryLanguage, type Reader, say, startedAs, type Text, text } from '../../base/text.ts';
import { displayWidth, wrap } from '../../report/skins/wrap.ts';
import { type AboutCommand, aboutOf, descriptionOf, topicOf } from './about.ts';

/** The commands that a class, a gate and an engineer need; `--help all` has the others. */
const firstCommands = ['run', 'lesson', 'demo', 'tables', 'check', 'inspect'];

export interface HelpAsked {
  /** As it was typed; undefined for help on the program itself. */
  readonly command: string | undefined;
  readonly all: boolean;
}

/** Finds `--help`, `-h` or the word `help`, with `all` behind it for everything; null if the line asks for no help. */
export function helpAsked(args: readonly string[]): HelpAsked | null {
  const end = args.indexOf('--');
  const ours = withoutLanguage(end < 0 ? args : args.slice(0, end));
  const at = ours.findIndex((word) => word === '--help' || word === '-h');
  if (at < 0 && ours[0] !== 'help') return null;
  const before = (at < 0 ? [] : ours.slice(0, at)).slice(0, 1);
  const behind = ours.slice(at < 0 ? 1 : at + 1);
  const names = [...before, ...behind].filter((word) => !word.startsWith('-') && word !== 'help');
  return { command: names.find((word) => word !== 'all'), all: behind.includes('all') };
}

function withoutLanguage(args: readonly string[]): string[] {
  return args.filter((word, index) => !word.startsWith('--lang') && args[index - 1] !== '--lang');
}

const width = 80;

const titles = {
  examples: text('Examples:', '예:'),
  usage: text('Usage:', '사용법:'),
  commands: text('Commands:', '명령:'),
  arguments: text('Arguments:', '인자:'),
  options: text('Options:', '옵션:'),
  others: text('Other options', '그 밖의 옵션'),
  codes: text('Exit codes:', '종료 코드:'),
};

const codes = [
  [
    '0',
    text('fine; a noisy run too, with a warning', '이상 없음. 잡음이 섞인 측정도 경고와 함께 여기에 듭니다'),
  ],
  ['1', text('a threshold or a baseline was not met', '임계값이나 기준값을 지키지 못했습니다')],
  ['2', text('the command line or the configuration is wrong', '명령줄이나 설정이 잘못되었습니다')],
  ['3', text('the run could not happen, or does not count', '측정을 할 수 없었거나 유효하지 않습니다')],
  [
    '130',
    text(
      'Ctrl-C (129: HUP, 143: TERM); what was measured is printed',
      'Ctrl-C(129: HUP, 143: TERM). 그때까지 측정한 것은 출력합니다',
    ),
  ],
] as const;

const phrases = {
  moreCommands: text(
    '`rtcompare --help all` shows every command, `rtcompare COMMAND --help` how one is used.',
    '`rtcompare --help all`은 모든 명령을, `rtcompare COMMAND --help`는 그 명령의 사용법을 보여 줍니다.',
  ),
  moreOptions: text(
    '`rtcompare {name} --help all` shows {count} more options, by topic.',
    '`rtcompare {name} --help all`은 나머지 옵션 {count}개를 주제별로 보여 줍니다.',
  ),
  environment: text(
    'Every option can come from the environment: --poll-interval is RTCOMPARE_POLL_INTERVAL.',
    '모든 옵션은 환경 변수로도 줄 수 있습니다. --poll-interval은 RTCOMPARE_POLL_INTERVAL입니다.',
  ),
  help: text(
    'this help; with `all` behind it: everything',
    '이 도움말. 뒤에 `all`을 붙이면 전부 보여 줍니다',
  ),
  version: text('the version', '버전'),
  also: text('{purpose} (also: {aliases})', '{purpose} (다른 이름: {aliases})'),
  unknown: text('unknown command "{word}"', '"{word}"라는 명령은 없습니다'),
  default: text('default: {value}', '기본값: {value}'),
};

/** Throws `UsageError` with the nearest command if there is none of this name. */
export function helpOf(program: Command, { command, all }: HelpAsked, reader: Reader): string {
  if (command === undefined) return programHelp(program, all, reader);
  const found = program.commands.find((one) => [one.name(), ...one.aliases()].includes(command));
  if (!found) throw unknownCommand(program, command);
  return commandHelp(found, all, reader);
}

export const unknownCommand = (program: Command, word: string) =>
  unknownWord(phrases.unknown, word, [
    ...program.commands.map((one) => ({ name: one.name(), aliases: one.aliases() })),
    'help',
  ]);

const page = (blocks: readonly (readonly string[])[]): string =>
  `\n${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;

function programHelp(program: Command, all: boolean, reader: Reader): string {
  const about = aboutOf(program);
  const shown = all
    ? program.commands
    : firstCommands.flatMap((name) => program.commands.filter((one) => one.name() === name));
  const language = program.options.filter(({ long }) => long === '--lang').map((one) => row(one, reader));
  return page([
    examplesBlock(about, reader),
    usage('<command> [options]', reader),
    paragraph(about.purpose, reader),
    block(
      titles.commands,
      shown.map((one) => [one.name(), commandPurpose(one, reader)]),
      reader,
    ),
    all ? block(titles.options, [...language, versionRow(reader), helpRow(reader)], reader) : [],
    all ? [] : paragraph(phrases.moreCommands, reader),
    block(
      titles.codes,
      codes.map(([code, meaning]) => [code, meaning[reader.language]]),
      reader,
    ),
    all ? paragraph(phrases.environment, reader) : [],
  ]);
}

function commandPurpose(one: Command, reader: Reader): string {
  const purpose = unbroken(asTyped(reader, aboutOf(one).purpose[reader.language]));
  const aliases = one.aliases().join(', ');
  return aliases === '' ? purpose : say(reader, phrases.also, { purpose, aliases });
}

function commandHelp(command: Command, all: boolean, reader: Reader): string {
  const about = aboutOf(command);
  const options = command.options.filter(({ hidden }) => !hidden);
  const usual = all ? [] : (about.usual ?? []);
  const shown =
    usual.length === 0 ? options : options.filter(({ long }) => usual.some((one) => one === long));
  const count = String(options.length - shown.length);
  const name = command.name();
  return page([
    examplesBlock(about, reader),
    usage(`${name} ${command.registeredArguments.map(usageOf).join('')}[options]`, reader),
    wrap(commandPurpose(command, reader), width),
    block(
      titles.arguments,
      command.registeredArguments.map((one) => [usageOf(one).trim(), argumentMeaning(one, reader)]),
      reader,
    ),
    ...byTopic(shown, all, reader),
    count === '0' ? [] : paragraph(inEveryLanguage(phrases.moreOptions, { name, count }), reader),
    about.more ? paragraph(about.more, reader) : [],
  ]);
}

const usageOf = (one: Argument) => (one.required ? `<${one.name()}> ` : `[${one.name()}] `);

/** The options under their topics; in one list if only the usual ones are shown. */
function byTopic(options: readonly Option[], all: boolean, reader: Reader): string[][] {
  const topics = new Set(all ? options.map((one) => topicOf(one)) : []);
  if (topics.size < 2)
    return [block(titles.options, [...options.map((one) => row(one, reader)), helpRow(reader)], reader)];
  return [...topics].map((topic) => {
    const rows = options.filter((one) => topicOf(one) === topic).map((one) => row(one, reader));
    return block(topic ?? titles.others, topic ? rows : [...rows, helpRow(reader)], reader);
  });
}

type Row = readonly [term: string, meaning: string];

const row = (one: Option, reader: Reader): Row => [one.flags, meaningOf(one, reader)];
const helpRow = (reader: Reader): Row => ['-h, --help', say(reader, phrases.help)];
const versionRow = (reader: Reader): Row => ['-V, --version', say(reader, phrases.version)];

function argumentMeaning(one: Argument, reader: Reader): string {
  const meaning = unbroken(asTyped(reader, descriptionOf(one)[reader.language]));
  return one.argChoices ? `${meaning} (${one.argChoices.join(', ')})` : meaning;
}

function meaningOf(one: Option, reader: Reader): string {
  const { argChoices, defaultValue, defaultValueDescription } = one;
  const extra = [
    ...(argChoices ? [argChoices.join(', ')] : []),
    ...(defaultValue === undefined
      ? []
      : [say(reader, phrases.default, { value: defaultValueDescription ?? String(defaultValue) })]),
  ];
  const meaning = unbroken(asTyped(reader, descriptionOf(one)[reader.language]));
  return extra.length > 0 ? `${meaning} (${extra.join('; ')})` : meaning;
}

/** In columns. Wide enough for most terms; a wider one stands on a line of its own. */
const widestTerm = 24;

function block(title: Text, rows: readonly Row[], { language }: Reader): string[] {
  if (rows.length === 0) return [];
  const widths = rows.map(([term]) => displayWidth(term)).filter((columns) => columns <= widestTerm);
  const column = Math.max(0, ...widths);
  const indent = ' '.repeat(column + 4);
  const lines = rows.flatMap(([term, meaning]) => {
    const [first = '', ...others] = wrap(meaning, width - column - 4);
    const fits = displayWidth(term) <= column;
    const head = `  ${term}${' '.repeat(Math.max(0, column - displayWidth(term)))}  ${first}`;
    return [...(fits ? [head] : [`  ${term}`, indent + first]), ...others.map((line) => indent + line)];
  });
  return [title[language].endsWith(':') ? title[language] : `${title[language]}:`, ...lines];
}

const paragraph = (sentence: Text, reader: Reader): string[] =>
  wrap(unbroken(asTyped(reader, sentence[reader.language])), width);

/** A command stays on one line, so that it can be copied. */
const unbroken = (sentence: string): string =>
  sentence.replace(/`[^`]+`/g, (quoted) => quoted.replaceAll(' ', '\u00a0'));

const usage = (line: string, reader: Reader): string[] => [
  `${say(reader, titles.usage)} ${reader.command?.start ?? 'rtcompare'} ${line}`,
];

/** Lines as this user can type them; a remark stands beside its line, or below if there is no room. */
function examplesBlock({ examples }: AboutCommand, reader: Reader): string[] {
  const typed = examples.map(([line, remark]) => [typedLine(line, reader), remark] as const);
  const column = Math.max(0, ...typed.filter(([, remark]) => remark).map(([line]) => line.length));
  return [
    say(reader, titles.examples),
    ...typed.flatMap(([line, remark]) =>
      exampleLines(line, remark && asTyped(reader, remark[reader.language]), column),
    ),
  ];
}

function exampleLines(line: string, remark: string | undefined, column: number): string[] {
  if (remark === undefined) return [`  ${line}`];
  const room = width - column - 5;
  const beside = displayWidth(remark) <= room;
  return beside
    ? [`  ${line.padEnd(column)}   ${remark}`]
    : [`  ${line}`, ...wrap(`      ${remark}`, width, 6)];
}

/** Each command of the line begins as this user starts the program, and asks for this language. */
const typedLine = (line: string, { command }: Reader): string =>
  command === undefined
    ? line
    : line.replace(/(?<=^|&& |\$\()rtcompare(.*?)(?= &&|\)|$)/g, (_, rest: string) =>
        /--lang|^ completion/.test(rest) ? `${command.start}${rest}` : startedAs(command, rest),
      );

/**
 * What is wrong with a command line, in every language. Commander throws an English sentence and a code: this file
 * takes the sentence apart and writes it anew. If the user probably meant another line, the complaint names that line
 * too.
 */
import { type Command, CommanderError } from 'commander';
import { CannotRun, shortageIn, UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Phrase, type Text, text } from '../../base/text.ts';
import { complaintOf } from '../options/values.ts';

const choices = text('Allowed choices are {names}.', '{names} 가운데 하나여야 합니다.');

/** What a parser expected instead of a value. */
function expected(complaint: string): Text {
  const names = /^Allowed choices are (.+)\.$/.exec(complaint)?.[1];
  if (names !== undefined) return inEveryLanguage(choices, { names });
  return complaintOf(complaint) ?? { en: complaint, ko: complaint };
}

const unknownOption = text(`unknown option '{flag}'`, `'{flag}'라는 옵션은 없습니다`);
const nearOption = text(
  `unknown option '{flag}'; did you mean {near}?`,
  `'{flag}'라는 옵션은 없습니다. 혹시 {near}입니까?`,
);
const wrongOption = text(
  `option '{flags}' argument '{value}' is invalid. {expected}`,
  `옵션 '{flags}'의 값 '{value}'을(를) 쓸 수 없습니다. {expected}`,
);
const wrongVariable = text(
  `option '{flags}' value '{value}' from env '{variable}' is invalid. {expected}`,
  `환경 변수 '{variable}'이(가) 옵션 '{flags}'에 준 값 '{value}'을(를) 쓸 수 없습니다. {expected}`,
);
const wrongArgument = text(
  `'{value}' is invalid for argument '{name}'. {expected}`,
  `인자 '{name}'의 값 '{value}'을(를) 쓸 수 없습니다. {expected}`,
);
const missingValue = text(`option '{flags}' argument missing`, `옵션 '{flags}'의 값이 없습니다`);
const missingArgument = text(
  `missing required argument '{name}'; see \`rtcompare {command} --help\``,
  `인자 '{name}'이(가) 필요합니다. \`rtcompare {command} --help\`를 참고하면 됩니다`,
);
const tooMany = text(
  `'{command}' does not know what to do with "{words}"; see \`rtcompare {command} --help\``,
  `'{command}'에는 "{words}"을(를) 쓸 자리가 없습니다. \`rtcompare {command} --help\`를 참고하면 됩니다`,
);
const meantLine = text(
  `'{command}' does not know what to do with "{words}"; did you mean \`rtcompare {line}\`?`,
  `'{command}'에는 "{words}"을(를) 쓸 자리가 없습니다. 혹시 \`rtcompare {line}\`입니까?`,
);

export interface Complaint {
  readonly told: Text;
  readonly exitCode: number;
}

/** What the user is told of a failure; null for help, which is none, and for a bug. */
export async function complaintAbout(
  error: unknown,
  program: Command,
  args: readonly string[],
): Promise<Complaint | null> {
  if (error instanceof UsageError || error instanceof CannotRun) return error;
  if (!(error instanceof CommanderError)) return shortageIn(error);
  if (error.exitCode === 0) return null;
  return { told: await misuse(error, program, args), exitCode: 2 };
}

/** @param program as it was when it complained: its commands hold the words that were typed. */
async function misuse(error: CommanderError, program: Command, args: readonly string[]): Promise<Text> {
  const message = error.message.replace(/^error: /, '');
  const command = program.commands.find((one) =>
    [one.name(), ...one.aliases()].some((name) => args.includes(name)),
  );
  if (error.code === 'commander.excessArguments' && command) return await surplus(command);
  if (error.code === 'commander.missingArgument') {
    const [, name = ''] = /'(.+)'/s.exec(message) ?? [];
    return inEveryLanguage(missingArgument, { name, command: command?.name() ?? '' });
  }
  return told(message);
}

/** Commander's sentences, each with ours: the groups are named like our placeholders. The first match wins. */
const sentences: readonly (readonly [said: RegExp, ours: Phrase<string>])[] = [
  [/^unknown option '(?<flag>.*?)'\n\(Did you mean (?:one of )?(?<near>.+?)\?\)$/s, nearOption],
  [/^unknown option '(?<flag>.*)'$/s, unknownOption],
  [
    /^option '(?<flags>.*?)' value '(?<value>.*)' from env '(?<variable>.*?)' is invalid\. (?<why>.*)$/s,
    wrongVariable,
  ],
  [/^option '(?<flags>.*?)' argument '(?<value>.*)' is invalid\. (?<why>.*)$/s, wrongOption],
  [
    /^command-argument value '(?<value>.*)' is invalid for argument '(?<name>.*?)'\. (?<why>.*)$/s,
    wrongArgument,
  ],
  [/^option '(?<flags>.*)' argument missing$/s, missingValue],
];

function told(message: string): Text {
  for (const [said, ours] of sentences) {
    const parts = said.exec(message)?.groups;
    if (parts) return inEveryLanguage(ours, { ...parts, expected: expected(parts.why ?? '') });
  }
  return { en: message, ko: message };
}

/** A complaint about words that no argument takes; if an option takes them, with the line that has that option. */
async function surplus(command: Command): Promise<Text> {
  const words = command.args.slice(command.registeredArguments.length);
  const named = { command: command.name(), words: words.join(' ') };
  const option = await optionFor(words, command);
  return option === null
    ? inEveryLanguage(tooMany, named)
    : inEveryLanguage(meantLine, { ...named, line: `${command.name()} ${option}` });
}

async function optionFor(words: readonly string[], command: Command): Promise<string | null> {
  const { transportByName } = await import('../../transports/index.ts');
  const { scenarioByName } = await import('../../trial/scenarios/index.ts');
  const has = (flag: string) => command.options.some(({ long }) => long === flag);
  if (has('--transport') && words.every((word) => word === 'all' || transportByName(word)))
    return `--transport ${words.join(',')}`;
  if (has('--scenario') && words.every((word) => scenarioByName(word)))
    return `--scenario ${words.join(',')}`;
  return null;
}

/**
 * The configuration file: options set neither on the command line nor in the environment are taken from
 * `rtcompare.config.json` (or .js, .ts) in this folder. All problems are reported together, each with its path,
 * before anything starts. A .js or .ts file runs in a thread of its own, so that one that hangs or exits does not
 * stop rtcompare.
 */
import { existsSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { didYouMean } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, listed, say, type Text, text } from '../../base/text.ts';
import type { Threshold } from '../../gate/threshold.ts';
import { readText } from '../files/writing.ts';
import { readerOf } from './language.ts';
import { loadModule } from './load-module.ts';
import { parseJson } from './strict-json.ts';
import { option, takesNumber, toldOf } from './values.ts';

const usualNames = ['json', 'js', 'mjs', 'ts'].map((ending) => `rtcompare.config.${ending}`);

export const configOptions = () => [
  option(
    '--config <file>',
    text(
      'configuration; default: rtcompare.config.json, .js or .ts in this folder',
      '설정 파일. 기본값: 이 폴더의 rtcompare.config.json, .js 또는 .ts',
    ),
  ),
  option(
    '--print-config',
    text(
      'print every option with where its value comes from, and end',
      '모든 옵션의 값과 그 출처를 출력하고 끝냄',
    ),
  ),
];

/**
 * Fills in the options that the user did not give, and returns the thresholds. Throws `UsageError` with every problem.
 * @param options what the file may say: more than this command has, where commands share a file.
 * @param file the value of `--config`; without it the usual names are tried.
 */
export async function configure(
  command: Command,
  options: readonly Option[],
  file: string | undefined,
): Promise<Threshold[]> {
  const path = file ?? usualFile();
  if (path === null) return [];
  const content = path.endsWith('.json') ? parseJson(readText(path), path) : await loadModule(path);
  if (!isRecord(content)) throw new UsageError(inEveryLanguage(noObject, { path, value: shown(content) }));
  const problems: Text[] = [];
  const tell = (where: string, problem: Text) =>
    problems.push(
      inEveryLanguage(text('\n  {where}: {problem}', '\n  {where}: {problem}'), { where, problem }),
    );
  const { thresholds, ...values } = content;
  for (const [key, value] of Object.entries(values)) {
    const found = options.find((one) => one.attributeName() === key);
    const problem = found
      ? setFrom(path, command, found, value)
      : unknownKey(key, [...options.map((one) => one.attributeName()), 'thresholds']);
    if (problem !== null) tell(key, problem);
  }
  const parsed = await thresholdsOf(thresholds, tell);
  if (problems.length > 0)
    throw new UsageError(
      inEveryLanguage(text('{path} is wrong:{problems}', '{path}이(가) 잘못되었습니다:{problems}'), {
        path,
        problems: listed(problems, ''),
      }),
    );
  return parsed;
}

function usualFile(): string | null {
  const found = usualNames.filter((name) => existsSync(name));
  if (found.length > 1)
    throw new UsageError(
      inEveryLanguage(
        text(
          '{found} are both here; keep one, or name it with --config',
          '{found} 파일이 함께 있습니다. 하나만 남기거나 --config로 골라야 합니다',
        ),
        { found: listed(found, text(' and ', ', ')) },
      ),
    );
  return found[0] ?? null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as its author would recognise it. A program may export values that JSON cannot write, such as NaN. */
const shown = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));

const unknownKey = (key: string, known: readonly string[]): Text =>
  inEveryLanguage(text('unknown key{hint}', '모르는 키입니다{hint}'), { hint: didYouMean(key, known) });

const wrong = (value: unknown, expected: Text): Text =>
  inEveryLanguage(
    text('got {value}, expected {expected}', '{value}은(는) 쓸 수 없습니다. 필요한 값: {expected}'),
    {
      value: shown(value),
      expected,
    },
  );

const oneOf = (names: readonly string[]): Text =>
  inEveryLanguage(text('one of {names}', '다음 가운데 하나: {names}'), { names: names.join(', ') });

const noObject = text(
  '{path}: got {value}, expected an object',
  '{path}: {value}은(는) 쓸 수 없습니다. 필요한 값: 객체',
);

/** The kind of value that an option takes in the file. */
function kindOf(one: Option): 'boolean' | 'number' | 'string' {
  if (one.isBoolean()) return 'boolean';
  return takesNumber(one) ? 'number' : 'string';
}

const kinds = {
  boolean: text('true or false', 'true 또는 false'),
  number: text('a number', '수'),
  string: text('a text in quotes', '따옴표 안의 글'),
};

/** Sets an option unless the command line or the environment did; returns what is wrong with the value, or null. */
function setFrom(path: string, command: Command, one: Option, value: unknown): Text | null {
  const kind = kindOf(one);
  if (typeof value !== kind) return wrong(value, kinds[kind]);
  if (one.argChoices && !one.argChoices.includes(String(value))) return wrong(value, oneOf(one.argChoices));
  let parsed = value;
  try {
    if (kind !== 'boolean' && one.parseArg) parsed = one.parseArg(String(value), undefined);
  } catch (error) {
    return inEveryLanguage(text('got {value}. {problem}', '{value}은(는) 쓸 수 없습니다. {problem}'), {
      value: shown(value),
      problem: toldOf(error),
    });
  }
  const name = one.attributeName();
  const isOwn = command.options.some((own) => own.attributeName() === name);
  // The command line and the environment win.
  if (isOwn && (command.getOptionValueSource(name) ?? 'default') === 'default')
    command.setOptionValueWithSource(name, parsed, path);
  return null;
}

async function thresholdsOf(
  list: unknown,
  tell: (where: string, problem: Text) => void,
): Promise<Threshold[]> {
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    tell('thresholds', wrong(list, text('a list', '목록')));
    return [];
  }
  const { levels, parseThreshold } = await import('../../gate/threshold.ts');
  const isLevel = (value: unknown): value is Threshold['level'] => levels.some((one) => one === value);
  return list.flatMap((entry: unknown, index) => {
    const where = `thresholds[${index}]`;
    const { rule, level = 'error', ...rest } = isRecord(entry) ? entry : { rule: entry };
    for (const key of Object.keys(rest)) tell(`${where}.${key}`, unknownKey(key, ['rule', 'level']));
    if (!isLevel(level)) tell(`${where}.level`, wrong(level, oneOf(levels)));
    else if (typeof rule !== 'string')
      tell(
        where,
        wrong(entry, text('a rule such as "ws p95 <= 1.2 x tcp"', '"ws p95 <= 1.2 x tcp" 같은 규칙')),
      );
    else
      try {
        return [parseThreshold(rule, level)];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        tell(where, error.told);
      }
    return [];
  });
}

/** Every option with its value and where it comes from: the command line, the environment, a file, or the default. */
export function configurationTable(command: Command): string {
  const reader = readerOf(command.opts<{ lang?: string }>().lang);
  const origins: Readonly<Record<string, string>> = {
    cli: say(reader, text('command line', '명령줄')),
    default: say(reader, text('default', '기본값')),
  };
  const rows = command.options.map((one) => {
    const name = one.attributeName();
    const origin = command.getOptionValueSource(name) ?? 'default';
    const from = origin === 'env' ? `${one.envVar}` : (origins[origin] ?? origin);
    const value: unknown = command.getOptionValue(name);
    return [name, value === undefined ? '–' : String(value), from] as const;
  });
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map(([name, value, from]) => `${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${from}\n`)
    .join('');
}

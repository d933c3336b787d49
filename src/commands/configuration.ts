/**
 * The configuration file: what was not said on the command line, nor in the environment, is taken from
 * `rtcompare.config.json` (or .js, .ts) in this folder. Every problem is told at once, with its path, before anything
 * starts. A program is run apart from ours, so that one that hangs or exits harms nobody.
 */
import { existsSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import type { Threshold } from '../gate/threshold.ts';
import { readText } from './files.ts';
import { loadModule } from './load-module.ts';
import { parseJson } from './strict-json.ts';
import { option, takesNumber } from './values.ts';

const usualNames = ['json', 'js', 'mjs', 'ts'].map((ending) => `rtcompare.config.${ending}`);

export const configOptions = () => [
  option('--config <file>', 'configuration; default: rtcompare.config.json, .js or .ts in this folder'),
  option('--print-config', 'print every option with where its value comes from, and end'),
];

/**
 * Fills in the options that nobody gave, and returns the thresholds. Throws `UsageError` with every problem.
 * @param options what the file may say: more than this command has, where commands share a file.
 * @param file as `--config` says; without it the usual names are tried.
 */
export async function configure(
  command: Command,
  options: readonly Option[],
  file: string | undefined,
): Promise<Threshold[]> {
  const path = file ?? usualFile();
  if (path === null) return [];
  const content = path.endsWith('.json') ? parseJson(readText(path), path) : await loadModule(path);
  if (!isRecord(content)) throw new UsageError(`${path}: got ${shown(content)}, expected an object`);
  const problems: string[] = [];
  const tell = (where: string, problem: string) => problems.push(`${where}: ${problem}`);
  const { thresholds, ...values } = content;
  for (const [key, value] of Object.entries(values)) {
    const found = options.find((one) => one.attributeName() === key);
    const problem = found
      ? setFrom(path, command, found, value)
      : unknownKey(key, [...options.map((one) => one.attributeName()), 'thresholds']);
    if (problem !== null) tell(key, problem);
  }
  const parsed = await thresholdsOf(thresholds, tell);
  if (problems.length > 0) throw new UsageError(`${path} is wrong:\n  ${problems.join('\n  ')}`);
  return parsed;
}

function usualFile(): string | null {
  const found = usualNames.filter((name) => existsSync(name));
  if (found.length > 1)
    throw new UsageError(`${found.join(' and ')} are both here; keep one, or name it with --config`);
  return found[0] ?? null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as its author would recognise it. JSON has no word for what a program may give. */
const shown = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));

const unknownKey = (key: string, known: readonly string[]) => `unknown key${didYouMean(key, known)}`;

/** The kind of value that an option takes in the file. */
function kindOf(one: Option): 'boolean' | 'number' | 'string' {
  if (one.isBoolean()) return 'boolean';
  return takesNumber(one) ? 'number' : 'string';
}

const kinds = { boolean: 'true or false', number: 'a number', string: 'a text in quotes' } as const;

/** Sets an option that nobody gave otherwise; returns what is wrong with the value, or null. */
function setFrom(path: string, command: Command, one: Option, value: unknown): string | null {
  const kind = kindOf(one);
  if (typeof value !== kind) return `got ${shown(value)}, expected ${kinds[kind]}`;
  if (one.argChoices && !one.argChoices.includes(String(value)))
    return `got ${shown(value)}, expected one of ${one.argChoices.join(', ')}`;
  let parsed = value;
  try {
    if (kind !== 'boolean' && one.parseArg) parsed = one.parseArg(String(value), undefined);
  } catch (error) {
    return `got ${shown(value)}. ${(error as Error).message}`;
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
  tell: (where: string, problem: string) => void,
): Promise<Threshold[]> {
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    tell('thresholds', `got ${shown(list)}, expected a list`);
    return [];
  }
  const { parseThreshold } = await import('../gate/threshold.ts');
  return list.flatMap((entry: unknown, index) => {
    const where = `thresholds[${index}]`;
    const { rule, level = 'error', ...rest } = isRecord(entry) ? entry : { rule: entry };
    for (const key of Object.keys(rest)) tell(`${where}.${key}`, unknownKey(key, ['rule', 'level']));
    if (level !== 'error' && level !== 'warn')
      tell(`${where}.level`, `got ${shown(level)}, expected one of error, warn`);
    else if (typeof rule !== 'string')
      tell(where, `got ${shown(entry)}, expected a rule such as "ws p95 <= 1.2 x tcp"`);
    else
      try {
        return [parseThreshold(rule, level)];
      } catch (error) {
        tell(where, (error as Error).message);
      }
    return [];
  });
}

/** Every option with its value and where it comes from: the command line, the environment, a file, or the default. */
export function configurationTable(command: Command): string {
  const origins: Readonly<Record<string, string>> = { cli: 'command line', env: 'environment' };
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

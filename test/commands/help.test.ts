/** `--help`: short, by topic, in both languages, and quick; and what happens to a command line that is almost right. */
import { expect, test } from 'vitest';
import { helpAsked } from '../../src/commands/help/help.ts';
import { typedLanguage } from '../../src/commands/options/language.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { rtcompare, typedIn } from '../support/cli.ts';
import { spoken } from '../support/spoken.ts';

const help = async (...args: string[]) => (await spoken(args)).stdout;
const first = (text: string) => [...text.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name!);
const flags = (text: string) => [...text.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag!);

test('how help is asked for', () => {
  expect(helpAsked(['run'])).toBeNull();
  expect(helpAsked(['wire', 'ws', '--', '--help'])).toBeNull();
  expect(helpAsked(['--help'])).toEqual({ command: undefined, all: false });
  expect(helpAsked(['--help', 'all'])).toEqual({ command: undefined, all: true });
  expect(helpAsked(['help', 'all', '--lang', 'ko'])).toEqual({ command: undefined, all: true });
  expect(helpAsked(['--lang', 'ko', 'run', '-h'])).toEqual({ command: 'run', all: false });
  expect(helpAsked(['run', '--transport', 'ws', '--help', 'all'])).toEqual({ command: 'run', all: true });
  expect(helpAsked(['help', 'lesson'])).toEqual({ command: 'lesson', all: false });
  expect(helpAsked(['--help', 'lesson'])).toEqual({ command: 'lesson', all: false });
});

test('which language was typed, wherever it stands', () => {
  expect(typedLanguage(['runn', '--lang', 'ko'])).toBe('ko');
  expect(typedLanguage(['--lang=en', 'run'])).toBe('en');
  expect(typedLanguage(['wire', '--', '--lang', 'ko'])).toBeUndefined();
});

test('without a word: examples first, at most six commands, then how to get the rest', async () => {
  const [short, all] = [await help('--help'), await help('--help', 'all')];
  expect(await help()).toBe(short);
  expect(await help('help', 'all')).toBe(all);
  const names = first(short.slice(short.indexOf('Commands:')));
  expect(names.filter((name) => name !== 'tables')).toEqual(['run', 'lesson', 'demo', 'check', 'inspect']);
  expect(short.indexOf('Examples:')).toBeLessThan(short.indexOf('Commands:'));
  expect(short).toMatch(/`\S+ \S+ --help all` shows every command/);
  expect(short.split('\n').length).toBeLessThanOrEqual(40);
  expect(first(all).length).toBeGreaterThan(15);
});

test('run shows the ten options that people use, and the others by topic', async () => {
  const [short, all] = [await help('run', '--help'), await help('run', '--help', 'all')];
  expect(flags(short).filter((flag) => flag !== '--help').length).toBeLessThanOrEqual(10);
  expect(short).toMatch(/run --help all` shows \d+ more options, by topic/);
  for (const topic of ['What is measured:', 'Under which conditions:', 'How it is told:']) {
    expect(all).toContain(`\n${topic}\n`);
    expect(short).not.toContain(topic);
  }
  const hidden = Number(/shows (\d+) more/.exec(short)![1]);
  expect(flags(all).length - flags(short).length).toBe(hidden);
});

test('every page of help fits 80 columns, and offers --lang', async () => {
  const names = first((await help('--help', 'all')).split('Commands:')[1]!.split('\n\n')[0]!);
  for (const name of names)
    for (const language of ['en', 'ko'] as const) {
      const { stdout } = await spoken([name, '--help', 'all'], { language });
      expect(flags(stdout)).toContain('--lang');
      // An example is one line, however long it is.
      const wide = stdout
        .split('\n')
        .filter((line) => displayWidth(line) > 80 && !/^ {2}\S+ \S+ /.test(line));
      expect(wide, name).toEqual([]);
    }
});

test('the built program answers for help in the language of the line, and quickly', async () => {
  const { code, stdout } = await rtcompare('lesson', '--help', '--lang', 'ko');
  expect([code, stdout]).toEqual([0, expect.stringContaining('사용법: ')]);
  const wrong = await rtcompare('runn', '--lang', 'ko');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('혹시 run입니까?')]);
  const meant = await rtcompare('run', 'ws');
  expect(meant.stderr).toContain(`did you mean \`${typedIn(process.cwd())} run --transport ws\`?`);
});

test.each([
  [['run', 'ws'], `did you mean \`rtcompare run --transport ws\`?`],
  [
    ['run', 'websocket', 'sse', '--clients', '5'],
    `did you mean \`rtcompare run --transport websocket,sse\`?`,
  ],
  [['run', 'outage'], `did you mean \`rtcompare run --scenario outage\`?`],
  [['run', 'quickly'], `see \`rtcompare run --help\``],
  [['check', 'all'], `see \`rtcompare check --help\``],
  [['runn'], 'unknown command "runn"; did you mean run? Known: run, '],
  [['helpp'], 'did you mean help?'],
  [['help', 'lessn'], 'unknown command "lessn"; did you mean lesson?'],
  [['run', '--transprt', 'ws'], "unknown option '--transprt'; did you mean --transport?"],
  [['run', '--clients'], "option '--clients <n>' argument missing"],
  [['inspect'], `missing required argument 'url'; see \`rtcompare inspect --help\``],
  [['explain', 'pol1'], 'nothing is known of "pol1"; did you mean POLL1?'],
  [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish.'],
])('%j: exit 2, one line, with a way on', async (args, remedy) => {
  const { code, stdout, stderr } = await spoken(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(remedy);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('wire and lesson without a word say what there is; help lesson explains it', async () => {
  const wire = await help('wire');
  expect(wire).toMatch(/`\S+ \S+ wire ws`/);
  expect(wire).toContain('  ws, websocket\n');
  expect(await help('lesson')).toMatch(/^ 1 {2}/m);
  expect(await help('help', 'lesson')).toBe(await help('lesson', '--help'));
});

/**
 * docs/lessons is whole: every lesson has its section in each page of both languages, the handout asks what the tool
 * asks, and every command that is shown can be parsed. Nothing is run: the lessons' own tests do that.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { createProgram } from '../../src/commands/program.ts';
import { lawById } from '../../src/laws/index.ts';
import { lessons } from '../../src/questions/lessons/index.ts';
import { reproductions } from '../../src/questions/reproductions/index.ts';
import { expectedText } from '../../src/report/views/lesson/lesson-figures.ts';
import { classMinutes } from '../../src/report/views/lesson/lesson-list.ts';
import { transportByName } from '../../src/transports/index.ts';
import { scenarioByName } from '../../src/trial/scenarios/index.ts';

const folder = fileURLToPath(new URL('../../docs/lessons/', import.meta.url));
const read = (path: string) => readFileSync(`${folder}${path}`, 'utf8');
const pages = ['handout.md', 'speaker-notes.md', 'answer-key.md'];
const languages = ['en', 'ko'] as const;
const plans = { en: 'README.md', ko: 'README.ko.md' };
const files = [...Object.values(plans), ...languages.flatMap((l) => pages.map((page) => `${l}/${page}`))];

/** Lines may be broken anywhere a space stands. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

/** Sections by the number of their lesson. */
const sectionsOf = (page: string) =>
  new Map(
    page
      .split(/^## /m)
      .filter((section) => /^\d/.test(section))
      .map((section) => [Number.parseInt(section, 10), section] as const),
  );

test('there are these pages, in both languages, and no others', () => {
  for (const language of languages)
    expect(readdirSync(`${folder}${language}`).sort()).toEqual(pages.toSorted());
});

test.each(languages.flatMap((language) => pages.map((page) => [language, page] as const)))(
  '%s/%s has a section for each lesson, under its title and with its command',
  (language, page) => {
    const sections = sectionsOf(read(`${language}/${page}`));
    expect([...sections.keys()]).toEqual(lessons.map(({ id }) => id));
    for (const { id, title } of lessons) {
      expect(sections.get(id)).toMatch(new RegExp(`^${id}\\. `));
      expect(sections.get(id)!.split('\n')[0]).toBe(`${id}. ${title[language]}`);
      expect(sections.get(id)).toContain(`npx rtcompare lesson ${id}`);
    }
  },
);

test.each(languages)(
  '%s: the handout asks what the tool asks, and leaves room for the answer',
  (language) => {
    const sections = sectionsOf(read(`${language}/handout.md`));
    for (const { id, misconception, experiment, picture, files = [], question, answer } of lessons) {
      const section = flat(sections.get(id)!);
      // What is drawn and printed before the question stands before it in the handout, too, line by line.
      const before = sections.get(id)!.split(`**${question[language]}**`)[0]!;
      if (picture) expect(before).toContain(`\`\`\`text\n${picture[language]}\n\`\`\``);
      for (const { name, content } of files) {
        expect(before).toContain(`\`${name}\``);
        expect(before).toContain(`\n${content}\`\`\``);
      }
      for (const text of [misconception, experiment, question]) expect(section).toContain(text[language]);
      if (answer.kind === 'choice')
        for (const { key, text } of answer.choices) expect(section).toContain(`${key}) ${text[language]}`);
      expect(section.match(/_{10}/g)!.length).toBeGreaterThanOrEqual(5);
    }
  },
);

test.each(languages)(
  '%s: the answer key has the law, a run with its date and versions, and the way there',
  (language) => {
    const page = read(`${language}/answer-key.md`);
    expect(page.split('## ')[0]).toMatch(/20\d\d-\d\d-\d\d, Node [\d.]+, ws [\d.]+, socket\.io [\d.]+/);
    for (const section of sectionsOf(page).values()) {
      const answer = section.split('\n').find((line) => line.startsWith('| **'));
      const law = answer?.split('|')[2]?.trim() ?? '';
      expect(lawById(law) !== undefined || /^(ECMA-262|RFC \d+)$/.test(law), law).toBe(true);
      // The derivation begins with it.
      expect(section.split('**').at(-1)).toMatch(new RegExp(`^ ${law}`));
      expect(section).toMatch(/`npx rtcompare lesson \d+ --answer \w+/);
    }
  },
);

test.each(languages)('%s: the answer key predicts what the lessons predict', async (language) => {
  const sections = sectionsOf(read(`${language}/answer-key.md`));
  const words = readerOfFiles(language);
  for (const lesson of lessons) {
    const answer = sections
      .get(lesson.id)!
      .split('\n')
      .find((line) => line.startsWith('| **'))!;
    const predicted = answer.split('|')[3]!.trim();
    const expected = await lesson.expected();
    // A smaller figure may be written with more digits; what it may be off by follows it.
    expect(predicted.split(' ± ')[0], `lesson ${lesson.id}`).toMatch(startOf(expectedText(expected, words)));
  }
});

/** `240 ms` of the key for `240 ms`; an outage of a second was a little longer in the run that is quoted. */
const startOf = (text: string) =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/^30$/, '3[01](\\.\\d)?')}$`);

test.each(languages)('%s: ten words are explained at the end of the handout', (language) => {
  const [, glossary = ''] = read(`${language}/handout.md`).split(/^## (?!\d)/m);
  const words = [...glossary.matchAll(/^- \*\*(.+?)\*\*: /gm)].map(([, word]) => word);
  const ten = ['p50', 'due', 'keep-alive', 'steady phase', 'heartbeat', 'seed', 'netstring', 'cursor'];
  expect(words).toEqual([...ten, 'permessage-deflate', 'Nagle']);
});

test.each(languages)('%s: the plan fills 50 minutes without a gap, as the tool says', (language) => {
  const rows = [...read(plans[language]).matchAll(/^\| (\d+)–(\d+) \| (?:(\d+), )?/gm)];
  const times = rows.map(([, from, to]) => [Number(from), Number(to)] as const);
  expect([times[0]![0], times.at(-1)![1]]).toEqual([0, classMinutes.whole]);
  for (const [index, [from]] of times.entries()) if (index > 0) expect(from).toBe(times[index - 1]![1]);
  const taught = rows
    .filter(([, , , id]) => id)
    .map(([, from, to, id]) => [Number(id), Number(to) - Number(from)]);
  expect(taught).toEqual(
    lessons.filter(({ where }) => where === 'class').map(({ id, minutes }) => [id, minutes]),
  );
});

test.each(languages)('%s: each lesson for home has its minutes and its measurement', (language) => {
  const rows = [...read(plans[language]).matchAll(/^\| (\d+), (.+?) \| (\d+) \| (\d+) ?(?:s|초) \|$/gm)].map(
    ([, id, title, minutes, seconds]) => [Number(id), title, Number(minutes), Number(seconds)],
  );
  const home = lessons.filter(({ where }) => where === 'home');
  expect(rows).toEqual(
    home.map(({ id, title, minutes, seconds }) => [id, title[language], minutes, seconds]),
  );
});

test.each(languages)('%s: the notes say how long each lesson measures', (language) => {
  const sections = sectionsOf(read(`${language}/speaker-notes.md`));
  for (const { id, seconds } of lessons)
    expect(sections.get(id)).toMatch(new RegExp(`(measures for about ${seconds} s|측정에 약 ${seconds}초)`));
});

test('Korean pages show commands that answer in Korean', () => {
  const pages = ['README.ko.md', 'ko/handout.md', 'ko/speaker-notes.md', 'ko/answer-key.md'];
  const foreign = pages
    .flatMap(read)
    .flatMap(commandsOf)
    .filter((line) => !/--lang ko|--json/.test(line));
  expect(foreign).toEqual([]);
});

/** Commands in `sh` blocks, and those that stand in a sentence or a table. */
function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/\s+#.*$/, ''));
  const inline = [...markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`((?:npx )?rtcompare[^`]*)`/g)];
  return [...lines, ...inline.map(([, text = '']) => text)].filter((line) => line.includes('rtcompare'));
}

const shown = [
  ...files.flatMap((file) => commandsOf(read(file)).map((command) => [file, command] as const)),
  ...lessons.map(({ id, next }) => [`lesson ${id}`, next.command] as const),
];

test('pages show commands', () => {
  for (const file of files) expect(shown.filter(([from]) => from === file).length, file).toBeGreaterThan(0);
});

test.each(shown)(
  '%s: `%s` is a command, with options that exist and names that are known',
  async (_, line) => {
    const [name, ...args] = line.replace(/^npx /, '').split(/\s+/).slice(1);
    const program = await createProgram({ signal: new AbortController().signal, done: () => {} }, [name!]);
    const command = program.commands.find((one) => one.name() === name);
    expect(command, line).toBeDefined();
    const { operands, unknown } = command!.parseOptions(args);
    expect(unknown).toEqual([]);
    expect(operands.length).toBeLessThanOrEqual(command!.registeredArguments.length);
    const { transport, scenario } = command!.opts();
    for (const each of [transport ?? []].flat().flatMap((names: string) => names.split(',')))
      expect(transportByName(each), each).toBeDefined();
    if (scenario) expect(scenarioByName(scenario)).toBeDefined();
    const [operand] = operands;
    if (operand === undefined) return;
    const known: Record<string, (operand: string) => boolean> = {
      lesson: (id) => lessons.some((one) => String(one.id) === id),
      explain: (id) => lawById(id) !== undefined,
      reproduce: (wanted) => reproductions.some((one) => one.name === wanted),
      wire: (wanted) => transportByName(wanted) !== undefined,
      serve: (wanted) => transportByName(wanted) !== undefined,
      probe: (wanted) => wanted === 'proxies',
    };
    expect(known[name!]?.(operand), line).toBe(true);
  },
);

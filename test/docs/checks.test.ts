/** What the documents say is tested is tested: every test that a page names by its words is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.test.ts'),
);
const tests = files.map((name) => read(`test/${name}`)).join('\n');

/** Quotations of a passage, with its line breaks folded. */
const quoted = (passage: string) =>
  [...passage.replace(/\s+/g, ' ').matchAll(/“([^”]+)”/g)].map(([, words = '']) => words);

test('docs/methodology.md: each check it quotes is the name of a test', () => {
  const passages = [...read('docs/methodology.md').matchAll(/\*Checks?:\*([\s\S]*?)(?=\n\n|$)/g)];
  const names = passages.flatMap(([, passage = '']) => quoted(passage));
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !tests.includes(name))).toEqual([]);
});

test('docs/faults.md: each row names a test that is there, or its file', () => {
  const rows = read('docs/faults.md')
    .split('\n')
    .filter((line) => /^\| [a-zA-Z]/.test(line) && !line.includes('tested by'));
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const cell = row.split('|').at(-2) ?? '';
    const named = quoted(cell).filter((name) => !tests.includes(name));
    const filed = [...cell.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, name = '']) => name);
    expect([row, named, filed.filter((name) => !files.includes(name))]).toEqual([row, [], []]);
    expect(quoted(cell).length + filed.length, row).toBeGreaterThan(0);
  }
});

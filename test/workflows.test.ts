/** What CI runs on other systems: `npm test` without its browser, and which tests are left out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { browsers, leftOut, linuxOnly, undisturbedBrowsers } from './support/systems.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.test.ts') && !name.startsWith('test/privileged/'))
  .map((name) => ({ name, code: readFileSync(join(root, name), 'utf8') }))
  // This file names all of these without using them.
  .filter(({ name }) => name !== 'test/workflows.test.ts');

/** `a/{b,c}.test.ts`, and nothing else that a shell knows. */
const named = (patterns: readonly string[]) =>
  patterns.flatMap((pattern) => {
    const [before = '', inside, after = ''] = pattern.split(/[{}]/);
    return inside === undefined ? [pattern] : inside.split(',').map((one) => before + one + after);
  });
/** Tests that use it, but those that leave themselves out by the system. */
const using = (means: RegExp) =>
  files
    .filter(({ code }) => means.test(code) && !/(skip|run)If\([^)]*(isWindows|linux)/.test(code))
    .map(({ name }) => name);

test('every name in the lists is a test that is there', () => {
  const all = named([...leftOut('win32'), ...browsers, ...undisturbedBrowsers]);
  expect(all.filter((name) => !files.some((file) => file.name === name))).toEqual([]);
});

test('whatever opens a browser is in the project that other systems leave out', () => {
  expect(using(/from '[./]+(support\/(browser|engines)|browse)\.ts'/)).toEqual(
    named([...browsers, ...undisturbedBrowsers]).toSorted(),
  );
});

test('what needs /proc, a pseudo terminal or a shell of its own is left out where there is none', () => {
  const proc = /support\/(processes|pseudo-terminal)\.ts|spawn(Sync)?\(\s*'script'|`?\/proc\//;
  expect(using(proc).filter((name) => !named(linuxOnly).includes(name))).toEqual([]);
  const unix =
    /kill\((signal|'SIG(INT|TERM|HUP)')|Sync\(\s*'bash'|'\/dev\/null|execFileSync\('npm'|support\/steps/;
  const links = /symlinkSync\((?![^;]*'junction')/;
  const known = named(leftOut('win32'));
  expect([...using(unix), ...using(links)].filter((name) => !known.includes(name))).toEqual([]);
  expect(leftOut('linux')).toEqual([]);
});

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly strategy?: { readonly matrix: { readonly os?: readonly string[] } };
        readonly steps: readonly { readonly run?: string }[];
      }
    >
  >;
}

test('Windows and macOS run `npm test` without the browser, and install the bundle', () => {
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8')) as Workflow;
  const { others } = jobs;
  expect(others!.strategy!.matrix.os).toEqual(['windows-latest', 'macos-latest']);
  const scripts = others!.steps.flatMap(({ run = '' }) => run.split('\n'));
  expect(scripts).toContain("npm test -- --project='!browser*'");
  expect(scripts.some((line) => /npm install -g --offline .*-bundle\.tgz/.test(line))).toBe(true);
});

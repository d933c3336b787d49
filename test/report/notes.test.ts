/** Every kind of note that a trial can have is a sentence: readers skip a warning that is printed as its bare name. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { noteLines } from '../../src/report/views/run/note-lines.ts';
import { echoTrials } from './fixture.ts';

const source = ['trial/notes', 'trial/measure', 'run/again', 'metrics/verdict'].map((name) =>
  readFileSync(new URL(`../../src/${name}.ts`, import.meta.url), 'utf8'),
);
const kinds = [
  ...source.join().matchAll(/kind: '([a-z-]+)', value/g),
  ...source.join().matchAll(/find\('(?:invalid|noisy)', '([a-z-]+)'/g),
].map(([, kind = '']) => kind);

test('no kind of note is printed as its name', () => {
  expect(kinds.length).toBeGreaterThan(15);
  expect(kinds).toContain('measured-again');
  const [trial] = echoTrials();
  for (const kind of [
    ...kinds,
    'loop-delay-client',
    'loop-delay-browser',
    'loop-delay-relay',
    'loop-delay-server',
  ])
    for (const language of ['en', 'ko'] as const) {
      const words = readerOfFiles(language);
      const [line = ''] = noteLines({ trials: [{ ...trial!, notes: [{ kind, value: 2 }] }] }, words);
      expect(line, kind).toMatch(/\S/);
      expect(line, kind).not.toContain(`${kind}: 2`);
    }
});

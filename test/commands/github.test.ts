/** Workflow commands: values cannot end one or begin another, and there are never more than ten of a kind. */
import { Writable } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { annotate, annotationLine } from '../../src/commands/checking/github.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('line ends, percent signs, colons and commas are escaped as the runner unescapes them', () => {
  const line = annotationLine({ level: 'error', title: 'a:b,c', text: '100 %\r\n::set-output name=x::y' });
  expect(line).toBe('::error title=a%3Ab%2Cc::100 %25%0D%0A::set-output name=x::y');
  expect(line.split('\n')).toHaveLength(1);
});

test('at most ten of each kind, and none outside of GitHub Actions', () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const many = Array.from({ length: 30 }, (_, k) => ({
    level: k % 2 === 0 ? ('error' as const) : ('notice' as const),
    title: 't',
    text: String(k),
  }));
  vi.stubEnv('GITHUB_ACTIONS', 'false');
  annotate(many, stream);
  expect(lines).toEqual([]);
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  annotate(many, stream);
  expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10);
  expect(lines.filter((line) => line.startsWith('::notice'))).toHaveLength(10);
});

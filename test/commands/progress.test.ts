/** Progress on terminals of every kind: one line that is rewritten, or a plain line a stage; never a loop or an escape too many. */
import { afterEach, expect, test, vi } from 'vitest';
import { createProgress } from '../../src/commands/progress.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

function shown(terminal: { isTTY: boolean; columns?: number }, term: string, quiet = false): string {
  vi.stubEnv('TERM', term);
  let text = '';
  const stream = { ...terminal, write: (piece: string) => (text += piece) };
  const progress = createProgress(stream as never, quiet);
  progress.show('[1/2] a stage with a rather long name');
  progress.show('[2/2] another');
  progress.end();
  return text;
}

const plain = '[1/2] a stage with a rather long name\n[2/2] another\n';

test.sequential('a terminal: one line, cut to its width, rewritten, and gone at the end', () => {
  const text = shown({ isTTY: true, columns: 20 }, 'xterm');
  expect(text).toBe('\r\u001b[2K[1/2] a stage with \r\u001b[2K[2/2] another\r\u001b[2K');
});

test.sequential.each([
  ['no terminal', { isTTY: false }, 'xterm'],
  ['TERM=dumb', { isTTY: true, columns: 80 }, 'dumb'],
  ['a terminal of no columns', { isTTY: true, columns: 0 }, 'xterm'],
])('%s: a plain line a stage, and no escape code', (_, terminal, term) => {
  expect(shown(terminal, term)).toBe(plain);
});

test.sequential('quiet is quiet everywhere', () => {
  expect(shown({ isTTY: true, columns: 80 }, 'xterm', true)).toBe('');
  expect(shown({ isTTY: false }, 'xterm', true)).toBe('');
});

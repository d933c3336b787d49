/**
 * Progress on terminals of every kind: one line that is rewritten, or a plain line for each stage; no extra writes or
 * escape codes.
 */
import { afterEach, expect, test, vi } from 'vitest';
import {
  createForeteller,
  createPlannedProgress,
  createProgress,
} from '../../src/commands/screen/progress.ts';

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

const korean = { language: 'ko' } as const;

test.sequential('what takes long says so beforehand, from its plan, in a line that stays', () => {
  vi.stubEnv('TERM', 'xterm');
  let text = '';
  const stream = { isTTY: true, columns: 80, write: (piece: string) => (text += piece) };
  const progress = createPlannedProgress(stream as never, false, korean);
  progress.stage({ index: 0, total: 2, name: 'echo: ws', leftMs: 85_000 });
  expect(text).toBe('약 85초 걸립니다.\n\r\u001b[2K[1/2] echo: ws (약 85초 남음)');
  text = '';
  createPlannedProgress(stream as never, false, { language: 'en' }).stage({
    index: 0,
    total: 1,
    name: 'a short one',
    leftMs: 900,
  });
  expect(text).toBe('\r\u001b[2K[1/1] a short one (about 1 s left)');
});

test('what is left follows how long the first part took on this machine', () => {
  const foretell = createForeteller(1000);
  expect(foretell(20_000, 1000)).toBe(20_000);
  // Two seconds of the plan are too few to tell by.
  expect(foretell(18_000, 9000)).toBe(18_000);
  // Ten planned seconds have taken fifteen: so will the other ten.
  expect(foretell(10_000, 16_000)).toBe(15_000);
});

/**
 * Pages at the keyboard: what each key does, and the real program in a pseudo-terminal, which it leaves as it found it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { keysIn, meaningOf, pageNumbered } from '../../src/commands/screen/page-turner.ts';
import { cliFile } from '../support/cli.ts';

test('what a key asks for', () => {
  for (const key of ['\r', ' ', 'n', '\u001b[C']) expect(meaningOf(key)).toBe('next');
  for (const key of ['b', '\u007f', '\u001b[D']) expect(meaningOf(key)).toBe('back');
  expect(meaningOf('q')).toBe('end');
  expect(meaningOf('7')).toEqual({ digit: '7' });
  expect(meaningOf('x')).toBeNull();
});

test('one read may bring several keys', () => {
  expect(keysIn('12\r\u001b[D\u001b[6~q')).toEqual(['1', '2', '\r', '\u001b[D', '\u001b[6~', 'q']);
});

test('a number is a page, counted from 1, or the nearest there is', () => {
  expect([pageNumbered('3', 9), pageNumbered('0', 9), pageNumbered('99', 9)]).toEqual([2, 0, 9]);
});

const hasTerminal = spawnSync('script', ['--version']).status === 0;

/** The program in a terminal of its own: what it shows, and what the terminal is set to before and after. */
function inTerminal(keys: readonly (readonly [until: RegExp, typed: string])[]) {
  const line = `stty -a | grep -o -- '-\\?icanon\\|-\\?echo '; ${process.execPath} ${cliFile} wire ws --project --quiet; echo "code $?"; stty -a | grep -o -- '-\\?icanon\\|-\\?echo '; echo over`;
  const child = spawn('script', ['-qec', `bash -c '${line.replaceAll("'", "'\\''")}'`, '/dev/null'], {
    env: { ...process.env, LANG: 'C', TERM: 'xterm', NO_COLOR: '' },
  });
  let screen = '';
  let from = 0;
  const left = [...keys];
  return new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      const found = left[0]?.[0].exec(screen.slice(from));
      if (!found) return;
      from += found.index + found[0].length;
      child.stdin.write(left.shift()?.[1] ?? '');
    });
    child.once('close', () => resolve(screen));
  });
}

/** The cards in the order in which they were shown. */
const cards = (screen: string) => [...screen.matchAll(/ws {2}(\d+) of \d+/g)].map(([, card]) => Number(card));
const prompt = /q end/;
const settings = (screen: string) => [...screen.matchAll(/-?(?:icanon|echo )/g)].map(([word]) => word.trim());

test.skipIf(!hasTerminal)('next, back, a number and Enter, then the end', { timeout: 60_000 }, async () => {
  const screen = await inTerminal([
    [prompt, '\r'],
    [prompt, '\u001b[C'],
    [prompt, '\u001b[D'],
    [prompt, '12\r'],
    [prompt, 'b'],
    [prompt, 'q'],
  ]);
  expect(cards(screen)).toEqual([1, 2, 3, 2, 12, 11]);
  expect(screen).toContain('code 0');
  expect(settings(screen)).toEqual(['icanon', 'echo', 'icanon', 'echo']);
});

test.skipIf(!hasTerminal)('Ctrl-C gives the terminal back, too', { timeout: 60_000 }, async () => {
  const screen = await inTerminal([
    [prompt, '1'],
    [/ 1/, '\u0003'],
  ]);
  expect(screen).toContain('code 130');
  expect(settings(screen)).toEqual(['icanon', 'echo', 'icanon', 'echo']);
});

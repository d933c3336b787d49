/** The built command on a pseudo-terminal of a given size, and what its screen and scrollback hold in the end. */
import { spawn } from 'node:child_process';
import { cliFile, smallLoad } from './cli.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Seen {
  readonly code: number | null;
  /** What stands in the end, from the first line that scrolled away to the last; no escape codes. */
  readonly lines: readonly string[];
  /** All that was written, escape codes included. */
  readonly raw: string;
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** By `script` of util-linux, which passes its exit code on. */
export async function onTerminal(
  args: readonly string[],
  { columns, rows }: Size,
  env: Record<string, string> = {},
): Promise<Seen> {
  const command = [process.execPath, cliFile, ...args].map(quoted).join(' ');
  const child = spawn('script', ['-qec', `stty cols ${columns} rows ${rows}; ${command}`, '/dev/null'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C', TERM: 'xterm', ...smallLoad, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let raw = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, raw, lines: screenOf(raw) };
}

const esc = String.fromCharCode(27);
const pieces = new RegExp(`${esc}\\[[\\d;?]*[A-Za-z]|\\r|\\n|[^${esc}\\r\\n]+`, 'g');
const control = new RegExp(`^${esc}\\[([\\d;?]*)([A-Za-z])$`);

/** Carries out what the product writes to a terminal: new lines, returns, erasing, going up, colour. */
function screenOf(raw: string): string[] {
  const lines = [''];
  let row = 0;
  let column = 0;
  for (const [piece] of raw.matchAll(pieces)) {
    const [, count = '', command] = control.exec(piece) ?? [];
    if (piece === '\r') column = 0;
    else if (piece === '\n') {
      row++;
      lines[row] ??= '';
    } else if (command === 'A') row = Math.max(0, row - Number(count || 1));
    else if (command === 'J') {
      lines.length = row + 1;
      lines[row] = (lines[row] ?? '').slice(0, column);
    } else if (command === 'K') {
      lines[row] = '';
    } else if (command === undefined) {
      const line = (lines[row] ?? '').padEnd(column);
      lines[row] = line.slice(0, column) + piece + line.slice(column + piece.length);
      column += piece.length;
    }
  }
  return lines;
}

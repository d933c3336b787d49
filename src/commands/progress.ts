/**
 * Progress on stderr: on a terminal one line that is rewritten, and above it, where a command has them, the rows that
 * there are so far; a plain line a stage elsewhere. Nothing is drawn while a measurement runs: the next line comes when
 * the next trial starts.
 */
import { displayWidth } from '../report/wrap.ts';

export interface Progress {
  /** @param above lines that fit the terminal, drawn again each time; only a terminal sees them. */
  show(line: string, above?: readonly string[]): void;
  /** Leaves a terminal as if nothing had been drawn. */
  end(): void;
}

export const canRewrite = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY && stream.columns > 0 && process.env.TERM !== 'dumb';

export function createProgress(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  const rewrites = canRewrite(stream);
  let drawnAbove = 0;
  const erase = () => {
    const up = drawnAbove > 0 ? `\u001b[${drawnAbove}A` : '';
    drawnAbove = 0;
    return `${up}\r\u001b[${up ? 'J' : '2K'}`;
  };
  return {
    show(line, above = []) {
      if (quiet) return;
      if (!rewrites) return void stream.write(`${line}\n`);
      // What scrolls off the screen can never be erased again.
      const shown = above.slice(0, Math.max(0, (stream.rows || 24) - 2));
      stream.write(`${erase()}${shown.map((one) => `${one}\n`).join('')}${cut(line, stream.columns - 1)}`);
      drawnAbove = shown.length;
    },
    end() {
      if (!quiet && rewrites) stream.write(erase());
    },
  };
}

/** As much of a line as so many columns hold: a longer one would wrap, and only its last part be rewritten. */
function cut(line: string, columns: number): string {
  let shown = '';
  for (const character of line) {
    if (displayWidth(shown + character) > columns) break;
    shown += character;
  }
  return shown;
}

/**
 * Shows pages one at a time: Enter (or space, or →) goes on, q ends. Where nobody sits at the keyboard or looks at a
 * terminal, all pages are printed one after the other without waiting.
 */
import { clearLine, clearScreenDown, cursorTo } from 'node:readline';

export interface Turning {
  readonly signal: AbortSignal;
  /** What to press; shown at the bottom while it waits. */
  readonly prompt: string;
  /**
   * What happens to what stands on the screen: `plain` writes on below it (no escape codes), `erase-prompt` takes the
   * prompt away again, `fresh-page` begins each page on an empty screen.
   */
  readonly screen: 'plain' | 'erase-prompt' | 'fresh-page';
}

export async function turnPages(
  pages: readonly string[],
  { signal, prompt, screen }: Turning,
): Promise<void> {
  const { stdin, stdout } = process;
  const waits = stdin.isTTY && stdout.isTTY;
  for (const [index, page] of pages.entries()) {
    if (waits && screen === 'fresh-page') emptyScreen(stdout);
    stdout.write(page);
    if (!waits || index === pages.length - 1) continue;
    stdout.write(prompt);
    const goesOn = await nextKey(stdin, signal);
    if (screen === 'plain') stdout.write('\n');
    else erasePrompt(stdout);
    if (!goesOn) return;
  }
}

function erasePrompt(stdout: NodeJS.WriteStream): void {
  cursorTo(stdout, 0);
  clearLine(stdout, 0);
}

function emptyScreen(stdout: NodeJS.WriteStream): void {
  cursorTo(stdout, 0, 0);
  clearScreenDown(stdout);
}

/** As a terminal in raw mode sends them. */
const keys = {
  goOn: ['\r', '\n', ' ', '\u001b[C'],
  end: ['q', 'Q', '\u0004'],
  interrupt: '\u0003',
};

/** False when somebody has seen enough. Ctrl-C is a signal again, though the terminal hands it over as a byte. */
async function nextKey(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<boolean> {
  stdin.setRawMode(true);
  stdin.resume();
  try {
    for (;;) {
      const key = await pressed(stdin, signal);
      if (key === null) return false;
      if (key.startsWith(keys.interrupt)) process.kill(process.pid, 'SIGINT');
      else if (keys.goOn.some((known) => key.startsWith(known))) return true;
      else if (keys.end.some((known) => key.startsWith(known))) return false;
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

/** Null when the command was interrupted, or the terminal is gone. */
function pressed(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const done = (key: string | null) => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      signal.removeEventListener('abort', onEnd);
      resolve(key);
    };
    const onData = (bytes: Buffer) => done(bytes.toString());
    const onEnd = () => done(null);
    if (signal.aborted) return resolve(null);
    stdin.on('data', onData);
    stdin.on('end', onEnd);
    signal.addEventListener('abort', onEnd);
  });
}

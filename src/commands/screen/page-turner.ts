/**
 * Shows pages one at a time, as the user presses keys: Enter (or space, or →) goes on, q ends; cards also go back
 * (←), and to a number that is typed before Enter. If stdin or stdout is no terminal, all pages are printed without
 * waiting.
 */
import { clearLine, clearScreenDown, cursorTo } from 'node:readline';

export interface Turning {
  readonly signal: AbortSignal;
  /** Says which keys to press; shown at the bottom while it waits. */
  readonly prompt: string;
  /**
   * What happens to the text on the screen: `plain` writes on below it (no escape codes), `erase-prompt` removes the
   * prompt, `fresh-page` begins each page on an empty screen.
   */
  readonly screen: 'plain' | 'erase-prompt' | 'fresh-page';
  /** Each of `cards` stands alone, so the user can go back; each page of a `text` continues the one before. */
  readonly kind: 'cards' | 'text';
}

/** What a key asks for; a digit begins or continues the number of a page. */
export type Turn = 'next' | 'back' | 'end' | 'interrupt' | { readonly digit: string } | null;

export async function turnPages(pages: readonly string[], turning: Turning): Promise<void> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    for (const page of pages) stdout.write(page);
    return;
  }
  stdin.setRawMode(true);
  stdin.resume();
  try {
    await turn(pages, turning, stdout, keysOf(stdin, turning.signal));
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

async function turn(
  pages: readonly string[],
  { prompt, screen, kind }: Turning,
  stdout: NodeJS.WriteStream,
  keys: AsyncIterator<string>,
): Promise<void> {
  const last = pages.length - 1;
  for (let at: number | null = 0; at !== null; ) {
    if (screen === 'fresh-page') emptyScreen(stdout);
    stdout.write(pages[at] ?? '');
    // From the last card the user may go back; after the last page of a text there is nothing to wait for.
    if (kind === 'text' && at === last) return;
    stdout.write(prompt);
    at = await nextPage(at, last, kind, stdout, keys);
    if (screen === 'plain') stdout.write('\n');
    else erasePrompt(stdout);
  }
}

/** The index of the next page; null when the user ends, or the terminal is gone. */
async function nextPage(
  at: number,
  last: number,
  kind: Turning['kind'],
  stdout: NodeJS.WriteStream,
  keys: AsyncIterator<string>,
): Promise<number | null> {
  for (let typed = ''; ; ) {
    const { value, done } = await keys.next();
    if (done) return null;
    const meant = meaningOf(value);
    if (meant === 'interrupt') process.kill(process.pid, 'SIGINT');
    else if (meant === 'end') return null;
    else if (meant === 'next' && kind === 'cards' && typed !== '') return pageNumbered(typed, last);
    else if (meant === 'next') return at === last ? null : at + 1;
    else if (kind === 'text' || meant === null) continue;
    else if (meant === 'back' && at > 0) return at - 1;
    else if (typeof meant === 'object') {
      typed += meant.digit;
      stdout.write(typed.length === 1 ? ` ${meant.digit}` : meant.digit);
    }
  }
}

/** The index of the page with this number, counted from 1, or of the nearest page. */
export const pageNumbered = (typed: string, last: number): number =>
  Math.min(last, Math.max(0, Number(typed) - 1));

/** As a terminal in raw mode sends them. */
const keys: Readonly<Record<string, Turn>> = {
  ...Object.fromEntries(
    ['\r', '\n', ' ', 'n', '\u001b[C', '\u001bOC', '\u001b[6~'].map((key) => [key, 'next']),
  ),
  ...Object.fromEntries(
    ['b', 'p', '\u007f', '\u001b[D', '\u001bOD', '\u001b[5~'].map((key) => [key, 'back']),
  ),
  ...Object.fromEntries(['q', 'Q', '\u0004'].map((key) => [key, 'end'])),
  // In raw mode Ctrl-C comes as a byte; it has to interrupt nevertheless.
  '\u0003': 'interrupt',
};

export const meaningOf = (key: string): Turn => (/^\d$/.test(key) ? { digit: key } : (keys[key] ?? null));

/** One read may bring several keys; an arrow is three bytes. */
export const keysIn = (read: string): string[] =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a key begins with the escape character.
  read.match(/\u001b(?:\[[\d;]*[A-Za-z~]|O[A-Z])?|[^\u001b]/gu) ?? [];

/** The keys as they are pressed, until the command is interrupted or the terminal is gone. */
async function* keysOf(stdin: NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<string, void> {
  for (;;) {
    const read = await pressed(stdin, signal);
    if (read === null) return;
    yield* keysIn(read);
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

/**
 * Asks questions at the terminal, or of a pipe, each until its answer can be parsed. The terminal is not set to raw
 * mode (it echoes and edits lines itself), so that Ctrl-C remains a signal.
 */
import { createInterface } from 'node:readline';

export interface TypedQuestion<Answer> {
  readonly prompt: string;
  /** Null for a line that is no answer. */
  readonly read: (line: string) => Answer | null;
  /** What to print after a line that is no answer. */
  readonly again: (line: string) => string;
}

/** `left`: the user typed q. `closed`: the input ended before there was an answer. */
export type TypedAnswer<Answer> = { readonly answer: Answer } | 'left' | 'closed';

interface Place {
  readonly input: NodeJS.ReadStream;
  /** Where questions are written. */
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** One reader for all questions: a pipe brings the answers to several at once, and a second reader would miss them. */
export function createAsker({ input, output, signal }: Place) {
  const lines = createInterface({ input, terminal: false, signal });
  const next = lines[Symbol.asyncIterator]();
  return {
    async ask<Answer>({ prompt, read, again }: TypedQuestion<Answer>): Promise<TypedAnswer<Answer>> {
      output.write(prompt);
      for (;;) {
        const { value, done } = await next.next();
        if (done) break;
        const line = String(value);
        // A pipe echoes nothing; without this the next output would stand behind the prompt.
        if (!input.isTTY) output.write('\n');
        if (line.trim().toLowerCase() === 'q') return 'left';
        const answer = read(line);
        if (answer !== null) return { answer };
        output.write(`${again(line.trim())}\n${prompt}`);
      }
      // The next output must begin on a line of its own.
      output.write('\n');
      signal.throwIfAborted();
      return 'closed';
    },
    [Symbol.dispose]: () => lines.close(),
  };
}

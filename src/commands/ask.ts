/**
 * Asks a question at the terminal, or of a pipe, until the answer can be read. The terminal stays as it is (it echoes
 * and edits lines itself), so that Ctrl-C remains a signal.
 */
import { createInterface } from 'node:readline';

export interface Asking<Answer> {
  readonly input: NodeJS.ReadStream;
  /** Where the question is written. */
  readonly output: NodeJS.WriteStream;
  readonly prompt: string;
  /** Null for what is no answer. */
  readonly read: (line: string) => Answer | null;
  /** What is said to a line that is no answer. */
  readonly again: (line: string) => string;
  readonly signal: AbortSignal;
}

/** `left`: by q. `closed`: the input ended before there was an answer. */
export type Asked<Answer> = { readonly answer: Answer } | 'left' | 'closed';

export async function ask<Answer>(asking: Asking<Answer>): Promise<Asked<Answer>> {
  const { input, output, prompt, read, again, signal } = asking;
  const lines = createInterface({ input, terminal: false, signal });
  try {
    output.write(prompt);
    for await (const line of lines) {
      // A pipe echoes nothing; without this the next output would stand behind the prompt.
      if (!input.isTTY) output.write('\n');
      if (line.trim().toLowerCase() === 'q') return 'left';
      const answer = read(line);
      if (answer !== null) return { answer };
      output.write(`${again(line.trim())}\n${prompt}`);
    }
  } finally {
    lines.close();
  }
  // What follows is to begin a line of its own.
  output.write('\n');
  signal.throwIfAborted();
  return 'closed';
}

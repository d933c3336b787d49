#!/usr/bin/env node
/**
 * argv → the command → the exit code. The only file that exits, and the one that owns signals and pipes. Heavy
 * modules load inside the commands, so that `--help` stays quick.
 */
import { CommanderError } from 'commander';
import { createProgram } from './commands/program.ts';
import { CannotRun, UsageError } from './failure.ts';

const interrupted = new AbortController();
const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;
let interruptCode: number | undefined;

for (const [signal, code] of Object.entries(signalCodes)) {
  process.on(signal, () => {
    // The second time somebody means it: children notice that their parent is gone, and follow.
    if (interruptCode !== undefined) process.exit(code);
    interruptCode = code;
    interrupted.abort(new Error(`interrupted by ${signal}`));
  });
}

// `rtcompare … | head -1` closes the pipe early: that is the reader's good right, not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

async function main(): Promise<number> {
  let code = 0;
  const program = createProgram({ signal: interrupted.signal, done: (exitCode) => (code = exitCode) });
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || error instanceof CannotRun) {
      process.stderr.write(`rtcompare: ${error.message}\n`);
      return error.exitCode;
    }
    // Work that has nothing to show for a part of it ends with the reason it was given.
    if (interruptCode !== undefined && error === interrupted.signal.reason) {
      process.stderr.write(`rtcompare: ${(error as Error).message}\n`);
      return interruptCode;
    }
    process.stderr.write(`rtcompare: this is a bug, please report it\n${(error as Error).stack ?? error}\n`);
    return 3;
  }
  return interruptCode ?? code;
}

const code = await main();
// Writes to a pipe may still be on their way.
process.stdout.write('', () => process.exit(code));

#!/usr/bin/env node
/**
 * argv → the command → the exit code. The only file that calls `process.exit` and that handles signals and broken
 * pipes. Heavy modules load inside the commands, so that `--help` stays quick.
 */
import { CommanderError } from 'commander';
import { otherRuntime, shortageIn } from './base/failure.ts';
import { foreignRuntime, stopSignals } from './base/platform.ts';
import { asTyped, say, text } from './base/text.ts';
import { type Complaint, complaintAbout } from './commands/help/misuse.ts';
import { readerOf } from './commands/options/language.ts';
import { createProgram, perform } from './commands/program.ts';

/** All output is in the language that was asked for, and commands in it are written as this user types them. */
const reader = readerOf();

const phrases = {
  interrupted: text('interrupted by {signal}', '{signal} 신호로 중단되었습니다'),
  bug: text('this is a bug, please report it', '이것은 버그입니다. 알려 주시기 바랍니다'),
  unwritten: text('cannot write the output: {reason}', '출력을 쓸 수 없습니다: {reason}'),
};

/**
 * Other runtimes' clocks count from process start, and their sockets cannot be tapped: ages and bytes would be wrong.
 */
const runtime = foreignRuntime();
if (runtime) {
  process.stderr.write(`rtcompare: ${say(reader, otherRuntime, { runtime })}\n`);
  process.exit(3);
}

const stopped = new AbortController();
/** Set by a signal or a failed write of stdout; then it is the exit code, whatever the command returns. */
let decidedCode: number | undefined;

for (const [signal, code] of stopSignals()) {
  process.on(signal, () => {
    // The second signal ends this process at once. Children notice that their parent is gone, and end, too.
    if (decidedCode !== undefined) process.exit(code);
    decidedCode = code;
    stopped.abort(new Error(say(reader, phrases.interrupted, { signal })));
  });
}

/**
 * `rtcompare … | head -1` closes the pipe early, which is no error. A command that only prints stops; one that still
 * has files to write writes them, and returns its own exit code.
 */
const unheard = new Error('nobody reads the output any more');
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && decidedCode === undefined) {
    decidedCode = 3;
    process.stderr.write(`rtcompare: ${say(reader, phrases.unwritten, { reason: error.message })}\n`);
  }
  stopped.abort(unheard);
});
// There is no stream left to report this error to.
process.stderr.on('error', () => {});

const bugText = (error: unknown) =>
  `rtcompare: ${say(reader, phrases.bug)}\n${(error as Error).stack ?? error}\n`;

const complaintText = ({ told }: Pick<Complaint, 'told'>) =>
  `rtcompare: ${asTyped(reader, told[reader.language])}\n`;

/** In GitHub Actions, an annotation shows the reason without opening the job's log. */
async function annotateComplaint({ told }: Complaint): Promise<void> {
  if (process.env.GITHUB_ACTIONS !== 'true') return;
  const { annotate } = await import('./commands/checking/github.ts');
  annotate([{ level: 'error', title: 'rtcompare', text: asTyped(reader, told.en) }]);
}

// An error thrown in a timer's or a socket's callback, which no caller catches. Children notice that their parent is
// gone.
process.on('uncaughtException', (error) => {
  const shortage = shortageIn(error);
  process.stderr.write(shortage ? complaintText(shortage) : bugText(error));
  process.exit(3);
});

async function main(): Promise<number> {
  let code = 0;
  const args = process.argv.slice(2);
  const program = await createProgram(
    { signal: stopped.signal, done: (exitCode) => (code = exitCode) },
    args,
  );
  try {
    await perform(program, args);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const complaint = await complaintAbout(error, program, args);
    if (complaint) {
      process.stderr.write(complaintText(complaint));
      await annotateComplaint(complaint);
      return complaint.exitCode;
    }
    if (error === unheard) return code;
    // A command that cannot show partial results throws the reason with which it was aborted.
    if (decidedCode !== undefined && error === stopped.signal.reason) {
      process.stderr.write(`rtcompare: ${(error as Error).message}\n`);
      return decidedCode;
    }
    process.stderr.write(bugText(error));
    return 3;
  }
  return decidedCode ?? code;
}

const code = await main();
// Waits for writes to a pipe; Node emits the error of a failed one a turn of the event loop later.
process.stdout.write('', () => setImmediate(() => process.exit(decidedCode ?? code)));

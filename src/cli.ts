#!/usr/bin/env node
/**
 * argv → the command → the exit code. The only file that exits, and the one that owns signals and pipes. Heavy
 * modules load inside the commands, so that `--help` stays quick.
 */
import { CommanderError } from 'commander';
import { otherRuntime, shortageIn } from './base/failure.ts';
import { foreignRuntime, stopSignals } from './base/platform.ts';
import { asTyped, say, text } from './base/text.ts';
import { type Complaint, complaintAbout } from './commands/help/misuse.ts';
import { readerOf } from './commands/options/language.ts';
import { createProgram, perform } from './commands/program.ts';

/** Everything it says is in the language that was asked for, and commands in it are as this person types them. */
const reader = readerOf();

const phrases = {
  interrupted: text('interrupted by {signal}', '{signal} 신호로 중단되었습니다'),
  bug: text('this is a bug, please report it', '이것은 버그입니다. 알려 주시기 바랍니다'),
  unwritten: text('cannot write the output: {reason}', '출력을 쓸 수 없습니다: {reason}'),
};

/** Their clock counts from the start of a process, and their sockets cannot be tapped: ages and bytes would be wrong in silence. */
const runtime = foreignRuntime();
if (runtime) {
  process.stderr.write(`rtcompare: ${say(reader, otherRuntime, { runtime })}\n`);
  process.exit(3);
}

const stopped = new AbortController();
/** Decided by somebody outside, a signal or a full disk, whatever the command comes to. */
let decidedCode: number | undefined;

for (const [signal, code] of stopSignals()) {
  process.on(signal, () => {
    // The second time somebody means it: children notice that their parent is gone, and follow.
    if (decidedCode !== undefined) process.exit(code);
    decidedCode = code;
    stopped.abort(new Error(say(reader, phrases.interrupted, { signal })));
  });
}

/**
 * `rtcompare … | head -1` closes the pipe early: that is the reader's good right, not an error. What only speaks has
 * nobody to speak to and stops; what still has files to write writes them, and the code is its own.
 */
const unheard = new Error('nobody reads the output any more');
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && decidedCode === undefined) {
    decidedCode = 3;
    process.stderr.write(`rtcompare: ${say(reader, phrases.unwritten, { reason: error.message })}\n`);
  }
  stopped.abort(unheard);
});
// Nowhere is left to say so.
process.stderr.on('error', () => {});

const bugText = (error: unknown) =>
  `rtcompare: ${say(reader, phrases.bug)}\n${(error as Error).stack ?? error}\n`;

const complaintText = ({ told }: Pick<Complaint, 'told'>) =>
  `rtcompare: ${asTyped(reader, told[reader.language])}\n`;

/** In GitHub Actions, where nobody opens the log of a job to see why it is red. */
async function annotateComplaint({ told }: Complaint): Promise<void> {
  if (process.env.GITHUB_ACTIONS !== 'true') return;
  const { annotate } = await import('./commands/checking/github.ts');
  annotate([{ level: 'error', title: 'rtcompare', text: asTyped(reader, told.en) }]);
}

// Thrown where nobody waits for it, by a timer or a socket. Children notice that their parent is gone.
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
    // Work that has nothing to show for a part of it ends with the reason it was given.
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
// Writes to a pipe may still be on their way; that one has failed is told a turn later.
process.stdout.write('', () => setImmediate(() => process.exit(decidedCode ?? code)));

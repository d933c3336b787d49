/**
 * The parent's side of a child process: start it, ask it, stop it, and notice at once when it dies. A
 * question has a deadline, unless it says that its answer may take as long as it likes; no child outlives the object it came from.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterReading } from '../clock.ts';
import { CannotRun } from '../failure.ts';
import { inEveryLanguage, text } from '../text.ts';
import type { Answer, Question } from './child-messages.ts';

export interface Child<Command> extends AsyncDisposable {
  readonly pid: number;
  /** Rejects with the child's own error, when it does not answer in time, or when it is gone. */
  ask(command: Command, withinMs?: number): Promise<unknown>;
  /** Aborted, with the reason, when the process ends before it was told to. */
  readonly gone: AbortSignal;
}

const endedEarly = text(
  '{kind}-gone: the {name} process ended ({how})',
  '{kind}-gone: {name} 프로세스가 끝났습니다({how})',
);
const endedSaying = text(
  '{kind}-gone: the {name} process ended ({how}); its last words:\n  {last}',
  '{kind}-gone: {name} 프로세스가 끝났습니다({how}). 마지막으로 남긴 말:\n  {last}',
);
const silent = text(
  'the {name} process did not answer "{question}" in {ms} ms',
  '{name} 프로세스가 {ms} ms 안에 "{question}"에 답하지 않았습니다',
);

const answerWithinMs = 10_000;
const stopWithinMs = 1500;

/** Path of a child's file: in the build even if we run from source (tests, tsx), as plain Node loads no TypeScript. */
const builtFile = (path: string): string =>
  fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? `../../../dist/${path}` : `../../${path}`, import.meta.url),
  );

/**
 * @param name what it is, for messages: `relay` ends as `relay-gone`.
 * @param file the child's module, below the build's folder.
 * @param flags of Node, for a child whose resources are to be limited.
 */
export function startChild<Command extends { readonly type: string }>(
  name: string,
  file: string,
  flags: readonly string[] = [],
): Child<Command> {
  const child = fork(builtFile(file), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    // The child must not inherit the flags of this process: `--eval`, for one, would end it at once.
    execArgv: [...flags],
  });
  const { gone, expectEnd, ended } = watchEnd(child, name);
  const ask = questions<Command | { type: 'stop' }>(child, name, { gone, ended });
  return {
    pid: child.pid ?? 0,
    ask,
    gone,
    async [Symbol.asyncDispose]() {
      expectEnd();
      if (child.connected) await ask({ type: 'stop' }, stopWithinMs).catch(() => child.kill('SIGKILL'));
      await ended;
    },
  };
}

/** Tells an expected end from an unexpected one, and keeps the last lines of stderr to report the latter. */
function watchEnd(child: ChildProcess, name: string) {
  const gone = new AbortController();
  let words = '';
  let expected = false;
  child.stderr?.on('data', (text: Buffer) => {
    words = (words + text.toString()).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => {
    const over = (how: string) => {
      // The frames of a stack say less than the message above them.
      const lines = words.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
      const last = lines.slice(-5).join('\n  ');
      const kind = name.split(' ').at(-1);
      const told = { kind: kind ?? name, name, how, last };
      if (!expected)
        gone.abort(
          new CannotRun(last ? inEveryLanguage(endedSaying, told) : inEveryLanguage(endedEarly, told)),
        );
      resolve();
    };
    child.once('close', (code, signal) => over(signal ?? `exit code ${code}`));
    // A process that could not even be started never closes.
    child.once('error', (error) => child.pid === undefined && over(error.message));
  });
  const expectEnd = () => {
    expected = true;
  };
  return { gone: gone.signal, ended, expectEnd };
}

/** Asks the child, and waits for the answer, its end or the deadline, whichever comes first. */
function questions<Command extends { readonly type: string }>(
  child: ChildProcess,
  name: string,
  { gone, ended }: { readonly gone: AbortSignal; readonly ended: Promise<void> },
) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let asked = 0;
  child.on('message', (answer: Answer) => {
    if ('value' in answer) waiting.get(answer.id)?.resolve(answer.value);
    else
      waiting
        .get(answer.id)
        ?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }));
  });
  gone.addEventListener('abort', () => {
    for (const { reject } of waiting.values()) reject(gone.reason);
  });
  return (command: Command, withinMs = answerWithinMs): Promise<unknown> => {
    if (gone.aborted) return Promise.reject(gone.reason);
    const id = ++asked;
    const answered = new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      const question: Question<Command> = { id, command };
      // If the child can no longer be reached, it is ending: wait for how it ended, which says more than this error.
      child.send(question, (error) => error && ended.then(() => reject(gone.aborted ? gone.reason : error)));
    });
    const late = new CannotRun(
      inEveryLanguage(silent, { name, question: command.type, ms: String(withinMs) }),
    );
    const giveUp = () => waiting.get(id)?.reject(late);
    const callOff = withinMs === Infinity ? () => {} : afterReading(withinMs, giveUp);
    return answered.finally(() => {
      callOff();
      waiting.delete(id);
    });
  };
}

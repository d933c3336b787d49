/** Output of the command line, without a process of its own, so that a call takes no longer than the command. */
import { vi } from 'vitest';
import type { Language } from '../../src/base/text.ts';
import { complaintAbout } from '../../src/commands/help/misuse.ts';
import { createProgram, perform } from '../../src/commands/program.ts';
import { smallLoad } from './cli.ts';

export interface Spoken {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Speaking {
  readonly language?: Language;
  /** Environment variables besides those of every test; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where it is typed; where the tests run unless told. */
  readonly folder?: string;
}

/** Runs a command as `cli.ts` would, in this language. Not concurrently: it changes the environment and stdout. */
export async function spoken(
  args: readonly string[],
  { language = 'en', env = {}, folder }: Speaking = {},
): Promise<Spoken> {
  const set = { ...smallLoad, CI: '', NO_COLOR: '1', RTCOMPARE_LANG: language, ...env };
  for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
  const before = process.cwd();
  // Stryker runs the tests in worker threads, where chdir throws: only a test that names a folder may move.
  if (folder !== undefined) process.chdir(folder);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  let code = 0;
  const program = await createProgram(
    { signal: new AbortController().signal, done: (exitCode) => (code = exitCode) },
    args,
  );
  try {
    await perform(program, args);
    return { code, ...said };
  } catch (error) {
    const complaint = await complaintAbout(error, program, args);
    if (!complaint) throw error;
    return { code: complaint.exitCode, ...said, stderr: `${said.stderr}${complaint.told[language]}\n` };
  } finally {
    if (folder !== undefined) process.chdir(before);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
}

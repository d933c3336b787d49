/** What the command line says, without a process of its own: a word takes no longer than the command itself. */
import { vi } from 'vitest';
import type { Language } from '../../src/base/text.ts';
import { complaintAbout } from '../../src/commands/misuse.ts';
import { createProgram, perform } from '../../src/commands/program.ts';

export interface Spoken {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Does what the words say, as `cli.ts` would, for somebody who reads this language. Not beside another. */
export async function spoken(args: readonly string[], language: Language = 'en'): Promise<Spoken> {
  vi.stubEnv('RTCOMPARE_LANG', language);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  let code = 0;
  const program = createProgram({
    signal: new AbortController().signal,
    done: (exitCode) => (code = exitCode),
  });
  try {
    await perform(program, args);
    return { code, ...said };
  } catch (error) {
    const complaint = await complaintAbout(error, program, args);
    if (!complaint) throw error;
    return { code: complaint.exitCode, ...said, stderr: `${said.stderr}${complaint.told[language]}\n` };
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
}

/** The built command, its output read as JSON. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** The environment of a user in another project: without the variables that npm has set for ours. */
export const asOutside = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD)/i.test(name)),
);

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export async function rtcompare(...args: readonly string[]): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr, seconds: (performance.now() - started) / 1000 };
}

/** Prints a line for each thing that has to hold, and remembers whether all did. */
export function tally() {
  const lines = { held: 0, short: 0 };
  return {
    say(holds: boolean, line: string) {
      lines[holds ? 'held' : 'short']++;
      console.log(`${holds ? 'holds' : 'FALLS SHORT'}: ${line}`);
    },
    /** Whether all did. False if nothing was looked at: what a check needs may be missing here. */
    held: () => lines.held > 0 && lines.short === 0,
  };
}

/** A port that was free a moment ago, for a server that cannot report which one the system gave it. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** What a command costs: CPU of the process and its children, and the most memory that it had. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cost {
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

export const told = ({ cpuSeconds, peakMb }: Cost) =>
  `${cpuSeconds.toFixed(2)} s CPU, ${peakMb.toFixed(0)} MB`;

const times = 3;

/** Runs several commands by turns; returns the least that each took, because other programs share the machine. */
export async function costsOf<Name extends string>(commands: Readonly<Record<Name, string>>) {
  const least: Partial<Record<Name, Cost>> = {};
  for (let turn = 0; turn < times; turn++)
    for (const name of Object.keys(commands) as Name[]) {
      const cost = await costOf(commands[name]);
      const before = least[name] ?? cost;
      least[name] = {
        cpuSeconds: Math.min(before.cpuSeconds, cost.cpuSeconds),
        peakMb: Math.max(before.peakMb, cost.peakMb),
      };
    }
  return least as Record<Name, Cost>;
}

/** Samples the memory while the command runs. */
async function costOf(command: string): Promise<Cost> {
  const child = spawn('bash', ['-c', `${command} >/dev/null 2>&1; code=$?; times; exit $code`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let peakMb = 0;
  const look = () => {
    for (const pid of childrenOf(child.pid)) peakMb = Math.max(peakMb, peakOf(pid));
  };
  const timer = setInterval(look, 20);
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  // The second line is that of the children: user and system.
  const [user = 0, system = 0] = [...(said.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return { cpuSeconds: user + system, peakMb };
}

const childrenOf = (pid: number | undefined): string[] =>
  spawnSync('pgrep', ['-P', String(pid)])
    .stdout.toString()
    .split('\n')
    .filter(Boolean);

function peakOf(pid: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // It has ended.
    return 0;
  }
}

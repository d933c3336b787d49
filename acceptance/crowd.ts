/**
 * Ten thousand idle clients of `ws` lose their server and reconnect: both processes together stay within a limit of
 * memory, and reconnecting takes at most `mostCpu` times the CPU of connecting first.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PolicyName } from '../src/laws/reconnection.ts';
import { tally } from './command.ts';

const clients = 10_000;
const mostBytes = 600e6;
/** Ratio to the CPU of connecting first. */
const mostCpu = 1.5;
const patienceMs = 60_000;

interface Spent {
  readonly cpuMs: number;
  readonly rssBytes: number;
}
type ToServer = 'start' | 'inside' | { readonly awayMs: number };
type ToClients =
  | { readonly connect: number; readonly port: number; readonly reconnect: PolicyName }
  /** Answered when all clients that were cut off are back, or when this time is over. */
  | { readonly backWithinMs: number };
type Answer = { readonly value: unknown; readonly spent: Spent };

function childOf<Asked>(name: string) {
  const child: ChildProcess = fork(fileURLToPath(new URL(`./crowd/${name}.mjs`, import.meta.url)), {
    execArgv: [],
  });
  return {
    ask: (asked: Asked) =>
      new Promise<Answer>((resolve, reject) => {
        child.once('message', (answer: Answer) => resolve(answer));
        child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
        child.send(asked as object);
      }),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const together = (one: Answer, other: Answer): Spent => ({
  cpuMs: one.spent.cpuMs + other.spent.cpuMs,
  rssBytes: one.spent.rssBytes + other.spent.rssBytes,
});

/** CPU of one process: in the storm, and when its clients first connected (ms). */
const ratioOf = (before: Answer, first: Answer, after: Answer): string =>
  `${Math.round(after.spent.cpuMs - first.spent.cpuMs)} after ${Math.round(first.spent.cpuMs - before.spent.cpuMs)}`;

interface Storm {
  readonly firstMs: number;
  readonly stormMs: number;
  readonly bytes: number;
  readonly isWhole: boolean;
  readonly told: string;
}

async function storm(reconnect: PolicyName, awayMs: number): Promise<Storm> {
  using server = childOf<ToServer>('server');
  using party = childOf<ToClients>('clients');
  const started = await server.ask('start');
  const idle = await party.ask({ backWithinMs: 0 });
  const connected = await party.ask({ connect: clients, port: Number(started.value), reconnect });
  const inside = await server.ask('inside');
  const away = server.ask({ awayMs });
  const returned = await party.ask({ backWithinMs: patienceMs });
  await away;
  const again = await server.ask('inside');
  const first = together(connected, inside);
  const after = together(returned, again);
  const { back, attempts } = returned.value as { back: number; attempts: number };
  return {
    firstMs: first.cpuMs - together(started, idle).cpuMs,
    stormMs: after.cpuMs - first.cpuMs,
    bytes: after.rssBytes,
    isWhole: inside.value === clients && back === clients && again.value === clients,
    told: `${back} of ${inside.value} are back, with ${attempts.toFixed(2)} attempts (clients ${megabytes(returned.spent.rssBytes)}, CPU ${ratioOf(idle, connected, returned)}; server ${megabytes(again.spent.rssBytes)}, CPU ${ratioOf(started, inside, again)})`,
  };
}

export async function crowd(): Promise<boolean> {
  const { say, held } = tally();
  // A short restart: all clients reconnect at once, and no attempt fails. Attempts that are refused first, or spread
  // so that each wakes both processes, cost more CPU; these are printed for comparison.
  for (const [reconnect, awayMs, isHeld] of [
    ['fixed', 500, true],
    ['fixed', 2000, false],
    ['uniform', 2000, false],
  ] as const) {
    const { firstMs, stormMs, bytes, isWhole, told } = await storm(reconnect, awayMs);
    const what = `${reconnect}, a server that is away for ${awayMs} ms`;
    const cpu = `${Math.round(stormMs)} ms of CPU, ${(stormMs / firstMs).toFixed(2)} × their first connecting, and ${megabytes(bytes)}`;
    say(isWhole, `${what}: ${told}`);
    if (isHeld) say(stormMs <= mostCpu * firstMs && bytes <= mostBytes, `${what}: ${cpu}`);
    else console.log(`for comparison: ${what}: ${cpu}`);
  }
  return held();
}

/**
 * What differs between machines and their systems, in one place: limits and addresses, paths, signals, how a program is
 * started and ended, the language and the width of characters. Whoever asks may name another system than this one, so
 * that Windows can be tried elsewhere. The null device is not here: nothing of ours opens one, `stdio: 'ignore'` does.
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { posix, win32 } from 'node:path';

type System = NodeJS.Platform;
export const system: System = process.platform;
const here = system;

/** Whether this is another runtime that stands in for Node, by its name; null where it is Node. */
export const foreignRuntime = (versions: object = process.versions): string | null =>
  'bun' in versions ? 'Bun' : 'deno' in versions ? 'Deno' : null;

export const isWindows = (system: System = here): boolean => system === 'win32';

/** The soft limit of open files, or Infinity where the system does not say. Linux says it in /proc. */
export function openFileLimit(): number {
  try {
    const line = readFileSync('/proc/self/limits', 'utf8')
      .split('\n')
      .find((row) => row.startsWith('Max open files'));
    const soft = line?.split(/\s{2,}/)[1];
    return soft && soft !== 'unlimited' ? Number(soft) : Number.POSITIVE_INFINITY;
  } catch {
    // Not Linux: the report takes its time to write.
    const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
    const soft = Number(report.userLimits?.open_files?.soft);
    return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
  }
}

/** First and last of the ports that connections are made from; null where the system does not say. */
export function clientPorts(): { readonly from: number; readonly to: number } | null {
  try {
    const [from, to] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number);
    return from && to ? { from, to } : null;
  } catch {
    return null;
  }
}

/** Adapters that lead to no other machine: of containers, virtual machines, tunnels. WSL and Hyper-V call theirs vEthernet. */
const inside =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|bridge\d|utun|tun|tap|wg|tailscale)|vEthernet|VirtualBox|VMware|WSL/i;

export interface Adapter {
  readonly name: string;
  readonly address: string;
  readonly isVirtual: boolean;
}

/**
 * By which others on the local network reach this machine; undefined where there is none. A virtual adapter is taken
 * where there is no other.
 */
export function localAdapter(interfaces = networkInterfaces()): Adapter | undefined {
  const own = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ name, address, isVirtual: inside.test(name) })),
  );
  return own.find(({ isVirtual }) => !isVirtual) ?? own[0];
}

/** All addresses by which this machine may be called in IPv4, its own loopback included. */
export const ownAddresses = (interfaces = networkInterfaces()): string[] =>
  Object.values(interfaces).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ family, address }) => (family === 'IPv4' ? [address] : [])),
  );

export const localAddress = (): string | undefined => localAdapter()?.address;

/** How paths are written. */
export const pathsOf = (system: System = here) => (isWindows(system) ? win32 : posix);

/**
 * Signals that end a command, with its exit code. Windows has three of its own making: Ctrl-C (SIGINT), Ctrl-Break, and
 * a closed window (SIGHUP), after which it gives some seconds. SIGTERM never comes there: it ends a process at once.
 */
export const stopSignals = (system: System = here): readonly (readonly [NodeJS.Signals, number])[] => [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ...(isWindows(system) ? [['SIGBREAK', 130] as const] : []),
];

/** Those that a terminal sends to every process in it. */
export const terminalSignals = (system: System = here): readonly NodeJS.Signals[] =>
  isWindows(system) ? ['SIGINT', 'SIGHUP', 'SIGBREAK'] : ['SIGINT', 'SIGHUP'];

/** What `spawn` takes. */
export interface Start {
  readonly file: string;
  readonly args: readonly string[];
  readonly shell: boolean;
}

/**
 * How to start a program by its words. On Windows `npm`, `npx` and whatever npm installs are `.cmd` files, which only
 * the shell starts, and the shell takes a line; Node would join words without quotes.
 */
export function startOfProgram(words: readonly string[], system: System = here): Start {
  const [file = '', ...args] = words;
  return isWindows(system)
    ? { file: commandLine(words), args: [], shell: true }
    : { file, args, shell: false };
}

/** What a shell would do more with than start one program; `name=value` before it, too. */
const needsShell =
  /[;&|<>()$`\\\n#]|^\s*([\w]+=|(cd|exec|exit|eval|export|source|set|trap|ulimit|umask|wait|if|for|while|\.)(\s|$))/;

/**
 * A line for the shell. One that starts a single program gives the shell up to it: the signal that ends the shell then
 * reaches the program, and its end is the program's own.
 */
export const lineForShell = (line: string, system: System = here): string =>
  isWindows(system) || needsShell.test(line) ? line : `exec ${line}`;

const readByCmd = /[()[\]%!^"`<>&|;, *?]/g;

/** A line that cmd.exe reads as these words: quoted for the program, and each sign that cmd reads itself behind a `^`. */
const commandLine = ([program = '', ...args]: readonly string[]): string =>
  [program.replaceAll('/', '\\').replace(readByCmd, '^$&'), ...args.map(quotedForCmd)].join(' ');

function quotedForCmd(word: string): string {
  if (/^[\w.:\\/@+=-]+$/.test(word)) return word;
  // Backslashes before a quote are doubled, as every program of Windows reads its line.
  const quoted = `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return quoted.replace(readByCmd, '^$&');
}

/**
 * How to end a program: a signal to a process, or to its group (a negative number), or words of a program that does it.
 * Windows has no groups and no signals between processes: what the shell has started would stay behind.
 */
export type Ending =
  | { readonly pid: number; readonly signal: NodeJS.Signals }
  | { readonly words: readonly string[] };

export function endingOf(
  pid: number,
  { isGroup, signal }: { readonly isGroup: boolean; readonly signal: NodeJS.Signals },
  system: System = here,
): Ending {
  if (isWindows(system)) return { words: ['taskkill', '/pid', String(pid), '/t', '/f'] };
  return { pid: isGroup ? -pid : pid, signal };
}

/** What this person reads, where the environment has no word for it: Windows sets no LANG. Empty on Linux, which does. */
export const systemLocale = (
  system: System = here,
  locale = Intl.DateTimeFormat().resolvedOptions().locale,
): string => (system === 'linux' ? '' : locale);

/**
 * Whether lines of tables would take two columns each, and tables fall apart: in the old console window of a Chinese,
 * Japanese or Korean Windows (cp936, cp949 …). Windows Terminal and editors say who they are. Letters are no matter:
 * Node hands a console Unicode, whatever its code page is. Only what goes through a pipe is UTF-8 bytes.
 */
export const drawsWide = (
  env: Readonly<Record<string, string | undefined>>,
  system: System = here,
  locale: string = systemLocale(system),
): boolean => isWindows(system) && !env.WT_SESSION && !env.TERM_PROGRAM && /^(zh|ja|ko)\b/.test(locale);

/** The code page of a console, from what `chcp.com` says in whatever language; 65001 is UTF-8. */
export function codePageIn(said: string): number | null {
  const found = /(\d+)\s*\.?\s*$/.exec(said)?.[1];
  return found === undefined ? null : Number(found);
}

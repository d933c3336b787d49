/**
 * What differs between machines and their systems, in one place: limits and addresses, paths, signals, how a program is
 * started and ended, the language and the width of characters. Callers may name another system than this one, so that
 * tests can try Windows elsewhere. The null device is not here: only `stdio: 'ignore'` opens it, none of our code.
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { posix, win32 } from 'node:path';

type System = NodeJS.Platform;
export const system: System = process.platform;
const here = system;

/** The name of the runtime that stands in for Node; null if it is Node. */
export const foreignRuntime = (versions: object = process.versions): string | null =>
  'bun' in versions ? 'Bun' : 'deno' in versions ? 'Deno' : null;

export const isWindows = (system: System = here): boolean => system === 'win32';

/** The soft limit of open files, or Infinity if the system does not say. On Linux it is read from /proc. */
export function openFileLimit(): number {
  try {
    const line = readFileSync('/proc/self/limits', 'utf8')
      .split('\n')
      .find((row) => row.startsWith('Max open files'));
    const soft = line?.split(/\s{2,}/)[1];
    return soft && soft !== 'unlimited' ? Number(soft) : Number.POSITIVE_INFINITY;
  } catch {
    // Not Linux: Node's report knows, but takes longer to make.
    const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
    const soft = Number(report.userLimits?.open_files?.soft);
    return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
  }
}

/** First and last ephemeral port, from which connections are made; null if the system does not say. */
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

/** Adapters that lead to no other machine: containers, virtual machines, tunnels. vEthernet: WSL and Hyper-V. */
const inside =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|bridge\d|utun|tun|tap|wg|tailscale)|vEthernet|VirtualBox|VMware|WSL/i;

export interface Adapter {
  readonly name: string;
  readonly address: string;
  readonly isVirtual: boolean;
}

/**
 * The adapter by which others on the local network reach this machine; undefined if there is none. A virtual adapter
 * is taken only if there is no other.
 */
export function localAdapter(interfaces = networkInterfaces()): Adapter | undefined {
  const own = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ name, address, isVirtual: inside.test(name) })),
  );
  return own.find(({ isVirtual }) => !isVirtual) ?? own[0];
}

/** All IPv4 addresses of this machine, loopback included. */
export const ownAddresses = (interfaces = networkInterfaces()): string[] =>
  Object.values(interfaces).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ family, address }) => (family === 'IPv4' ? [address] : [])),
  );

export const localAddress = (): string | undefined => localAdapter()?.address;

export const pathsOf = (system: System = here) => (isWindows(system) ? win32 : posix);

/**
 * Signals that end a command, with its exit code. Windows raises three: Ctrl-C (SIGINT), Ctrl-Break (SIGBREAK) and a
 * closed window (SIGHUP), after which it leaves some seconds. SIGTERM never arrives there: it ends a process at once.
 */
export const stopSignals = (system: System = here): readonly (readonly [NodeJS.Signals, number])[] => [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ...(isWindows(system) ? [['SIGBREAK', 130] as const] : []),
];

/** Signals that a terminal sends to every process in it. */
export const terminalSignals = (system: System = here): readonly NodeJS.Signals[] =>
  isWindows(system) ? ['SIGINT', 'SIGHUP', 'SIGBREAK'] : ['SIGINT', 'SIGHUP'];

/** Arguments for `spawn`. */
export interface Start {
  readonly file: string;
  readonly args: readonly string[];
  readonly shell: boolean;
}

/**
 * How to start a program, from its words. On Windows `npm`, `npx` and the commands that npm installs are `.cmd` files,
 * which only the shell starts, and the shell takes a line; Node would join the words without quotes.
 */
export function startOfProgram(words: readonly string[], system: System = here): Start {
  const [file = '', ...args] = words;
  return isWindows(system)
    ? { file: commandLine(words), args: [], shell: true }
    : { file, args, shell: false };
}

/** Lines with which a shell does more than start one program, including `name=value` before it. */
const needsShell =
  /[;&|<>()$`\\\n#]|^\s*([\w]+=|(cd|exec|exit|eval|export|source|set|trap|ulimit|umask|wait|if|for|while|\.)(\s|$))/;

/**
 * A line for the shell. If it starts a single program, `exec` replaces the shell with it: a signal to the shell then
 * reaches the program, and the exit code is the program's own.
 */
export const lineForShell = (line: string, system: System = here): string =>
  isWindows(system) || needsShell.test(line) ? line : `exec ${line}`;

const readByCmd = /[()[\]%!^"`<>&|;, *?]/g;

/** A line that cmd.exe reads as these words: quoted for the program, with a `^` before each sign special to cmd. */
const commandLine = ([program = '', ...args]: readonly string[]): string =>
  [program.replaceAll('/', '\\').replace(readByCmd, '^$&'), ...args.map(quotedForCmd)].join(' ');

function quotedForCmd(word: string): string {
  if (/^[\w.:\\/@+=-]+$/.test(word)) return word;
  // Backslashes before a quote are doubled: that is how programs on Windows parse their command line.
  const quoted = `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return quoted.replace(readByCmd, '^$&');
}

/**
 * How to end a program: a signal to a process or to its group (a negative number), or the words of a program that does
 * it. Windows has no groups and no signals between processes: what the shell has started would stay behind.
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

/** The user's language where the environment does not name it: Windows sets no LANG. Empty on Linux, which does. */
export const systemLocale = (
  system: System = here,
  locale = Intl.DateTimeFormat().resolvedOptions().locale,
): string => (system === 'linux' ? '' : locale);

/**
 * Whether box-drawing characters take two columns each, so that tables fall apart: in the old console window of a
 * Chinese, Japanese or Korean Windows (cp936, cp949 …). Windows Terminal and editors set variables that name them.
 * Letters are not affected: Node writes Unicode to a console of any code page. Only a pipe gets UTF-8 bytes.
 */
export const drawsWide = (
  env: Readonly<Record<string, string | undefined>>,
  system: System = here,
  locale: string = systemLocale(system),
): boolean => isWindows(system) && !env.WT_SESSION && !env.TERM_PROGRAM && /^(zh|ja|ko)\b/.test(locale);

/** The code page of a console, from the output of `chcp.com` in any language; 65001 is UTF-8. Null if not found. */
export function codePageIn(said: string): number | null {
  const found = /(\d+)\s*\.?\s*$/.exec(said)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * One proxy that is a program, from its configuration to its end, run as an ordinary user. It has its own folder and
 * leads its own process group, and both are gone afterwards, whatever happens: `endNow` needs no event loop, so it
 * works even while this process exits.
 */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import type { Address } from '../../target/target.ts';
import type { Front, ProgramProxy } from './proxy.ts';
import { type FolderOwner, furnish } from './proxy-folder.ts';
import { lastLines, type Watched, watched } from './watched-program.ts';

export interface StartedProgram extends Watched {
  readonly port: number;
  readonly folder: string;
  /** Makes it reload its configuration; returns its error output if it does not, else null. */
  reload(): string | null;
}

/** What to start, with a configuration by name, or the text of the user's own. */
export interface WantedProgram {
  readonly proxy: ProgramProxy;
  /** Where the program is. */
  readonly path: string;
  readonly flavour: string;
  readonly own?: string | undefined;
  readonly host: string;
  readonly upstream: Address;
  readonly front?: Front | undefined;
}

/** It refused its configuration or did not listen; the message is its own output. */
export class ProxyRefused extends Error {}

/** The user `nobody`: a program that root starts must not run as root. */
const nobody = 65534;
const ordinary = (): FolderOwner => (process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {});

const listensWithinMs = 5000;
const portsTried = 3;

/**
 * Starts it on a free port, and tries another if that was taken meanwhile. Throws `ProxyRefused`.
 *
 * @param launched called before it listens, so that the caller can end it if the caller itself ends in this moment.
 */
export async function startProgram(
  wanted: WantedProgram,
  launched: (program: StartedProgram) => void,
): Promise<StartedProgram> {
  for (let tried = 1; ; tried++) {
    const started = launch(wanted, await freePort(wanted.host));
    launched(started);
    const words = await unlessListening(started, wanted.host);
    if (words === null) return started;
    started.endNow();
    if (!isTaken(words) || tried === portsTried) throw new ProxyRefused(words);
  }
}

const isTaken = (words: string) => /address already in use|cannot bind|bind\(\).*failed/i.test(words);

function launch(wanted: WantedProgram, port: number): StartedProgram {
  const { proxy, path } = wanted;
  const { placing, file } = furnish(wanted, port, ordinary());
  const { folder } = placing;
  const options = { cwd: folder, ...ordinary() };
  // Otherwise files that it keeps for its user would stay behind in that user's home.
  const under = (program: string, args: readonly string[]) => [
    ...[`HOME=${folder}`, `TMPDIR=${folder}`, program],
    ...args,
  ];
  const refusal = proxy.check ? refusedBy(under(path, proxy.check(file, placing)), options) : null;
  if (refusal !== null) {
    rmSync(folder, { recursive: true, force: true });
    throw new ProxyRefused(refusal);
  }
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn('env', under(path, proxy.run(file, placing)), { ...options, detached: true, stdio });
  const reload = () => {
    const how = proxy.reload;
    if (typeof how === 'string') return child.kill(how) ? null : 'it is not running';
    for (const [command, ...args] of how(file, placing)) {
      const words = refusedBy(under(command ?? path, args), options);
      if (words !== null) return words;
    }
    return null;
  };
  return { port, folder, reload, ...watched(child, folder) };
}

function refusedBy(args: readonly string[], options: object): string | null {
  const { status, stdout, stderr, error } = spawnSync('env', [...args], {
    ...options,
    encoding: 'utf8',
    timeout: listensWithinMs,
  });
  return status === 0 ? null : lastLines(error ? error.message : `${stdout}${stderr}`);
}

/** A port that is free now. */
const freePort = (host: string) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/**
 * Null once it listens, else its output. If another process has taken the port, a connection succeeds too, so the
 * output is searched for the error.
 */
async function unlessListening(started: StartedProgram, host: string): Promise<string | null> {
  for (const end = performance.now() + listensWithinMs; performance.now() < end; await passed(10)) {
    if (!started.isRunning()) return started.ended;
    const listens = await answers({ host, port: started.port });
    if (isTaken(started.words())) return started.words();
    if (listens && started.isRunning()) return null;
  }
  return started.words() || `it did not listen within ${listensWithinMs} ms`;
}

const answers = (address: Address) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address);
    const done = (listens: boolean) => () => {
      socket.destroy();
      resolve(listens);
    };
    socket.once('connect', done(true));
    socket.once('error', done(false));
  });

/**
 * One proxy that is a program, from its configuration to its end, as an ordinary user. It writes into a folder of its own,
 * is the leader of a process group of its own, and both are gone afterwards, whatever happens: `endNow` needs no event
 * loop, so it works in the last moment of a process too.
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
  /** Has it read its configuration anew: its own words where it does not. */
  reload(): string | null;
}

/** What to start: a configuration by its name, or the text of one's own. */
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

/** It refused its configuration, or did not listen: in its own words. */
export class ProxyRefused extends Error {}

/** `nobody`, on every Unix: what root starts must not be root. */
const nobody = 65534;
const ordinary = (): FolderOwner => (process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {});

const listensWithinMs = 5000;
const portsTried = 3;

/**
 * Starts it on a free port. Another one is tried where that was taken meanwhile.
 *
 * @param launched told at once, before it listens: whoever ends in this moment has to end it.
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
  // What it keeps for its user would stay behind in that user's own folder.
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

/** A port that nobody has now. */
const freePort = (host: string) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Null once it listens, else what it said; whoever else has taken the port listens too, and it complains. */
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

/** Runs an example of Artillery against our servers, each transport behind a relay of its own that counts its bytes. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loopback } from '../../src/network/link.ts';
import { type Relay, startRelay } from '../../src/network/relay.ts';
import { transportByName, transports } from '../../src/transports/index.ts';
import { asOutside } from '../command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/cli.js');
const fiveCores = fileURLToPath(new URL('five-cores.cjs', import.meta.url));

/** Keeps Artillery's install from downloading a browser, and Artillery from sending telemetry. */
const quietly = { ...asOutside, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', ARTILLERY_DISABLE_TELEMETRY: 'true' };

const version = '2.0.34';

/** An event of a ticker's 16 B in its chunk: a size, `data: `, and line ends. */
export const pushedEvent = 16 + 'data: \n\n'.length + '18\r\n\r\n'.length;

/** Installs Artillery with these packages beside it. */
export function installArtillery(folder: string, packages: readonly string[]): void {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', '--loglevel', 'error', '--no-audit', '--no-fund'];
  execFileSync('npm', [...args, `artillery@${version}`, ...packages], {
    cwd: folder,
    env: quietly,
    stdio: 'inherit',
  });
}

export const hasArtillery = (folder: string): boolean =>
  existsSync(join(folder, 'node_modules/.bin/artillery')) &&
  existsSync(join(folder, 'node_modules/artillery-engine-rtcompare/package.json'));

interface Bytes {
  readonly up: number;
  readonly down: number;
}

export interface RanExample {
  readonly code: number | null;
  readonly output: string;
  /** What each transport's users counted, and what its relay carried. */
  readonly rows: readonly { readonly name: string; readonly counted: Bytes; readonly carried: Bytes }[];
  /** Its report, as `rtcompare report` prints it. */
  readonly told: string;
}

/** @param folder has Artillery, the engine and the examples; the ports in an example are replaced. */
export async function runExample(folder: string, example: 'echo.yml' | 'push.yml'): Promise<RanExample> {
  await using servers = await serve(example === 'push.yml' ? ['--behaviour', 'ticker', '--rate', '5'] : []);
  await using relays = await relaysTo(servers.ports);
  const rows = [...relays.ports].map(
    ([name, port]) => `${name},http://127.0.0.1:${port},${name === 'tcp' ? 16 : 64}`,
  );
  writeFileSync(join(folder, 'transports.csv'), `transport,target,size\n${rows.join('\n')}\n`);
  const urlOf = (name: string) => `http://127.0.0.1:${relays.ports.get(name)}`;
  const variables = JSON.stringify({ ws: urlOf('ws'), sse: urlOf('sse') });
  const output = join(folder, 'artillery.json');
  const args = ['run', example, '--output', output, '--variables', variables];
  const ran = await finished(join(folder, 'node_modules/.bin/artillery'), args, folder);
  const counters: Record<string, number> =
    ran.code === 0 ? JSON.parse(readFileSync(output, 'utf8')).aggregate.counters : {};
  const told =
    ran.code === 0 ? await finished(process.execPath, [cli, 'report', output, '--lang', 'en'], folder) : null;
  return {
    ...ran,
    told: told?.output ?? '',
    rows: [...relays.carried()].flatMap(([name, carried]) => {
      const count = (way: 'up' | 'down') => counters[`rtcompare.${name}.socket.${way}`];
      const counted = { up: count('up') ?? 0, down: count('down') ?? 0 };
      return count('up') === undefined ? [] : [{ name, counted, carried }];
    }),
  };
}

async function finished(command: string, args: readonly string[], cwd: string) {
  const env = { ...quietly, NODE_OPTIONS: `--require ${JSON.stringify(fiveCores)}` };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** Starts our servers, each on a port of its own. */
async function serve(
  more: readonly string[],
): Promise<AsyncDisposable & { readonly ports: ReadonlyMap<string, number> }> {
  const child = spawn(process.execPath, [cli, 'serve', '--lang', 'en', ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('close', () => reject(new Error(`the servers ended: ${said}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ctrl-C')) resolve();
    });
  });
  const ports = new Map(
    [...said.matchAll(/^(\S+) on \S+ port (\d+)$/gm)].map(([, name = '', port]) => [name, Number(port)]),
  );
  return {
    ports,
    async [Symbol.asyncDispose]() {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
  };
}

/** A relay for each transport, even if another transport has the same server. */
async function relaysTo(servers: ReadonlyMap<string, number>) {
  const relays = new Map<string, Relay>();
  for (const { name } of transports) {
    const targetPort = servers.get(transportByName(name)?.server ?? '') ?? 0;
    relays.set(name, await startRelay({ targetHost: '127.0.0.1', targetPort, link: loopback, seed: 1 }));
  }
  return {
    ports: new Map([...relays].map(([name, { port }]) => [name, port])),
    carried: () =>
      new Map(
        [...relays].map(([name, relay]): [string, Bytes] => {
          const { up, down } = relay.stats();
          return [name, { up: up.in, down: down.out }];
        }),
      ),
    async [Symbol.asyncDispose]() {
      for (const relay of relays.values()) await relay[Symbol.asyncDispose]();
    },
  };
}

/**
 * The servers, in the outer namespace: start the clients in an inner one, and print when each side noticed their end.
 */
import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serverOf } from '../../src/servers/index.ts';
import { type Peer, patient } from '../../src/servers/server.ts';
import {
  clientAddress,
  type FromClients,
  keepAliveDelayMs,
  pingsEveryMs,
  type Seen,
  serverAddress,
  type ToClients,
  trafficEveryMs,
  type Way,
  ways,
} from './ways.ts';

/** Longer than the slowest case takes. */
const watchedMs = 28_000;

let goneMs = Number.POSITIVE_INFINITY;
const seen = { watchedMs, server: {}, client: {} } satisfies Seen as {
  -readonly [Key in keyof Seen]: Seen[Key];
};
const sinceGone = () => performance.now() - goneMs;

async function serve(way: Way): Promise<number> {
  const [name = '', manner] = way.split(', ');
  const { start } = await serverOf(name);
  const peers = new Set<Peer>();
  if (manner === 'spoken to')
    setInterval(() => {
      for (const peer of peers) peer.send('x'.repeat(64));
    }, trafficEveryMs);
  const pings = manner === 'pings' || manner === 'comments' || name === 'socket.io';
  const { port } = await start(
    {
      joined: (peer) => void peers.add(peer),
      message() {},
      left(peer) {
        peers.delete(peer);
        seen.server = { ...seen.server, [way]: sinceGone() };
      },
    },
    {
      ...patient,
      host: serverAddress,
      port: 0,
      messageBytes: 64,
      heartbeatMs: pings ? pingsEveryMs : null,
      onSocket: (socket) => void (manner === 'keep-alive' && socket.setKeepAlive(true, keepAliveDelayMs)),
    },
  );
  return port;
}

const ip = (...args: string[]) => execFileSync('ip', args);

const clients = spawn(
  'unshare',
  ['-n', process.execPath, '--import', 'tsx', fileURLToPath(new URL('./clients.ts', import.meta.url))],
  { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
);
const waiting = new Map<string, () => void>();
const heard = (what: string) => new Promise<void>((resolve) => waiting.set(what, resolve));
clients.on('message', (message: FromClients) => {
  if ('closed' in message) seen.client = { ...seen.client, [message.closed]: sinceGone() };
  else for (const what of Object.keys(message)) waiting.get(what)?.();
});
const tell = (message: ToClients) => clients.send(message);

await heard('ready');
ip('link', 'add', 'servers', 'type', 'veth', 'peer', 'name', 'clients', 'netns', String(clients.pid));
ip('addr', 'add', `${serverAddress}/24`, 'dev', 'servers');
ip('link', 'set', 'servers', 'up');
const ports = Object.fromEntries(await Promise.all(ways.map(async (way) => [way, await serve(way)])));
tell({ connect: ports });
await heard('connected');
// A fixed neighbour entry: otherwise ARP would fail, and the kernel would tell the sockets; behind a router it cannot
// know.
const [, mac = ''] = /lladdr (\S+)/.exec(ip('neigh', 'show', clientAddress).toString()) ?? [];
ip('neigh', 'replace', clientAddress, 'lladdr', mac, 'dev', 'servers', 'nud', 'permanent');
await pass(1000);
tell({ vanish: true });
await heard('vanished');
goneMs = performance.now();
await pass(watchedMs);
process.stdout.write(JSON.stringify(seen));
clients.kill('SIGKILL');
process.exit(0);

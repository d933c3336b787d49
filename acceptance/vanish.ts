/**
 * A client vanishes without closing, in a network of its own that drops its packets: which server notices, when and
 * how (SLOW4). Servers and clients each have a network namespace; the clients' address is removed, so packets to it
 * are lost.
 */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  givenUpAfterMs,
  keepAliveFoundAfterMs,
  pingMissedAfterMs,
  silenceFoundAfterMs,
} from '../src/laws/vanished.ts';
import { tally } from './command.ts';
import {
  keepAliveDelayMs,
  pingsEveryMs,
  type Seen,
  socketIoTimeoutMs,
  trafficEveryMs,
  type Way,
  ways,
} from './vanish/ways.ts';

const servers = fileURLToPath(new URL('./vanish/servers.ts', import.meta.url));

/**
 * Resolves with the times at which each side noticed. All processes in the namespaces end with the one that made
 * them.
 */
function vanished(retries: number): Promise<Seen> {
  const lines = `ip link set lo up; echo ${retries} > /proc/sys/net/ipv4/tcp_retries2; exec "$0" --import tsx "$1"`;
  const child = spawn('unshare', ['-rn', 'sh', '-ec', lines, process.execPath, servers], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`exit ${code}`)),
    );
  });
}

type Span = readonly [least: number, most: number];

/** The span in which the server has to notice; null: never. */
function lawOf(way: Way, retries: number): Span | null {
  // Counted from the first unacknowledged byte, sent within `everyMs`. The latest is when one more retry would come.
  const givenUp = (everyMs: number): Span => [givenUpAfterMs(retries), givenUpAfterMs(retries + 1) + everyMs];
  const keptAliveMs = keepAliveFoundAfterMs(keepAliveDelayMs);
  switch (way) {
    case 'ws, idle':
    case 'sse, idle':
      return null;
    case 'ws, pings':
      return silenceFoundAfterMs(pingsEveryMs);
    case 'ws, keep-alive':
      return [keptAliveMs - keepAliveDelayMs, keptAliveMs];
    case 'socket.io':
      return sooner(
        pingMissedAfterMs({ intervalMs: pingsEveryMs, timeoutMs: socketIoTimeoutMs }),
        givenUp(pingsEveryMs),
      );
    case 'sse, comments':
      return givenUp(pingsEveryMs);
    case 'ws, spoken to':
    case 'sse, spoken to':
      return givenUp(trafficEveryMs);
  }
}

const sooner = (one: Span, other: Span): Span => [Math.min(one[0], other[0]), Math.min(one[1], other[1])];

const timerMs = 200;
const told = (ms: number | undefined) => (ms === undefined ? 'never' : `after ${(ms / 1000).toFixed(1)} s`);

export async function vanish(): Promise<boolean> {
  const { say, held } = tally();
  if (spawnSync('unshare', ['-rn', 'ip', 'link'], { stdio: 'ignore' }).status !== 0) {
    console.log('not tried: no network namespace of our own (unshare -rn, ip)');
    return true;
  }
  // 15 is Linux's default; 4 is short enough to wait for.
  for (const retries of [4, 15]) {
    const { watchedMs, server, client } = await vanished(retries);
    for (const way of ways) {
      const law = lawOf(way, retries);
      const ms = server[way];
      const isDue = law !== null && law[0] <= watchedMs;
      const holds = isDue ? ms !== undefined && ms >= law[0] && ms <= law[1] + timerMs : ms === undefined;
      const wanted = law ? law.map((one) => (one / 1000).toFixed(1)).join(' … ') : 'never';
      say(
        holds,
        `R = ${retries}, ${way}: the server noticed ${told(ms)} (law: ${wanted}); the client ${told(client[way])}; watched for ${watchedMs / 1000} s`,
      );
    }
  }
  return held();
}

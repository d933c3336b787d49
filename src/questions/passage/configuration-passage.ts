/**
 * Everything that is asked of one configuration of one proxy, whichever it is: the probes know an address before and a server
 * behind, and nothing of what stands between.
 */
import { type ChosenProxy, startProxy } from '../../network/proxies/proxy-process.ts';
import type { Address } from '../../target/target.ts';
import { type FacingServer, facingServer } from './facing-server.ts';
import {
  type ConnectionsPassage,
  type DeathPassage,
  type DyingPost,
  type PollPassage,
  probeConnections,
  probeDeath,
  probeDyingPost,
  probeLeaving,
  probePoll,
  probeSharing,
  type Told,
} from './request-passage.ts';
import { probeStream, type StreamPassage } from './stream-passage.ts';
import { type FallbackPassage, probeFallback, probeUpgrade, type UpgradePassage } from './upgrade-passage.ts';

interface ProbedPassage {
  readonly stream: StreamPassage;
  /** With what an application can do about it; null where nothing had to be done. */
  readonly helpedStream: StreamPassage | null;
  readonly poll: PollPassage;
  readonly upgrade: UpgradePassage;
  readonly fallback: FallbackPassage;
  readonly leaving: { readonly stream: Told; readonly poll: Told };
  readonly death: DeathPassage;
  readonly dyingPost: DyingPost;
  readonly connections: ConnectionsPassage;
  /** Of two readers of one address, so many reach the server. */
  readonly readers: number;
}

export interface ProbedProxy extends ProbedPassage {
  readonly name: string;
  readonly flavour: string;
  readonly version: string;
}

const usualHoldMs = 2000;
const host = '127.0.0.1';

/** What is asked through this address of that server. Streams come first and alone: their times count. */
async function probePassage(
  front: Address,
  server: FacingServer,
  heldMs = usualHoldMs,
): Promise<ProbedPassage> {
  // The first request of a proxy takes longer than any other: its workers start, its caches are cold.
  await probePoll(front, 0);
  const stream = await probeStream(front, server, false);
  const helpedStream = isFine(stream) ? null : await probeStream(front, server, true);
  const connections = await probeConnections(front, server);
  const upgrade = await probeUpgrade(front, server);
  const [poll, fallback, streamLeft, pollLeft, death, dyingPost, readers] = await Promise.all([
    probePoll(front, heldMs),
    probeFallback(front),
    probeLeaving(front, server, 'stream'),
    probeLeaving(front, server, 'poll'),
    probeDeath(front),
    probeDyingPost(front, server),
    probeSharing(front, server),
  ]);
  const leaving = { stream: streamLeft, poll: pollLeft };
  return { stream, helpedStream, poll, upgrade, fallback, leaving, death, dyingPost, connections, readers };
}

const isFine = ({ how }: StreamPassage) => how === 'event by event';

/** Starts the proxy before a server of its own, and ends both. */
export async function probeProxy(chosen: ChosenProxy, heldMs?: number): Promise<ProbedProxy> {
  await using server = await facingServer();
  await using proxy = await startProxy(chosen, host, { host, port: server.port });
  const passage = await probePassage(proxy.endpoint, server, heldMs);
  return { name: chosen.name, flavour: chosen.flavour, version: chosen.version, ...passage };
}

/**
 * Every probe of one configuration of one proxy. The probes know only an address in front and a server behind, and
 * nothing of the proxy between.
 */
import { type ChosenProxy, startProxy } from '../../network/proxies/proxy-process.ts';
import { type FacingServer, facingServer } from './facing-server.ts';
import { type FallbackPassage, probeFallback } from './fallback-passage.ts';
import { type HeadsPassage, probeHeads } from './heads-passage.ts';
import { type IdlePassage, probeIdle } from './idle-passage.ts';
import { type LeavingPassage, probeLeaving } from './leaving-passage.ts';
import { probeLone, probeWaiting } from './lone-passage.ts';
import { probeReload, type ReloadPassage } from './reload-passage.ts';
import {
  type ConnectionsPassage,
  type DeathPassage,
  type DyingPost,
  type PollPassage,
  probeConnections,
  probeDeath,
  probeDyingPost,
  probePoll,
  probeSharing,
  type SharingPassage,
} from './request-passage.ts';
import { isHeadLate, probeStream, type StreamPassage } from './stream-passage.ts';
import type { Sides } from './through-asking.ts';
import { probeUpgrade, type UpgradePassage } from './upgrade-passage.ts';

export interface StreamsPassage {
  readonly stream: StreamPassage;
  /** With what an application can do about it; null where nothing had to be done. */
  readonly helpedStream: StreamPassage | null;
  /** The head with a first comment; null where it was not late, or never came. */
  readonly helpedHeadMs: number | null;
}

export interface RequestsPassage {
  readonly stream: StreamPassage;
  readonly poll: PollPassage;
  readonly upgrade: UpgradePassage;
  /** At another address; null where it is the same there. */
  readonly otherUpgrade: UpgradePassage | null;
  readonly fallback: FallbackPassage;
  readonly leaving: LeavingPassage;
  readonly death: DeathPassage;
  readonly dyingPost: DyingPost;
  readonly connections: ConnectionsPassage;
  readonly sharing: SharingPassage;
  readonly heads: HeadsPassage;
}

interface ProbedPassage extends StreamsPassage, RequestsPassage {
  readonly idle: IdlePassage;
  /** Null where there is nothing to reload. */
  readonly reload: ReloadPassage | null;
}

export interface ProbedProxy extends ProbedPassage {
  readonly name: string;
  readonly flavour: string;
  readonly version: string;
}

const host = '127.0.0.1';

/** A configuration that runs before a server of its own. */
export interface StartedPassage extends AsyncDisposable {
  readonly chosen: ChosenProxy;
  /** The stream probes run alone on this machine, because their times count. */
  streams(): Promise<StreamsPassage>;
  /** One after the other: a proxy may limit how many requests it takes at once. */
  requests(streams: StreamsPassage, holdMs: number): Promise<RequestsPassage>;
  idle(waitMs: number): Promise<IdlePassage>;
  /** Last, because the proxy may not survive it. Null if there is nothing to reload. */
  reload(): Promise<ReloadPassage | null>;
}

export async function startPassage(chosen: ChosenProxy): Promise<StartedPassage> {
  const server = await facingServer();
  try {
    const proxy = await startProxy(chosen, host, { host, port: server.port });
    const sides = { front: proxy.endpoint, server };
    return {
      chosen,
      streams: () => probeStreams(sides),
      requests: async (streams, holdMs) => {
        const requests = await probeRequests(sides, server, streams, holdMs);
        // A proxy that has ended by itself answers nothing, and its silence is no finding.
        proxy.gone.throwIfAborted();
        return requests;
      },
      idle: (waitMs) => probeIdle(sides, waitMs),
      reload: async () => (proxy.reload ? probeReload(sides, proxy.reload) : null),
      async [Symbol.asyncDispose]() {
        await proxy[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

const isFine = ({ how }: StreamPassage) => how === 'event by event';

async function probeStreams(sides: Sides): Promise<StreamsPassage> {
  // The first request of a proxy takes longer than any other: its workers start, its caches are cold.
  await probePoll(sides, 0);
  const stream = await probeStream(sides, false);
  const isLate = 'headMs' in stream && isHeadLate(stream);
  return {
    stream,
    helpedStream: isFine(stream) ? null : await probeStream(sides, true),
    helpedHeadMs: isLate ? (await probeLone(sides, true, commentPatienceMs)).headMs : null,
  };
}

async function probeRequests(
  sides: Sides,
  server: FacingServer,
  streams: StreamsPassage,
  holdMs: number,
): Promise<RequestsPassage> {
  const stream = await probeWaiting(sides, streams.stream, lonePatienceMs);
  const connections = await probeConnections(sides);
  const heads = await probeHeads(sides);
  const upgrade = await probeUpgrade(sides, '/ws');
  const other = await probeUpgrade(sides, '/feed');
  return {
    stream,
    connections,
    heads,
    upgrade,
    otherUpgrade: other.how === upgrade.how && other.status === upgrade.status ? null : other,
    poll: await probePoll(sides, holdMs),
    fallback: await probeFallback(sides, { host, port: server.port }),
    leaving: await probeLeaving(sides),
    death: await probeDeath(sides),
    dyingPost: await probeDyingPost(sides),
    sharing: await probeSharing(sides),
  };
}

const commentPatienceMs = 1000;
const lonePatienceMs = 8000;

/** A Redis that servers share, behind our relay. A process (`redis-host.ts`) starts both and ends them with the run. */
import { startChild } from '../../base/child/parent.ts';
import { CannotRun } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { SharedStore, StoreTraffic } from '../../target/cluster/shared-store.ts';
import { endWithFolder, sweep } from '../proxies/watched-program.ts';
import type { ChosenRedis } from './found-redis.ts';
import type { RedisAddress } from './redis-address.ts';
import type { RedisCommand, RedisListening } from './redis-command.ts';

export interface RunningRedis extends SharedStore, AsyncDisposable {
  /** Where servers connect: the relay. */
  readonly endpoint: RedisAddress;
  readonly pid: number;
  readonly gone: AbortSignal;
}

const refused = text(
  'redis-refused: {name} does not start; its own words:\n  {words}',
  'redis-refused: {name}이(가) 시작되지 않습니다. {name}이(가) 한 말:\n  {words}',
);

/** Throws `CannotRun` with its own output if it does not start. */
export async function startRedis(chosen: ChosenRedis, host: string): Promise<RunningRedis> {
  const child = startChild<RedisCommand>('redis', 'network/redis/redis-host.js');
  const close = () => child[Symbol.asyncDispose]();
  try {
    const redis =
      'at' in chosen ? { at: { host: chosen.at.host, port: chosen.at.port } } : { path: chosen.path };
    const started = await child.ask({ type: 'start', options: { host, redis } }, 30_000);
    const { port, pid, folder, refused: words } = started as RedisListening;
    if (words !== undefined) throw new CannotRun(inEveryLanguage(refused, { name: chosen.name, words }));
    // The process that keeps Redis was killed, so this one ends Redis.
    child.gone.addEventListener('abort', () => {
      if (folder !== null) endWithFolder(pid ?? undefined, folder);
    });
    return {
      endpoint: { ...('at' in chosen && chosen.at), host, port },
      pid: child.pid,
      gone: child.gone,
      traffic: async () => (await child.ask({ type: 'traffic' })) as StoreTraffic,
      leave: async (how) => void (await child.ask({ type: 'leave', how })),
      back: async () => void (await child.ask({ type: 'back' })),
      async [Symbol.asyncDispose]() {
        await close();
        if (folder !== null) sweep(pid ?? undefined, folder);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

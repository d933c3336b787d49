/** Servers that share a Redis: it is started before them, and ended after them. */
import { randomUUID } from 'node:crypto';
import { findRedis } from '../network/redis/found-redis.ts';
import { startRedis } from '../network/redis/redis-process.ts';
import type { AdapterOptions } from '../servers/adapter.ts';
import type { ServerProcess } from '../target/server-process.ts';
import type { TrialPlan } from './plan.ts';

/** @param start starts the servers, with the adapter options for each. */
export async function sharingRedis(
  { scenario, load, transport, host, redis: chosen }: TrialPlan,
  start: (adapter: AdapterOptions | undefined) => Promise<ServerProcess>,
): Promise<ServerProcess> {
  if (!transport.traits.adapters) return start(undefined);
  const adapter = scenario.cluster?.(load).adapter ?? 'memory';
  if (adapter === 'memory') return start({ adapter });
  const redis = await startRedis(chosen ?? (await findRedis('local')), host);
  const { endpoint, traffic, leave, back } = redis;
  try {
    const target = await start({ ...endpoint, adapter, prefix: `rtcompare:${randomUUID()}` });
    return {
      ...target,
      store: { traffic, leave, back },
      gone: AbortSignal.any([target.gone, redis.gone]),
      async [Symbol.asyncDispose]() {
        await target[Symbol.asyncDispose]();
        await redis[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await redis[Symbol.asyncDispose]();
    throw error;
  }
}

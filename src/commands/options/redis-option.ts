/**
 * `--redis`: which Redis the servers of a cluster share. It is looked for only if an adapter needs it, before the
 * run.
 */
import type { Option } from 'commander';
import { text } from '../../base/text.ts';
import type { ChosenRedis } from '../../network/redis/found-redis.ts';
import type { TrialPlan } from '../../trial/plan.ts';
import { option } from './values.ts';

export const redisOption = (): Option =>
  option(
    '--redis <which>',
    text(
      'with --adapter classic or streams: local (started for the run), a program, or redis://HOST:PORT',
      '--adapter classic 또는 streams와 함께: local(측정을 위해 시작), 프로그램, redis://HOST:PORT',
    ),
  ).default('local');

interface Shared {
  readonly redis: ChosenRedis;
  /** It and the libraries that speak to it. */
  readonly found: readonly { readonly name: string; readonly version: string }[];
}

/** Undefined if no trial needs one. Throws `CannotRun` with what to install if something is missing. */
export async function sharedRedis(
  trials: readonly Pick<TrialPlan, 'scenario' | 'load'>[],
  typed: string,
): Promise<Shared | undefined> {
  const adapters = new Set(trials.map(({ scenario, load }) => scenario.cluster?.(load).adapter ?? 'memory'));
  adapters.delete('memory');
  if (adapters.size === 0) return undefined;
  const { findAdapter } = await import('../../servers/adapter.ts');
  const { findRedis } = await import('../../network/redis/found-redis.ts');
  const libraries = [...adapters].flatMap(findAdapter);
  const redis = await findRedis(typed);
  // Its address may hold a password, so the report gets only name and version.
  return { redis, found: [{ name: redis.name, version: redis.version }, ...libraries] };
}

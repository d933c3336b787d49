/** Where a Redis is, as `--redis` says it. */
import { UsageError } from '../../base/failure.ts';
import { text } from '../../base/text.ts';
import type { Address } from '../../target/target.ts';

export interface RedisAddress extends Address {
  readonly username?: string;
  readonly password?: string;
  readonly database?: number;
}

const notUrl = text(
  '--redis: write a URL such as redis://127.0.0.1:6379 (redis://user:password@host:port/0)',
  '--redis: redis://127.0.0.1:6379 같은 URL을 적어야 합니다(redis://user:password@host:port/0)',
);
const sealed = text(
  '--redis: what goes to Redis over TLS cannot be counted; write redis:// instead of rediss://',
  '--redis: Redis로 가는 바이트를 TLS에서는 셀 수 없습니다. rediss:// 대신 redis://로 적어야 합니다',
);

/** Throws `UsageError`. */
export function parseRedisUrl(typed: string): RedisAddress {
  const url = URL.parse(typed);
  if (url?.protocol === 'rediss:') throw new UsageError(sealed);
  const database = /^\/?(\d*)$/.exec(url?.pathname ?? '')?.[1];
  if (url?.protocol !== 'redis:' || url.hostname === '' || database === undefined)
    throw new UsageError(notUrl);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
    ...(database !== '' && { database: Number(database) }),
  };
}

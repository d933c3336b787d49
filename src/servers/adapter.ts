/**
 * Socket.IO's adapters, through which several servers pass on what one of them sends to all clients. Imported by name,
 * because they are optional peer dependencies. The adapter in memory passes nothing on to other servers.
 */
import { createRequire } from 'node:module';
import type { ServerOptions } from 'socket.io';
import { CannotRun } from '../base/failure.ts';
import { installedPackage } from '../base/installed-package.ts';
import { inEveryLanguage, text } from '../base/text.ts';

export const adapters = ['memory', 'classic', 'streams'] as const;
export type AdapterName = (typeof adapters)[number];

/** Plain data: it is sent to the server's process. */
export type AdapterOptions =
  | { readonly adapter: 'memory' }
  | {
      readonly adapter: Exclude<AdapterName, 'memory'>;
      /** Unique to a run, so that its servers find each other and no others in the same Redis. */
      readonly prefix: string;
      readonly host: string;
      readonly port: number;
      readonly username?: string;
      readonly password?: string;
      readonly database?: number;
    };

/** The npm packages of each adapter. */
const packages: Readonly<Record<AdapterName, readonly string[]>> = {
  memory: [],
  classic: ['@socket.io/redis-adapter', 'redis'],
  streams: ['@socket.io/redis-streams-adapter', 'redis'],
};

const notInstalled = text(
  'the adapter {adapter} is not installed beside rtcompare: `npm install {packages}`',
  'rtcompare와 함께 설치된 {adapter} 어댑터가 없습니다. `npm install {packages}`로 설치해야 합니다',
);

/** The installed packages with their versions. Throws `CannotRun` with what to install if one is missing. */
export function findAdapter(adapter: AdapterName): { readonly name: string; readonly version: string }[] {
  const require = createRequire(import.meta.url);
  const found = packages[adapter].flatMap((name) => {
    const version = installedPackage(name, require)?.version;
    return version === undefined ? [] : [{ name, version }];
  });
  if (found.length === packages[adapter].length) return found;
  const told = { adapter, packages: packages[adapter].join(' ') };
  throw new CannotRun(inEveryLanguage(notInstalled, told));
}

type AdapterConstructor = NonNullable<ServerOptions['adapter']>;

export interface OpenAdapter {
  /** Undefined for the adapter in memory, which is Socket.IO's default. */
  readonly create: AdapterConstructor | undefined;
  close(): Promise<void>;
}

/**
 * The classic adapter (8.3.0) ignores the promise of `publish`. If the Redis client cannot send the message, Node ends
 * the process for an unhandled rejection, so every application has to catch it itself, as this does.
 */
function publishUnheard(redis: { publish(channel: string, message: string): Promise<unknown> }) {
  const publish = redis.publish.bind(redis);
  redis.publish = (channel, message) => {
    const published = publish(channel, message);
    published.catch(() => {});
    return published;
  };
}

/** So that the key of a run that was killed does not stay. */
const keptForSeconds = 3600;

/** Connects to Redis. Rejects if it cannot. */
export async function openAdapter(options: AdapterOptions): Promise<OpenAdapter> {
  if (options.adapter === 'memory') return { create: undefined, close: async () => {} };
  const { adapter, prefix, host, port, username, password, database } = options;
  const { createClient } = await import('redis');
  const redis = createClient({
    socket: { host, port },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
  });
  // The client reconnects by itself.
  redis.on('error', () => {});
  await redis.connect();
  if (adapter === 'classic') {
    const { createAdapter } = await import('@socket.io/redis-adapter');
    publishUnheard(redis);
    const subscriber = redis.duplicate();
    subscriber.on('error', () => {});
    await subscriber.connect();
    return {
      create: createAdapter(redis, subscriber, { key: prefix }) as AdapterConstructor,
      async close() {
        redis.destroy();
        subscriber.destroy();
      },
    };
  }
  const { createAdapter } = await import('@socket.io/redis-streams-adapter');
  // Makes the stream, so that it can expire. The adapter ignores this entry, which has no namespace.
  await redis.xAdd(prefix, '*', { made: 'by rtcompare' });
  await redis.expire(prefix, keptForSeconds);
  const names = { streamName: prefix, channelPrefix: prefix, sessionKeyPrefix: `${prefix}:session:` };
  return {
    create: createAdapter(redis, names) as unknown as AdapterConstructor,
    async close() {
      if (redis.isReady) await redis.del(prefix).catch(() => {});
      redis.destroy();
    },
  };
}

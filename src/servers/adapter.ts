/**
 * How servers of Socket.IO tell each other what they say to all: its adapters, imported by name, as peers that somebody has
 * installed. The adapter in memory tells nobody.
 */
import { createRequire } from 'node:module';
import type { ServerOptions } from 'socket.io';
import { CannotRun } from '../base/failure.ts';
import { installedPackage } from '../base/installed-package.ts';
import { inEveryLanguage, text } from '../base/text.ts';

export const adapters = ['memory', 'classic', 'streams'] as const;
export type AdapterName = (typeof adapters)[number];

/** Plain data: it travels to the server's process. */
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

/** What brings each of them. */
const packages: Readonly<Record<AdapterName, readonly string[]>> = {
  memory: [],
  classic: ['@socket.io/redis-adapter', 'redis'],
  streams: ['@socket.io/redis-streams-adapter', 'redis'],
};

const notInstalled = text(
  'the adapter {adapter} is not installed beside rtcompare: `npm install {packages}`',
  'rtcompare와 함께 설치된 {adapter} 어댑터가 없습니다. `npm install {packages}`로 설치해야 합니다',
);

/** What was found, with versions. Throws `CannotRun` with what to install where it is not there. */
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
  /** Undefined where it is the one that every server of Socket.IO has. */
  readonly create: AdapterConstructor | undefined;
  close(): Promise<void>;
}

/**
 * The classic adapter (8.3.0) asks nobody whether its message went out. Where the Redis client could not send it, Node would
 * end the process for a rejection that nobody has handled, and every application has to see to that itself.
 */
function publishUnheard(redis: { publish(channel: string, message: string): Promise<unknown> }) {
  const publish = redis.publish.bind(redis);
  redis.publish = (channel, message) => {
    const published = publish(channel, message);
    published.catch(() => {});
    return published;
  };
}

/** A key of a run that was killed does not stay. */
const keptForSeconds = 3600;

/** Connects to Redis. Rejects where it cannot. */
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
  // It connects again by itself.
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
  // The adapter reads no entry without a namespace.
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

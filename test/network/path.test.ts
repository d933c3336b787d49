/** The path between clients and target, as a list of hops: started from the server outwards, stopped as a whole. */
import { expect, test } from 'vitest';
import type { Resources } from '../../src/base/resources.ts';
import { type Hop, openPath } from '../../src/network/hop.ts';
import { loopback } from '../../src/network/link.ts';
import { startRelay } from '../../src/network/relay.ts';
import { dial, serveEcho } from './sockets.ts';

const host = '127.0.0.1';
const spent = { cpuMs: 1, rssBytes: 2, loopDelayP99Ms: 3, loopDelayMaxMs: 4 } satisfies Resources;

/** A relay in this process as a hop, which tells when it is started and stopped, and what it counted. */
function hop(name: string, told: string[]) {
  const carried: number[] = [];
  const value: Hop = {
    name,
    async start(next) {
      told.push(`${name} starts`);
      const relay = await startRelay({
        targetHost: next.host,
        targetPort: next.port,
        link: loopback,
        seed: 1,
      });
      return {
        endpoint: { host, port: relay.port },
        gone: new AbortController().signal,
        resources: { mark: async () => void told.push(`${name} is marked`), read: async () => spent },
        async [Symbol.asyncDispose]() {
          carried.push(relay.stats().up.in);
          await relay[Symbol.asyncDispose]();
          told.push(`${name} stops`);
        },
      };
    },
  };
  return { value, carried };
}

test('hops are started from the server outwards, and a byte goes through all of them', async () => {
  await using server = await serveEcho();
  const told: string[] = [];
  const [near, far] = [hop('near', told), hop('far', told)];
  const path = await openPath([near.value, far.value], { host, port: server.port });
  expect(path.gone).toHaveLength(2);
  const client = dial(path.endpoint);
  client.socket.write('hello');
  await client.until(5);
  await path.resources.mark();
  expect(await path.resources.read()).toEqual({ far: spent, near: spent });
  await path[Symbol.asyncDispose]();
  expect([near.carried, far.carried]).toEqual([[5], [5]]);
  expect(told.filter((one) => !one.includes('marked'))).toEqual([
    ...['far starts', 'near starts'],
    ...['near stops', 'far stops'],
  ]);
});

test('where a hop cannot start, those that have are stopped', async () => {
  const told: string[] = [];
  const broken: Hop = { name: 'broken', start: () => Promise.reject(new Error('no room')) };
  const target = { host, port: 9 };
  await expect(openPath([broken, hop('far', told).value], target)).rejects.toThrow('no room');
  expect(told).toEqual(['far starts', 'far stops']);
});

test('without hops clients connect to the target itself, and there is no link to break', async () => {
  await using path = await openPath([], { host, port: 9 });
  expect(path.endpoint).toEqual({ host, port: 9 });
  expect(await path.resources.read()).toEqual({});
  await expect(path.link.cut()).rejects.toThrow('no link to break');
});

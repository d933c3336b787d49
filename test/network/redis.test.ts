/** Traffic between servers and Redis, a Redis that is away, and that nothing is left, whichever process is killed. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { findRedis, isRedisHere } from '../../src/network/redis/found-redis.ts';
import { parseRedisUrl } from '../../src/network/redis/redis-address.ts';
import { readValue } from '../../src/network/redis/resp.ts';
import { startStoreRelay } from '../../src/network/redis/store-relay.ts';
import { createTraffic } from '../../src/network/redis/traffic.ts';
import { rtcompare, start } from '../support/cli.ts';
import { listening } from '../support/inspected.ts';
import { childrenOf, isGone } from '../support/processes.ts';

const host = '127.0.0.1';
const isHere = isRedisHere();
const word = isHere ? '' : ' (not installed here)';
const scratch = mkdtempSync(join(tmpdir(), 'rtcompare-redis-'));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const bytesOf = (text: string) => Buffer.from(text, 'latin1');
const command = (...words: string[]) =>
  `*${words.length}\r\n${words.map((one) => `$${one.length}\r\n${one}\r\n`).join('')}`;

test('values of RESP 2 and 3 end where the specification says', () => {
  const values = [
    ...[
      '+OK\r\n',
      '-ERR no\r\n',
      ':1000\r\n',
      '$5\r\nhello\r\n',
      '$0\r\n\r\n',
      '$-1\r\n',
      '*-1\r\n',
      '*0\r\n',
    ],
    ...[
      '*2\r\n$5\r\nhello\r\n*1\r\n:1\r\n',
      '_\r\n',
      '#t\r\n',
      ',1.23\r\n',
      '(3492890328409238509324850943\r\n',
    ],
    ...[
      '!5\r\nERR a\r\n',
      '=7\r\ntxt:abc\r\n',
      '%1\r\n+a\r\n:1\r\n',
      '~1\r\n+a\r\n',
      '>2\r\n+message\r\n+a\r\n',
    ],
  ];
  for (const value of values) {
    expect(readValue(bytesOf(value))?.end, value).toBe(value.length);
    for (let cut = 0; cut < value.length; cut++) expect(readValue(bytesOf(value.slice(0, cut)))).toBe(null);
  }
});

const published =
  command('PUBLISH', 'room', '0123456789') + command('XADD', 'key', 'MAXLEN', '~', '9', '*', 'data', 'abc');
const passedOn =
  '*4\r\n$8\r\npmessage\r\n$5\r\nroom*\r\n$4\r\nroom\r\n$10\r\n0123456789\r\n' +
  '*1\r\n*2\r\n$3\r\nkey\r\n*1\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$4\r\ndata\r\n$3\r\nabc\r\n';
const resp3 =
  '%1\r\n$3\r\nkey\r\n*2\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$4\r\ndata\r\n$3\r\nabc\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n';

test('what is handed in and what comes out is counted, however it was cut', () => {
  const around = command('XREAD', 'BLOCK', '5000', 'STREAMS', 'key', '$');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
      const traffic = createTraffic();
      const connection = traffic.watch();
      const cut = (text: string, to: (bytes: Buffer) => void) => {
        for (let at = 0, k = 0; at < text.length; k++) {
          const end = at + (sizes[k % sizes.length] ?? 1);
          to(bytesOf(text.slice(at, end)));
          at = end;
        }
      };
      cut(published + around, connection.to);
      cut(`:2\r\n${passedOn}*-1\r\n`, connection.from);
      expect(traffic.read()).toEqual({
        toBytes: published.length + around.length,
        fromBytes: passedOn.length + 4 + 5,
        published: { count: 2, bytes: published.length, payloadBytes: 10 + 7 },
        passedOn: { count: 2, bytes: passedOn.length, payloadBytes: 10 + 7 },
      });
    }),
  );
});

test('entries of several messages in one answer of RESP 3 are counted one by one; what is not RESP only as bytes', () => {
  const traffic = createTraffic();
  traffic.watch().from(bytesOf(resp3));
  const other = traffic.watch();
  other.from(bytesOf('HTTP/1.1 400 Bad Request\r\n\r\n'));
  other.from(bytesOf(passedOn));
  expect(traffic.read()).toMatchObject({
    fromBytes: resp3.length + 28 + passedOn.length,
    passedOn: { count: 2, bytes: resp3.length, payloadBytes: 7 + 2 },
  });
});

test.each([
  ['redis://127.0.0.1', { host: '127.0.0.1', port: 6379 }],
  [
    'redis://me:s%40cret@[::1]:7000/3',
    { host: '::1', port: 7000, username: 'me', password: 's@cret', database: 3 },
  ],
])('%s says where a Redis is', (typed, address) => {
  expect(parseRedisUrl(typed)).toEqual(address);
});

test.each([
  'rediss://127.0.0.1',
  'http://127.0.0.1',
  'redis://',
  'redis://127.0.0.1/name',
  'redis://127.0.0.1:x',
])('%s is refused in one line', (typed) => {
  expect(() => parseRedisUrl(typed)).toThrow(/^--redis: /);
});

/** An echo server. */
async function echoing() {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  onTestFinished(() => void server.close());
  const relay = await startStoreRelay({ host, port: await listening(server) }, host);
  onTestFinished(() => relay.close());
  const join = () => {
    const socket = connect(relay.port, host);
    const seen = { heard: '', connected: false, ended: '' };
    socket.on('connect', () => {
      seen.connected = true;
    });
    socket.on('data', (bytes) => {
      seen.heard += bytes;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      seen.ended = error.code ?? '';
    });
    socket.on('close', () => {
      seen.ended ||= 'closed';
    });
    return { socket, seen };
  };
  return { relay, join };
}

test('a store that refuses, or accepts and closes, resets who is there; one that is silent gives everything later', async () => {
  const { relay, join } = await echoing();
  const first = join();
  first.socket.write('a');
  await expect.poll(() => first.seen.heard).toBe('a');
  await relay.leave('held');
  first.socket.write('b');
  const second = join();
  second.socket.write('c');
  await expect.poll(() => second.seen.connected).toBe(true);
  expect([first.seen.heard, second.seen.heard]).toEqual(['a', '']);
  await relay.back();
  await expect.poll(() => [first.seen.heard, second.seen.heard]).toEqual(['ab', 'c']);

  await relay.leave('refused');
  await expect.poll(() => first.seen.ended).toBe('ECONNRESET');
  const third = join();
  await expect.poll(() => third.seen.ended).toBe('ECONNREFUSED');
  expect(third.seen.connected).toBe(false);
  await relay.back();

  await relay.leave('accept-close');
  const fourth = join();
  await expect.poll(() => fourth.seen.ended).toBe('closed');
  expect(fourth.seen.connected).toBe(true);
  await relay.back();
  const fifth = join();
  fifth.socket.write('d');
  await expect.poll(() => fifth.seen.heard).toBe('d');
  expect(relay.traffic()).toMatchObject({ toBytes: 4, fromBytes: 4 });
});

const asked = [
  'run',
  '--scenario',
  'cluster',
  '--transport',
  'socket.io:websocket',
  '--adapter',
  'streams',
  '--quiet',
];

test.each([
  ['/no/such/redis', 3, /^rtcompare: --redis \/no\/such\/redis: it does not start/],
  ['redis://127.0.0.1:1', 3, /^rtcompare: the Redis at 127\.0\.0\.1:1 cannot be used: connect ECONNREFUSED/],
  ['rediss://127.0.0.1', 2, /^rtcompare: --redis: what goes to Redis over TLS/],
])('--redis %s ends with %i and one line, before anything starts', async (redis, code, line) => {
  const run = await rtcompare(...asked, '--redis', redis);
  expect(run.code).toBe(code);
  expect(run.stderr).toMatch(line);
  expect(run.stderr.trim().split('\n')).toHaveLength(1);
});

test('where no Redis is installed, the line says how to install it', async () => {
  const { ended } = start(asked, { env: { PATH: scratch } });
  const { code, stderr } = await ended;
  expect(code).toBe(3);
  expect(stderr).toMatch(/^rtcompare: Redis is not installed here: `apt-get install redis-server`/);
});

const descendants = (pid: number): number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
const commandOf = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
};
/** Redis clears its process title when it ends, so it is recognised by its folder. */
const isRedis = (pid: number) => /redis-server|valkey-server/.test(commandOf(pid));

test.skipIf(!isHere || process.platform !== 'linux').each([
  ['SIGKILL', 'run'],
  ['SIGINT', 'run'],
  ['SIGKILL', 'keeper'],
  ['SIGKILL', 'redis'],
] as const)(`%s of the %s leaves no Redis, no server and no folder${word}`, async (signal, whom) => {
  const run = start(asked, { env: { TMPDIR: scratch, RTCOMPARE_CLIENTS: '4' } });
  const all = () => descendants(run.child.pid!);
  const isUp = () => run.child.exitCode !== null || (all().some(isRedis) && all().length >= 5);
  await expect.poll(isUp).toBe(true);
  const pids = all();
  const one = {
    run: () => run.child.pid,
    keeper: () => pids.find((pid) => /redis-host/.test(commandOf(pid))),
    redis: () => pids.find(isRedis),
  };
  process.kill(one[whom]()!, signal);
  const { code, stderr } = await run.ended;
  if (signal === 'SIGINT') expect(code).toBe(130);
  if (whom !== 'run') expect([code, stderr]).toEqual([3, expect.stringMatching(/redis-gone/)]);
  await expect.poll(() => pids.filter((pid) => !isGone(pid))).toEqual([]);
  await expect.poll(() => readdirSync(scratch)).toEqual([]);
});

test.each([
  ['HTTP/1.1 400 Bad Request\r\n\r\n', 'what answers is no Redis'],
  ['-NOAUTH Authentication \x1b[31mrequired.\r\n', 'NOAUTH Authentication ?[31mrequired.'],
  [`$99999999\r\n${'x'.repeat(70_000)}`, 'what answers is no Redis'],
])('whoever answers %j is told apart', async (said, why) => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(said);
  });
  onTestFinished(() => void server.close());
  const where = `${host}:${await listening(server)}`;
  await expect(findRedis(`redis://${where}`)).rejects.toThrow(
    `the Redis at ${where} cannot be used: ${why}; look at`,
  );
});

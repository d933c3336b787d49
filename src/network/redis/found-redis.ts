/** Whether there is a Redis to measure with, and in which version. Checked before anything starts. */
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { CannotRun } from '../../base/failure.ts';
import { isWindows } from '../../base/platform.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import { authorityOf } from '../proxies/proxy.ts';
import { parseRedisUrl, type RedisAddress } from './redis-address.ts';
import { NotResp, type RespValue, readValue } from './resp.ts';

/** A program to start for the run, or one that runs already. */
export type ChosenRedis = { readonly name: string; readonly version: string } & (
  | { readonly path: string }
  | { readonly at: RedisAddress }
);

const notThere = text(
  'Redis is not installed here: `apt-get install redis-server` (or valkey-server), or say where one is: --redis PROGRAM, --redis redis://HOST:PORT',
  '이 컴퓨터에 Redis가 없습니다. `apt-get install redis-server`(또는 valkey-server)로 설치하거나 --redis 프로그램 또는 --redis redis://HOST:PORT로 어디에 있는지 적어야 합니다',
);
const doesNotStart = text(
  '--redis {path}: it does not start ({why}); write local, a program such as /usr/bin/redis-server, or redis://HOST:PORT',
  '--redis {path}: 시작되지 않습니다({why}). local, /usr/bin/redis-server 같은 프로그램, redis://HOST:PORT 가운데 하나를 적어야 합니다',
);
const onWindows = text(
  'rtcompare starts Redis on Linux and macOS only; say where one runs: --redis redis://HOST:PORT',
  'rtcompare는 Linux와 macOS에서만 Redis를 시작합니다. --redis redis://HOST:PORT로 실행 중인 곳을 적어야 합니다',
);
const notReached = text(
  'the Redis at {where} cannot be used: {why}; look at its address and password, or use --redis local',
  '{where}의 Redis를 쓸 수 없습니다: {why}. 주소와 비밀번호를 확인하거나 --redis local을 써야 합니다',
);

const programs = ['redis-server', 'valkey-server'];
/** PATH, and other folders where systems install them. */
const folders = ['', '/usr/local/bin/', '/opt/homebrew/bin/'];

/** @param typed `local`, the path of a program, or the URL of one that runs. Throws `UsageError` or `CannotRun`. */
export async function findRedis(typed: string): Promise<ChosenRedis> {
  if (typed.includes('://')) return foundAt(parseRedisUrl(typed));
  if (isWindows()) throw new CannotRun(onWindows);
  if (typed !== 'local') {
    const found = versionOf(typed);
    if (found.version !== undefined) return { name: 'redis-server', version: found.version, path: typed };
    throw new CannotRun(inEveryLanguage(doesNotStart, { path: typed, why: found.why }));
  }
  for (const name of programs)
    for (const folder of folders) {
      const path = `${folder}${name}`;
      const { version } = versionOf(path);
      if (version !== undefined) return { name, version, path };
    }
  throw new CannotRun(notThere);
}

/** Whether a local Redis is installed; for callers that can do without. */
export const isRedisHere = (): boolean =>
  programs.some((name) => folders.some((folder) => versionOf(`${folder}${name}`).version !== undefined));

type Version = { readonly version: string } | { readonly version?: undefined; readonly why: string };

function versionOf(path: string): Version {
  const { error, stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 5000 });
  const version = /v=(\d+\.\d+(\.\d+)?)/.exec(stdout ?? '')?.[1];
  if (!error && version !== undefined) return { version };
  return { why: error?.message ?? (stderr.trim().split('\n')[0] || 'it says no version') };
}

const answersWithinMs = 3000;

async function foundAt(at: RedisAddress): Promise<ChosenRedis> {
  try {
    const info = await infoOf(at);
    const version = /^(?:valkey|redis)_version:(\S+)/m.exec(info)?.[1] ?? '?';
    return { name: 'redis-server', version, at };
  } catch (error) {
    const told = { where: authorityOf(at), why: (error as Error).message };
    throw new CannotRun(inEveryLanguage(notReached, told));
  }
}

const command = (...words: string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

/** The reply to `INFO server`, after the login. */
function infoOf({ host, port, username, password }: RedisAddress): Promise<string> {
  const login = password === undefined ? '' : command('AUTH', ...(username ? [username] : []), password);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const fail = (why: string | Error) => {
      socket.destroy();
      reject(typeof why === 'string' ? new Error(why) : why);
    };
    socket.setTimeout(answersWithinMs, () => fail(`nothing within ${answersWithinMs} ms`));
    socket.once('error', fail);
    socket.once('end', () => fail('it ends the connection'));
    let heard = Buffer.alloc(0);
    socket.on('data', (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      if (heard[0] === 45) return fail(complaintIn(heard));
      const answers = answersIn(heard, login === '' ? 1 : 2);
      if (answers === undefined || heard.length > longestInfo) return fail('what answers is no Redis');
      if (answers === null) return;
      socket.end();
      resolve(String(answers.at(-1) ?? ''));
    });
    socket.write(login + command('INFO', 'server'));
  });
}

/** The replies of Redis here are some kilobytes long, in bytes; a longer one comes from another program. */
const longestInfo = 65_536;

/** The text of a RESP error, with control characters replaced, because a terminal would obey them. */
const complaintIn = (heard: Buffer): string =>
  heard
    .toString('latin1', 1, 200)
    .split('\r\n', 1)[0]
    ?.replace(/[^\x20-\x7e]/g, '?') ?? '';

/** Reads `count` replies. Null if they are not complete yet, undefined if the bytes are not RESP. */
function answersIn(bytes: Buffer, count: number): RespValue[] | null | undefined {
  const answers: RespValue[] = [];
  try {
    for (let at = 0; answers.length < count; ) {
      const read = readValue(bytes, at);
      if (!read) return null;
      answers.push(read.value);
      at = read.end;
    }
  } catch (error) {
    if (error instanceof NotResp) return undefined;
    throw error;
  }
  return answers;
}

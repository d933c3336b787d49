/**
 * The child process that runs a Redis and the relay before it. When its parent is gone, even if that was killed, it
 * ends the Redis too: process group, port and folder.
 */
import { obeyParent } from '../../base/child/inside.ts';
import { ProxyRefused, type StartedProgram, startProgram } from '../proxies/started-program.ts';
import type { RedisCommand, RedisListening, RedisStart } from './redis-command.ts';
import { redisProgram } from './redis-program.ts';
import { type StoreRelay, startStoreRelay } from './store-relay.ts';

let program: StartedProgram | undefined;
let relay: StoreRelay | undefined;
let stopping = false;

process.on('exit', () => program?.endNow());

async function start({ host, redis }: RedisStart): Promise<RedisListening> {
  if ('at' in redis) {
    relay = await startStoreRelay(redis.at, host);
    return { port: relay.port, pid: null, folder: null };
  }
  const wanted = { proxy: redisProgram, path: redis.path, flavour: 'stock', host };
  try {
    await startProgram({ ...wanted, upstream: { host, port: 0 } }, (launched) => {
      program = launched;
    });
  } catch (error) {
    if (!(error instanceof ProxyRefused)) throw error;
    return { port: 0, pid: null, folder: null, refused: error.message };
  }
  if (!program) throw new Error('Redis was not launched');
  const { pid, folder, ended } = program;
  ended.then(endedBefore);
  relay = await startStoreRelay({ host, port: program.port }, host);
  return { port: relay.port, pid, folder };
}

/** Without Redis the servers share nothing, so this process ends too, with Redis's last output. */
function endedBefore(words: string) {
  if (stopping) return;
  process.stderr.write(`${words}\n`, () => process.kill(process.pid, 'SIGTERM'));
}

obeyParent<RedisCommand>(async (command) => {
  switch (command.type) {
    case 'start':
      return start(command.options);
    case 'traffic':
      return relay?.traffic();
    case 'leave':
      return relay?.leave(command.how);
    case 'back':
      return relay?.back();
    case 'stop':
      stopping = true;
      await relay?.close();
      return program?.stop();
  }
});

/** A Redis, or a Valkey, of the run's own: nothing is kept on disk, and only this machine reaches it. */
import type { Placing, ProgramProxy } from '../proxies/proxy.ts';

const configuration = ({ listen, folder }: Placing): string => `\
bind ${listen.host}
port ${listen.port}
dir "${folder}"
save ""
appendonly no
daemonize no
loglevel warning
tcp-backlog 511
`;

/** What starts programs that are proxies starts this one, too: it leads nowhere. */
export const redisProgram = {
  kind: 'program',
  name: 'redis',
  package: 'redis-server',
  program: 'redis-server',
  version: ['--version'],
  file: 'redis.conf',
  flavours: { stock: configuration },
  run: (file) => [file],
  reload: () => [],
} as const satisfies ProgramProxy;

/** A Redis or Valkey for one run: it keeps nothing on disk, and only this machine reaches it. */
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

/** Described as a proxy, so that the same code starts it; it has no upstream. */
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

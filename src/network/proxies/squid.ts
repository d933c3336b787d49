/** Squid as a reverse proxy ("accelerator"): it forwards to its server, whatever Host says. */
import { authorityOf, type Placing, type ProgramProxy } from './proxy.ts';

/** Caches nothing, writes only to its own folder, and ends at once. */
export const alone = (folder: string): string => `\
cache deny all
pid_filename none
cache_log ${folder}/cache.log
access_log none
cache_store_log none
coredump_dir ${folder}
icon_directory ${folder}
shutdown_lifetime 0 seconds
pinger_enable off
`;

const accelerator = ({ listen, upstream, folder }: Placing): string => `\
http_port ${authorityOf(listen)} accel no-vhost defaultsite=${authorityOf(upstream)}
cache_peer ${upstream.host} parent ${upstream.port} 0 no-query originserver name=application
http_access allow all
${alone(folder)}`;

export const squid = {
  kind: 'program',
  name: 'squid',
  package: 'squid',
  program: 'squid',
  version: ['-v'],
  file: 'squid.conf',
  flavours: { accelerator },
  check: (file) => ['-k', 'parse', '-f', file],
  run: (file) => ['-N', '-f', file],
  // As `squid -k reconfigure` does.
  reload: 'SIGHUP',
} as const satisfies ProgramProxy;

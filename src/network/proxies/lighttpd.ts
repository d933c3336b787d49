/** lighttpd. `stock` is one `proxy.server`; `tuned` streams responses, and passes upgrades on too. */
import type { Placing, ProgramProxy } from './proxy.ts';

const configuration = ({ listen, upstream, folder }: Placing, more: readonly string[] = []): string => `\
server.modules = ( "mod_proxy" )
server.document-root = "${folder}"
server.bind = "${listen.host}"
server.port = ${listen.port}
server.upload-dirs = ( "${folder}" )
proxy.server = ( "" => ( ( "host" => "${upstream.host}", "port" => ${upstream.port} ) ) )
${more.join('\n')}
`;

export const lighttpd = {
  kind: 'program',
  name: 'lighttpd',
  package: 'lighttpd',
  program: 'lighttpd',
  version: ['-v'],
  file: 'lighttpd.conf',
  remedies: {
    stream: { line: 'server.stream-response-body = 2', flavour: 'tuned' },
    head: { line: 'server.stream-response-body = 2', flavour: 'tuned' },
    death: { line: 'server.stream-response-body = 2', flavour: 'tuned' },
    upgrade: { line: 'proxy.header = ( "upgrade" => "enable" )', flavour: 'tuned' },
  },
  flavours: {
    stock: (placing) => configuration(placing),
    tuned: (placing) =>
      configuration(placing, ['server.stream-response-body = 2', 'proxy.header = ( "upgrade" => "enable" )']),
  },
  check: (file) => ['-t', '-f', file],
  run: (file) => ['-D', '-f', file],
  // A graceful restart (from 1.4.46).
  reload: 'SIGUSR1',
} as const satisfies ProgramProxy;

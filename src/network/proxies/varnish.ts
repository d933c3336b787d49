/**
 * Varnish Cache, which needs a C compiler for its configuration. `stock` is one backend; `websocket` pipes requests for
 * an upgrade, as its documentation says ("Using Varnish with WebSockets").
 */
import { authorityOf, type Placing, type ProgramProxy } from './proxy.ts';

const pipe = `\
sub vcl_recv {
  if (req.http.upgrade ~ "(?i)websocket") { return (pipe); }
}
sub vcl_pipe {
  if (req.http.upgrade) {
    set bereq.http.upgrade = req.http.upgrade;
    set bereq.http.connection = req.http.connection;
  }
}
`;

const configuration = ({ upstream }: Placing, more = ''): string => `\
vcl 4.1;
backend default { .host = "${upstream.host}"; .port = "${upstream.port}"; }
${more}`;

export const varnish = {
  kind: 'program',
  name: 'varnish',
  package: 'varnish',
  program: 'varnishd',
  version: ['-V'],
  file: 'default.vcl',
  remedies: {
    upgrade: { line: 'return (pipe);', flavour: 'websocket' },
  },
  flavours: {
    stock: (placing) => configuration(placing),
    websocket: (placing) => configuration(placing, pipe),
  },
  run: (file, { listen, folder }) => [
    ...['-F', '-j', 'none', '-n', `${folder}/varnish`, '-a', authorityOf(listen)],
    ...['-f', file, '-s', 'malloc,16m', '-p', 'vcc_allow_inline_c=off'],
  ],
  reload: (file, { folder }) =>
    [
      ['vcl.load', 'anew', file],
      ['vcl.use', 'anew'],
    ].map((command) => ['varnishadm', '-n', `${folder}/varnish`, ...command]),
} as const satisfies ProgramProxy;

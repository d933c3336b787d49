/** Caddy. `stock` is one `reverse_proxy`; `flush` hands every piece on at once (`flush_interval -1`). */
import { authorityOf, type Placing, type ProgramProxy } from './proxy.ts';

const configuration = ({ listen, upstream, folder }: Placing, options = ''): string => `\
{
  admin unix//${folder}/admin.sock
  auto_https off
  storage file_system ${folder}/storage
}
http://:${listen.port} {
  bind ${listen.host}
  reverse_proxy ${authorityOf(upstream)} {
    ${options}
  }
}
`;

export const caddy = {
  kind: 'program',
  name: 'caddy',
  package: 'caddy',
  program: 'caddy',
  version: ['version'],
  file: 'Caddyfile',
  flavours: {
    stock: (placing) => configuration(placing),
    flush: (placing) => configuration(placing, 'flush_interval -1'),
  },
  remedies: {
    leaving: { line: 'reverse_proxy without flush_interval -1', flavour: 'stock' },
  },
  run: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  reload: (file) => [['caddy', 'reload', '--force', '--adapter', 'caddyfile', '--config', file]],
} as const satisfies ProgramProxy;

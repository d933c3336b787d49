/** Caddy. `stock` is one `reverse_proxy`; `flush` hands every piece on at once (`flush_interval -1`). */
import { authorityOf, type Placing, type ProgramProxy, sealOf } from './proxy.ts';

const protocols = { https: 'h1', h2: 'h1 h2', h2c: 'h1 h2c' };

function sealing(placing: Placing): string {
  const seal = sealOf(placing);
  if (!seal) return '';
  const version = `tls${seal.tlsVersion}`;
  return `tls ${seal.pem} ${seal.pem} {
    protocols ${version} ${version}
  }`;
}

const configuration = (placing: Placing, options = ''): string => {
  const { listen, upstream, folder, front } = placing;
  return `\
{
  admin unix//${folder}/admin.sock
  auto_https off
  storage file_system ${folder}/storage
  ${front ? `servers {\n    protocols ${protocols[front.over]}\n  }` : ''}
}
${sealOf(placing) ? 'https' : 'http'}://:${listen.port} {
  bind ${listen.host}
  ${sealing(placing)}
  reverse_proxy ${authorityOf(upstream)} {
    ${options}
  }
}
`;
};

export const caddy = {
  kind: 'program',
  name: 'caddy',
  package: 'caddy',
  program: 'caddy',
  version: ['version'],
  file: 'Caddyfile',
  fronts: ['https', 'h2', 'h2c'],
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

/** Apache httpd with Debian's event MPM. `stock` is one `ProxyPass`; `websocket` hands upgrades on (from 2.4.47). */
import { isHttp2 } from '../../protocols/over.ts';
import { authorityOf, type Placing, type ProgramProxy, sealOf } from './proxy.ts';

/** Where Debian keeps its modules. */
const modules = '/usr/lib/apache2/modules';
const needed = ['mpm_event', 'authz_core', 'reqtimeout', 'proxy', 'proxy_http'];

/** The modules that terminate TLS and HTTP/2, and their directives. */
const ended = (placing: Placing) => ({
  modules: [...(sealOf(placing) ? ['ssl'] : []), ...(isHttp2(placing.front?.over) ? ['http2'] : [])],
  lines: [...sealing(placing), ...spoken(placing)],
});

function sealing(placing: Placing): string[] {
  const seal = sealOf(placing);
  if (!seal) return [];
  return ['SSLEngine on', `SSLCertificateFile "${seal.pem}"`, `SSLProtocol -all +TLSv${seal.tlsVersion}`];
}

const spoken = ({ front }: Placing): string[] =>
  isHttp2(front?.over) ? [`Protocols ${front?.over} http/1.1`] : [];

const configuration = (placing: Placing, options = ''): string => {
  const { listen, upstream, folder } = placing;
  const { modules: more, lines } = ended(placing);
  return `\
ServerRoot "${folder}"
ServerName localhost
PidFile "${folder}/apache.pid"
DefaultRuntimeDir "${folder}"
ErrorLog "${folder}/error.log"
LogLevel error
${[...needed, ...more].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
Listen ${authorityOf(listen)}
Timeout 300
KeepAlive On
MaxKeepAliveRequests 100
KeepAliveTimeout 5
${lines.join('\n')}
ProxyPass / http://${authorityOf(upstream)}/${options}
ProxyPassReverse / http://${authorityOf(upstream)}/
`;
};

export const apache = {
  kind: 'program',
  name: 'apache',
  package: 'apache2',
  program: 'apache2',
  version: ['-v'],
  file: 'apache.conf',
  fronts: ['https', 'h2', 'h2c'],
  remedies: {
    upgrade: { line: 'ProxyPass … upgrade=websocket', flavour: 'websocket' },
  },
  flavours: {
    stock: (placing) => configuration(placing),
    websocket: (placing) => configuration(placing, ' upgrade=websocket'),
  },
  check: (file) => ['-t', '-f', file],
  run: (file) => ['-DFOREGROUND', '-f', file],
  // As `apachectl graceful` does.
  reload: 'SIGUSR1',
} as const satisfies ProgramProxy;

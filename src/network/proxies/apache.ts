/** Apache httpd with Debian's event MPM. `stock` is one `ProxyPass`; `websocket` hands upgrades on (from 2.4.47). */
import { authorityOf, type Placing, type ProgramProxy } from './proxy.ts';

/** Where Debian keeps its modules. */
const modules = '/usr/lib/apache2/modules';
const needed = ['mpm_event', 'authz_core', 'reqtimeout', 'proxy', 'proxy_http'];

const configuration = ({ listen, upstream, folder }: Placing, options = ''): string => `\
ServerRoot "${folder}"
ServerName localhost
PidFile "${folder}/apache.pid"
DefaultRuntimeDir "${folder}"
ErrorLog "${folder}/error.log"
LogLevel error
${needed.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
Listen ${authorityOf(listen)}
Timeout 300
KeepAlive On
MaxKeepAliveRequests 100
KeepAliveTimeout 5
ProxyPass / http://${authorityOf(upstream)}/${options}
ProxyPassReverse / http://${authorityOf(upstream)}/
`;

export const apache = {
  kind: 'program',
  name: 'apache',
  package: 'apache2',
  program: 'apache2',
  version: ['-v'],
  file: 'apache.conf',
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

/**
 * HAProxy. `stock` has the defaults of Debian's haproxy.cfg; `tuned` sends what it has at once (`http-no-delay`), ends
 * the server's response when the client has left (`abortonclose`, which has no effect in a backend), and has time-outs
 * of an hour.
 */
import { authorityOf, type Placing, type ProgramProxy, sealOf } from './proxy.ts';

/** The `bind` options: for clear text, TLS or HTTP/2. */
function bound(placing: Placing): string {
  const seal = sealOf(placing);
  if (!seal) return placing.front?.over === 'h2c' ? ' proto h2' : '';
  const version = `TLSv${seal.tlsVersion}`;
  const alpn = seal.over === 'h2' ? 'h2,http/1.1' : 'http/1.1';
  return ` ssl crt ${seal.pem} alpn ${alpn} ssl-min-ver ${version} ssl-max-ver ${version}`;
}

const configuration = (placing: Placing, defaults: readonly string[]): string => `\
global
  maxconn 8192
defaults
  mode http
  option dontlognull
  timeout connect 5000
  ${defaults.join('\n  ')}
frontend clients
  bind ${authorityOf(placing.listen)}${bound(placing)}
  default_backend application
backend application
  server application ${authorityOf(placing.upstream)}
`;

export const haproxy = {
  kind: 'program',
  name: 'haproxy',
  package: 'haproxy',
  program: 'haproxy',
  version: ['-v'],
  file: 'haproxy.cfg',
  fronts: ['https', 'h2', 'h2c'],
  remedies: {
    stream: { line: 'option http-no-delay', flavour: 'tuned' },
    head: { line: 'option http-no-delay', flavour: 'tuned' },
    idle: { line: 'timeout client 1h, timeout server 1h, timeout tunnel 1h', flavour: 'tuned' },
    leaving: { line: 'option abortonclose', flavour: 'tuned' },
  },
  flavours: {
    stock: (placing) => configuration(placing, ['timeout client 50000', 'timeout server 50000']),
    tuned: (placing) =>
      configuration(placing, [
        'option http-no-delay',
        'option abortonclose',
        'timeout client 1h',
        'timeout server 1h',
        'timeout tunnel 1h',
      ]),
  },
  check: (file) => ['-c', '-q', '-f', file],
  // With a master process, as the system service has: it takes the reload signal.
  run: (file) => ['-W', '-db', '-f', file],
  reload: 'SIGUSR2',
} as const satisfies ProgramProxy;

/**
 * nginx. `stock` is Debian's nginx.conf with one `proxy_pass`; `websocket` adds the three lines that nginx.org gives
 * for WebSockets ("WebSocket proxying"); `tuned` keeps connections to the server, buffers nothing, and has time-outs of
 * an hour.
 */
import { isHttp2 } from '../../protocols/over.ts';
import { authorityOf, type Placing, type ProgramProxy, sealOf } from './proxy.ts';

const upgrade = ['proxy_http_version 1.1;', 'proxy_set_header Upgrade $http_upgrade;'];

/** Its default folders are compiled in and belong to root, so the configuration must name others. */
const ownFolders = ({ folder }: Placing): string[] => [
  'access_log off;',
  ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  ),
];

/** Every version since 1.9.5 takes `listen … http2`; from 1.25.1 on it only warns that `http2 on` replaces it. */
function listening(placing: Placing): string[] {
  const seal = sealOf(placing);
  const spoken = `${seal ? ' ssl' : ''}${isHttp2(placing.front?.over) ? ' http2' : ''}`;
  return [
    `listen ${authorityOf(placing.listen)}${spoken};`,
    ...(seal
      ? [
          `ssl_certificate ${seal.pem};`,
          `ssl_certificate_key ${seal.pem};`,
          `ssl_protocols TLSv${seal.tlsVersion};`,
        ]
      : []),
  ];
}

const configuration = (
  placing: Placing,
  location: readonly string[],
  http: readonly string[] = [],
): string => `\
worker_processes 1;
events { worker_connections 8192; }
http {
  ${[...ownFolders(placing), ...http].join('\n  ')}
  sendfile on;
  tcp_nopush on;
  gzip on;
  server {
    ${listening(placing).join('\n    ')}
    location / {
      ${location.join('\n      ')}
    }
  }
}
`;

const straight = ({ upstream }: Placing) => `proxy_pass http://${authorityOf(upstream)};`;

export const nginx = {
  kind: 'program',
  name: 'nginx',
  package: 'nginx',
  program: 'nginx',
  version: ['-v'],
  file: 'nginx.conf',
  fronts: ['https', 'h2', 'h2c'],
  remedies: {
    stream: { line: 'proxy_buffering off;', flavour: 'tuned' },
    head: { line: 'proxy_buffering off;', flavour: 'tuned' },
    death: { line: 'proxy_http_version 1.1;', flavour: 'tuned' },
    idle: { line: 'proxy_read_timeout 1h;', flavour: 'tuned' },
    upgrade: {
      line: 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;',
      flavour: 'tuned',
    },
  },
  flavours: {
    stock: (placing) => configuration(placing, [straight(placing)]),
    websocket: (placing) =>
      configuration(placing, [straight(placing), ...upgrade, 'proxy_set_header Connection "upgrade";']),
    tuned: (placing) =>
      configuration(
        placing,
        [
          'proxy_pass http://application;',
          ...upgrade,
          'proxy_set_header Connection $connection_upgrade;',
          'proxy_set_header Host $http_host;',
          'proxy_buffering off;',
          'proxy_read_timeout 1h;',
          'proxy_send_timeout 1h;',
        ],
        [
          `upstream application { server ${authorityOf(placing.upstream)}; keepalive 64; }`,
          "map $http_upgrade $connection_upgrade { default upgrade; '' ''; }",
        ],
      ),
  },
  check: (file, { folder }) => ['-t', '-q', '-p', folder, '-e', 'stderr', '-c', file, '-g', inFront(folder)],
  // As `nginx -s reload` does.
  reload: 'SIGHUP',
  run: (file, { folder }) => ['-p', folder, '-e', 'stderr', '-c', file, '-g', inFront(folder)],
  unprivileged(text, placing) {
    const missing = ownFolders(placing).filter((line) => !text.includes(line.split(' ', 1)[0] ?? line));
    return text.replace(/\bhttp\s*\{/, (opening) => [opening, ...missing].join('\n  '));
  },
} as const satisfies ProgramProxy;

const inFront = (folder: string) => `daemon off; pid ${folder}/nginx.pid;`;

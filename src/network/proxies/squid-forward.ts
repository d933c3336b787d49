/**
 * Squid as a company's forward proxy, through which clients reach every server. `connect` uses CONNECT for everything,
 * as browsers do for TLS and WebSockets; `clear` requests clear-text HTTP in absolute form, as browsers do; `denied`
 * refuses every address; `auth` asks for a name, which its clients give, and in `auth-missing` do not.
 */
import { authorityOf, type ForwardManner, type Placing, type ProgramProxy } from './proxy.ts';
import { alone, squid } from './squid.ts';

const who = { name: 'rtcompare', password: 'rtcompare' };

const configuration = ({ listen, folder }: Placing, access: readonly string[]): string => `\
http_port ${authorityOf(listen)}
${access.join('\n')}
${alone(folder)}`;

const helper = 'credentials.sh';

const asking = (placing: Placing): string =>
  configuration(placing, [
    `auth_param basic program /bin/sh ${placing.folder}/${helper}`,
    'auth_param basic children 1',
    'auth_param basic realm company',
    'acl known proxy_auth REQUIRED',
    'http_access allow known',
    'http_access deny all',
  ]);

const open = (placing: Placing) => configuration(placing, ['http_access allow all']);

const everything: ForwardManner = { tunnels: 'all' };
const basic = `Basic ${Buffer.from(`${who.name}:${who.password}`).toString('base64')}`;

export const squidForward = {
  ...squid,
  name: 'squid-forward',
  flavours: {
    connect: open,
    clear: open,
    denied: (placing) => configuration(placing, ['http_access deny all']),
    auth: asking,
    'auth-missing': asking,
  },
  forwards: {
    connect: everything,
    clear: { tunnels: 'needed' },
    denied: everything,
    auth: { ...everything, authorization: basic },
    'auth-missing': everything,
    own: everything,
  },
  besides: {
    // Squid's authentication helper: Squid writes a line for each user, and reads OK or ERR.
    [helper]: `\
while read -r name password; do
  if [ "$name $password" = "${who.name} ${who.password}" ]; then echo OK; else echo ERR; fi
done
`,
  },
} as const satisfies ProgramProxy;

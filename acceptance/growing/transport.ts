/** A transport over protocols that are parsed already: its server, its client, and its line in the registry. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grown } from './copy.ts';

/** A POST whose answer comes in two chunks. */
const server = `
/** Smoke signals, the server's side. */
import { contentTypeOf, type Payload, paths } from '../protocols/contract.ts';
import { readMessage, routeServer } from './http-routes.ts';
import { startable } from './listening.ts';

export const server = startable({
  name: 'smoke',
  create: (behaviour, options) =>
    routeServer(
      {
        [\`POST \${paths.echo}\`](request, response) {
          readMessage(request, response, options.maxMessageBytes, (data) => {
            const send = (answer: Payload) => {
              response.writeHead(200, { 'content-type': contentTypeOf(answer) });
              response.write(Buffer.from(answer));
              response.end();
            };
            behaviour.message({ send }, data);
            if (!response.writableEnded) response.writeHead(204).end();
          });
        },
      },
      options,
    ),
  tryIt: (origin) => [\`curl -i -d hello http://\${origin}\${paths.echo}\`],
});
`;

const client = `
/** Smoke signals, the client's side. */
import { contentTypeOf, type Payload, paths } from '../protocols/contract.ts';
import { createHttpClient, createPending, payloadOf } from './http-client.ts';
import { type Connection, type ConnectOptions, type Transport, usual } from './transport.ts';

async function connect(options: ConnectOptions): Promise<Connection> {
  const httpClient = createHttpClient(options, 1);
  const pending = createPending(options);
  const exchange = async (data: Payload) => {
    const headers = { 'content-type': contentTypeOf(data) };
    const answer = await httpClient.exchange({ method: 'POST', path: paths.echo, headers, body: data });
    if (answer.status !== 200) throw new Error(\`POST answered \${answer.status}\`);
    options.onMessage(payloadOf(answer.body, answer.headers['content-type']));
  };
  return {
    send: (data) => pending.track(exchange(data)),
    quiet: pending.quiet,
    polls: () => null,
    pollGrid: null,
    close: () => httpClient.destroy(),
  };
}

export const smoke = {
  name: 'smoke',
  aliases: ['signals'],
  server: 'smoke',
  libraries: ['undici'],
  traits: {
    ...usual,
    inAll: false,
    push: false,
    pieces: false,
    roundTripsToConnect: 0,
    setupRequests: [0],
    connections: [1, 1],
    laws: [],
  },
  connect,
} satisfies Transport;
`;

const registry = 'transports/index.ts';

export const smokeSignals = {
  files: { 'servers/smoke.ts': server, 'transports/smoke.ts': client },
  lines: [
    { file: registry, before: 'import { socketIo,', line: "import { smoke } from './smoke.ts';" },
    { file: registry, before: '  http,\n', line: '  smoke,' },
  ],
};

interface Measured {
  readonly transport: string;
  readonly verdict: string;
}

/** Its books balance, and lists, weights, bytes and servers know of it. */
export const aTransportIsTwoFilesAndALine = (): boolean =>
  grown(smokeSignals, ({ folder, speak, say, told, written }) => {
    const asked = '--transport signals,ws --scenario echo --clients 2 --messages 20 --quiet --json';
    const ran = speak('en', 'run', ...asked.split(' '));
    writeFileSync(join(folder, 'run.json'), ran.stdout);
    const own = (JSON.parse(ran.stdout).trials as readonly Measured[]).filter(
      ({ transport }) => transport === 'smoke',
    );
    say(
      own.length > 0 && own.every(({ verdict }) => verdict === 'valid'),
      'its trials are valid: every byte is owned',
    );
    told('en', /^ {2}smoke +also: signals$/m, 'list');
    told('ko', /본문이 청크로 옴/, 'wire', 'smoke');
    speak('en', 'check', '--update');
    const baseline = readFileSync(join(folder, 'reports/baseline.json'), 'utf8');
    say(/"smoke"/.test(baseline), 'its weight joins the baseline');
    written('en', 'md', /^\| smoke \|/m);
    written('ko', 'html', /smoke/);
  });

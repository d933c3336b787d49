/**
 * The site of the page beside DevTools: the page's files, the socket of its figures, and everything else to the measured
 * server as if it had come to it alone, so that the rows of the Network panel are the ones of `rtcompare serve`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { listen } from '../../../servers/listening.ts';
import { type Behaviour, patient, type Server, type ServerOptions } from '../../../servers/server.ts';
import { limits } from '../../page/control-talk.ts';
import type { Guard } from '../guard.ts';
import type { PageFile } from '../page-files.ts';
import { securityHeaders } from '../page-headers.ts';

interface SiteParts {
  readonly server: Pick<Server, 'create'>;
  readonly behaviour: Behaviour;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly guard: Guard;
  readonly figures: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const options: ServerOptions = {
  // Not listened on.
  ...{ host: '127.0.0.1', port: 0 },
  ...patient,
  messageBytes: 64,
  maxMessageBytes: limits.messageBytes,
};

const figuresPath = '/figures';

/** Listens on a port that answers nobody but the relay: its own Host is not among the allowed ones. */
export async function startDevtoolsSite({ server, behaviour, files, guard, figures }: SiteParts) {
  const carrier = server.create(textual(behaviour), options);
  const site = createServer({ keepAliveTimeout: patient.keepAliveTimeoutMs }, (request, response) => {
    if (guard.refusal(request, false)) return void response.writeHead(403).end();
    const file = request.method === 'GET' ? files.get(pathOf(request)) : undefined;
    if (file) send(file, request, response);
    else carrier.emit('request', request, response);
  });
  site.on('upgrade', (request, socket, head) => {
    // Whoever resets a socket that nobody has taken over yet must not end the process.
    socket.on('error', () => socket.destroy());
    if (guard.refusal(request, true))
      return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    if (pathOf(request) === figuresPath) return figures(request, socket, head);
    // Where nobody listens for upgrades, nobody would ever answer.
    if (!carrier.emit('upgrade', request, socket, head))
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  return listen(site, { host: '127.0.0.1', port: 0, writeCostUs: 0 });
}

/** Lanes post as JSON, which a measured server takes for bytes; what somebody types here comes back as text. */
const textual = (behaviour: Behaviour): Behaviour => ({
  ...behaviour,
  message: (from, data) =>
    behaviour.message(from, typeof data === 'string' ? data : Buffer.from(data).toString()),
});

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

function send(file: PageFile, { headers }: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(200, {
      ...securityHeaders(headers.host ?? ''),
      'content-type': file.type,
      'content-length': file.bytes.length,
    })
    .end(file.bytes);
}

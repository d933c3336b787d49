/**
 * A conversation of node:http2 with itself over clear text, as a relay between the two saw it: in an order that cause and
 * effect allow, and as many bytes as its own sockets count.
 */
import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientSessionOptions,
  connect,
  createServer,
  type Http2Server,
  type ServerOptions,
} from 'node:http2';
import { type AddressInfo, createServer as createRelay, connect as dial, type Socket } from 'node:net';
import type { Script } from './bytes.ts';

interface Conversation {
  readonly server?: ServerOptions;
  readonly client?: ClientSessionOptions;
  readonly serve: (server: Http2Server) => void;
  readonly talk: (session: ClientHttp2Session) => Promise<void>;
}

export interface Recorded {
  readonly script: Script;
  /** By the socket's own count. */
  readonly up: number;
  readonly down: number;
}

export async function recordedHttp2({ server, client, serve, talk }: Conversation): Promise<Recorded> {
  const script: Script[number][] = [];
  const origin = createServer(server ?? {});
  serve(origin);
  await once(origin.listen(0, '127.0.0.1'), 'listening');
  const { port } = origin.address() as AddressInfo;
  let near: Socket | undefined;
  const relay = createRelay((socket) => {
    near = socket;
    const far = dial(port, '127.0.0.1');
    for (const [direction, from, to] of [
      ['up', socket, far],
      ['down', far, socket],
    ] as const) {
      from.on('data', (bytes) => {
        script.push([direction, bytes]);
        to.write(bytes);
      });
      from.on('end', () => to.end());
    }
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const session = connect(`http://127.0.0.1:${(relay.address() as AddressInfo).port}`, client);
  await talk(session);
  const closed = once(near!, 'close');
  session.close();
  await closed;
  relay.close();
  origin.close();
  return { script, up: near!.bytesRead, down: near!.bytesWritten };
}

/**
 * A WebSocket over HTTP/2 (RFC 8441), for libraries that know only the upgrade of HTTP/1.1: they are shown the request as
 * HTTP/1.1 would have it (§5 says which field stands for which), and the head that they answer with becomes that of the
 * stream. From then on both carry the same frames.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Duplex } from 'node:stream';

/** The extended CONNECT as an upgrade; its key is answered by nobody, because HTTP/2 has no such field. */
export function asUpgrade(request: Http2ServerRequest): IncomingMessage {
  const { url, headers, socket } = request;
  const asked = {
    ...headers,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  const known = { method: 'GET', url, headers: asked, httpVersion: '1.1', socket, connection: socket };
  return known as unknown as IncomingMessage;
}

/** Fields of the answer that are for one connection, or for the key. */
const onlyInHttp1 = ['connection', 'upgrade', 'sec-websocket-accept', 'content-length'];

const endOfHead = '\r\n\r\n';

/** The stream, which takes the head of HTTP/1.1 that is written first as its own. */
export function answeredInHttp1({ stream }: Http2ServerRequest): Duplex {
  const { write, end } = stream;
  const own = { write, end };
  const answer = (head: string) => {
    Object.assign(stream, own);
    const { status, fields } = headOf(head);
    const isAccepted = status === 101;
    if (!stream.destroyed)
      stream.respond({ ':status': isAccepted ? 200 : status, ...fields }, { endStream: !isAccepted });
  };
  // Whoever refuses ends with the head, or writes it and destroys the stream.
  return Object.assign(stream, {
    // Engine.IO looks at it before it gives up a path that is not its own.
    bytesWritten: 0,
    write(head: string | Uint8Array) {
      answer(String(head));
      return true;
    },
    end(head: string | Uint8Array = '') {
      answer(String(head));
      stream.end();
      return stream;
    },
  });
}

function headOf(text: string): { readonly status: number; readonly fields: OutgoingHttpHeaders } {
  const [statusLine = '', ...lines] = (text.split(endOfHead, 1)[0] ?? '').split('\r\n');
  const fields = lines.flatMap((line) => {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    return name === '' || onlyInHttp1.includes(name.toLowerCase()) ? [] : [[name.toLowerCase(), value]];
  });
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? 400),
    fields: Object.fromEntries(fields),
  };
}

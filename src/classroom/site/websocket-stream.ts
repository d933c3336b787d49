/**
 * A WebSocket over HTTP/2 (RFC 8441), for libraries that know only the upgrade of HTTP/1.1: they get the request as
 * HTTP/1.1 would have it (§5 says which field corresponds to which), and the head that they answer with becomes that
 * of the stream. From then on both carry the same frames.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Duplex } from 'node:stream';

/** The extended CONNECT as an upgrade. Its key is made up, and the answer to it dropped: HTTP/2 has no such field. */
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

/** Fields of the answer that are left out in HTTP/2: they concern the HTTP/1.1 connection, or the key. */
const onlyInHttp1 = ['connection', 'upgrade', 'sec-websocket-accept', 'content-length'];

const endOfHead = '\r\n\r\n';

/** The stream; the HTTP/1.1 head that is written first becomes the head of its own answer. */
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
  // A library that refuses calls `end` with the head, or writes it and destroys the stream.
  return Object.assign(stream, {
    // Engine.IO reads it before it closes a socket whose path is not its own.
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

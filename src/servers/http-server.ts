/**
 * The one place where an HTTP server is made: HTTP/1.1 or HTTP/2, in clear text or over TLS. A carrier sees the same
 * request and reply in every case.
 */
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import {
  createServer as createHttp2Server,
  createSecureServer as createSecureHttp2Server,
  type Http2Server,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import type { Server as NetServer } from 'node:net';
import { isHttp2, isSealed, onlyVersion } from '../protocols/over.ts';
import type { ServerOptions } from './server.ts';

/** What carriers need of a request: an `IncomingMessage` is one. */
export interface HttpRequest {
  readonly method?: string | undefined;
  /** The target, as sent. */
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}

/** What carriers need of a reply: a `ServerResponse` is one. */
export interface HttpReply {
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  setHeader(name: string, value: string): this;
  writeHead(status: number, headers?: OutgoingHttpHeaders): this;
  write(data: string | Uint8Array): boolean;
  end(data?: string | Uint8Array): unknown;
  /** The whole reply has been sent, or the client has gone. */
  once(event: 'close', listener: () => void): unknown;
}

export type Handle = (request: HttpRequest, reply: HttpReply) => void;

/** WebSockets over HTTP/2 use extended CONNECT (RFC 8441), which a server has to allow. */
const settings = { enableConnectProtocol: true };

/** Certificate and version of TLS; undefined for clear text. */
export const sealedBy = ({ tls }: Pick<ServerOptions, 'tls'>) =>
  tls && { key: tls.key, cert: tls.cert, ...onlyVersion(tls.version) };

export function createHttpServer(
  options: Pick<ServerOptions, 'over' | 'tls' | 'keepAliveTimeoutMs' | 'date'>,
  handle: Handle,
): NetServer {
  const { over = 'http', tls, keepAliveTimeoutMs } = options;
  const sealed = isSealed(over) ? sealedBy({ tls }) : undefined;
  if (!isHttp2(over)) {
    const kept = { keepAliveTimeout: keepAliveTimeoutMs };
    return sealed ? createSecureServer({ ...kept, ...sealed }, handle) : createServer(kept, handle);
  }
  const server = sealed ? createSecureHttp2Server({ ...sealed, settings }) : createHttp2Server({ settings });
  server.on('stream', (stream, headers) => {
    // The client reset the stream: 'close' follows and is handled.
    stream.on('error', () => {});
    if (headers[':protocol'] !== undefined) return;
    handle(
      Object.assign(stream, { method: headers[':method'], url: headers[':path'], headers }),
      replyOver(stream, dated(options)),
    );
  });
  return server;
}

/** A fixed `date` field, if one is set; otherwise Node sends the time. */
export const dated = ({ date }: Pick<ServerOptions, 'date'>): OutgoingHttpHeaders =>
  date === undefined ? {} : { date };

/** Extended CONNECT for a WebSocket, on a server of HTTP/2. */
export function onWebSocketStream(
  server: NetServer,
  accept: (stream: ServerHttp2Stream, path: string) => void,
) {
  (server as unknown as Http2Server).on('stream', (stream, headers) => {
    if (headers[':protocol'] === 'websocket') accept(stream, headers[':path'] ?? '');
  });
}

/**
 * A reply over a stream of HTTP/2. Not Node's compatible `Http2ServerResponse`, because that ends each body with an
 * extra empty frame, which costs 31 bytes over TLS.
 */
export function replyOver(stream: ServerHttp2Stream, fields: OutgoingHttpHeaders = {}): HttpReply {
  let status = 200;
  const begin = (endStream: boolean) => {
    if (!stream.headersSent && !stream.destroyed)
      stream.respond({ ':status': status, ...fields }, { endStream });
  };
  return {
    get headersSent() {
      return stream.headersSent;
    },
    get writableEnded() {
      return stream.writableEnded;
    },
    setHeader(name, value) {
      fields[name] = value;
      return this;
    },
    writeHead(code, headers = {}) {
      status = code;
      // HTTP/2 has no connection-specific fields (RFC 9113 §8.2.2).
      const { connection: _, upgrade: __, ...others } = headers;
      Object.assign(fields, others);
      return this;
    },
    write(data) {
      begin(false);
      return stream.write(data);
    },
    end(data) {
      begin(data === undefined);
      if (data === undefined) stream.end();
      else stream.end(data);
    },
    once: (event, listener) => stream.once(event, listener),
  };
}

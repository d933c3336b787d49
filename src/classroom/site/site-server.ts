/**
 * The server of an origin for browsers: HTTP/1.1 in clear text or over TLS, or HTTP/2. Beside HTTP/2 it speaks
 * HTTP/1.1 with clients that offer only that by ALPN: browsers without RFC 8441 open WebSockets that way. The
 * handlers see the same requests and upgrades in each case.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { createSecureServer as createHttp2Server, type Http2ServerRequest } from 'node:http2';
import { createServer as createSecureServer } from 'node:https';
import type { Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from '../../base/certificate.ts';
import type { KeyLog } from '../../protocols/tls/key-log.ts';
import { type HttpReply, replyOver, sealedBy } from '../../servers/http-server.ts';
import { watchUnread } from '../../servers/listening.ts';
import { patient } from '../../servers/server.ts';
import { answeredInHttp1, asUpgrade } from './websocket-stream.ts';

/** The TLS of an origin. */
export interface Seal {
  readonly over: 'https' | 'h2';
  readonly certificate: Certificate;
  /** Gets the secrets of each connection, so that the relay in front can be read. */
  readonly keyLog: Pick<KeyLog, 'add'>;
}

interface Handlers {
  readonly request: (request: IncomingMessage, reply: HttpReply) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const longestHead = 16 * 1024;
/** Streams of one HTTP/2 connection: what two tabs of a page may have open, and its files. */
const streamsPerConnection = 64;

/** WebSockets use extended CONNECT, which a server has to allow. */
const settings = {
  enableConnectProtocol: true,
  maxConcurrentStreams: streamsPerConnection,
  maxHeaderListSize: longestHead,
};

export function createSiteServer(seal: Seal | null, { request, upgrade }: Handlers): NetServer {
  const usual = { keepAliveTimeout: patient.keepAliveTimeoutMs, maxHeaderSize: longestHead };
  const onUpgrade = (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Until the upgrade is accepted no other code listens for errors: a client that resets its socket would end the
    // process.
    socket.on('error', () => socket.destroy());
    upgrade(asked, socket, head);
  };
  if (!seal) return createServer(usual, request).on('upgrade', onUpgrade);
  const { over, certificate, keyLog } = seal;
  const sealed = sealedBy({ tls: { ...certificate, version: '1.3' } });
  const server =
    over === 'https'
      ? createSecureServer({ ...usual, ...sealed }, request)
      : overHttp2(createHttp2Server({ ...usual, ...sealed, settings, allowHTTP1: true }), request, onUpgrade);
  watchSealed(server);
  server.on('keylog', (line: Buffer) => keyLog.add(line.toString('latin1')));
  return server.on('upgrade', onUpgrade);
}

/** Bytes that wait for encryption are in the queue of a TLS socket or a stream, not in that of the socket below. */
function watchSealed(server: NetServer) {
  const writers = new Set<Duplex>();
  const add = (writer: Duplex) => {
    writers.add(writer);
    writer.once('close', () => writers.delete(writer));
  };
  server.on('secureConnection', add).on('stream', add);
  const watch = watchUnread(writers);
  server.once('close', watch.stop);
}

type Http2Server = ReturnType<typeof createHttp2Server>;

function overHttp2(server: Http2Server, request: Handlers['request'], upgrade: Handlers['upgrade']) {
  const isHttp2 = (asked: IncomingMessage | Http2ServerRequest): asked is Http2ServerRequest =>
    asked.httpVersionMajor === 2;
  server.on('request', (asked: IncomingMessage | Http2ServerRequest, response: unknown) => {
    if (!isHttp2(asked)) return request(asked, response as HttpReply);
    request(named(asked) as unknown as IncomingMessage, replyOver(asked.stream));
  });
  server.on('connect', (asked: IncomingMessage | Http2ServerRequest, socket: unknown) => {
    // A CONNECT of HTTP/1.1 is a request to a proxy.
    if (!isHttp2(asked)) return void (socket as Duplex).destroy();
    if (asked.headers[':protocol'] !== 'websocket') return void replyOver(asked.stream).writeHead(405).end();
    upgrade(asUpgrade(named(asked)), answeredInHttp1(asked), Buffer.alloc(0));
  });
  return server;
}

/** Sets `Host` from HTTP/2's `:authority` (RFC 9113 §8.3.1). */
function named(asked: Http2ServerRequest): Http2ServerRequest {
  asked.headers.host ??= asked.authority;
  return asked;
}

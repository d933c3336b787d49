/**
 * The HTTP client over HTTP/2 (RFC 9113): all requests of a simulated client are streams of one connection, as in a
 * browser. It uses Node's own client, because undici 7 opens one stream at a time.
 */
import type { OutgoingHttpHeaders } from 'node:http';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type Settings,
} from 'node:http2';
import { Duplex } from 'node:stream';
import { byteLength } from '../protocols/contract.ts';
import type { Dialer } from '../tap/dialer.ts';
import { type ClientRequest, type HttpAnswer, type HttpClient, HttpLost, kindOf } from './http-exchange.ts';
import { headersFor } from './recorded-heads.ts';
import { type ConnectOptions, originUrl } from './transport.ts';

/** One user's handle on the connection that all parts of a client share. */
export interface SharedSession {
  /** Opens a stream; dials a new connection if the last one has ended. */
  open(headers: OutgoingHttpHeaders, options?: { readonly endStream: boolean }): ClientHttp2Stream;
  /** Resolves when the server's settings allow extended CONNECT (RFC 8441 §3); rejects if they do not. */
  allowsConnect(): Promise<void>;
  /** Stops using the connection; it is closed when its last user leaves. */
  leave(): Promise<void>;
}

/** The server does not allow extended CONNECT, so no WebSocket can be opened there. */
export class NoExtendedConnect extends Error {
  constructor() {
    super('the server does not take extended CONNECT (RFC 8441)');
  }
}

interface Shared {
  session: ClientHttp2Session;
  users: number;
}

const connections = new WeakMap<Dialer, Shared>();

export function joinSession(options: ConnectOptions): SharedSession {
  const { dialer } = options;
  const shared = connections.get(dialer) ?? { session: openSession(options), users: 0 };
  connections.set(dialer, shared);
  shared.users++;
  const standing = () => {
    if (shared.session.closed || shared.session.destroyed) shared.session = openSession(options);
    return shared.session;
  };
  let hasLeft = false;
  return {
    open: (headers, streamOptions) => standing().request(headers, streamOptions),
    async allowsConnect() {
      const session = standing();
      const { enableConnectProtocol } = await settingsOf(session);
      if (!enableConnectProtocol) throw new NoExtendedConnect();
    },
    async leave() {
      if (hasLeft) return;
      hasLeft = true;
      if (--shared.users > 0) return;
      connections.delete(dialer);
      const { session } = shared;
      if (session.destroyed) return;
      await new Promise<void>((resolve) => {
        session.once('close', resolve);
        session.close();
      });
    },
  };
}

const openSession = (options: ConnectOptions): ClientHttp2Session => {
  const { dialer } = options;
  const session = connect(originUrl('http', options), {
    createConnection() {
      const socket = dialer.dial('h2');
      // Given a socket with a handle, Node would read and write past the tap.
      return dialer.isSealed ? socket : Duplex.from({ readable: socket, writable: socket });
    },
  });
  // Each open stream gets the error, too.
  session.on('error', () => {});
  return session;
};

const knownSettings = new WeakMap<ClientHttp2Session, Settings>();

/** Resolves with the server's settings once they have arrived. */
async function settingsOf(session: ClientHttp2Session): Promise<Settings> {
  const known = knownSettings.get(session);
  if (known) return known;
  return await new Promise<Settings>((resolve, reject) => {
    session.once('remoteSettings', (settings) => {
      knownSettings.set(session, settings);
      resolve(settings);
    });
    session.once('error', reject);
    session.once('close', () => reject(new HttpLost(undefined)));
  });
}

export function createHttp2Client(options: ConnectOptions, answerWithinMs: number): HttpClient {
  const open = new Set<ClientHttp2Stream>();
  const session = joinSession(options);
  let hasLeft = false;
  /** Not `HttpLost` once this client has left: the mailbox client would retry. */
  const lost = (stream: ClientHttp2Stream) =>
    hasLeft ? new Error('the client has left') : new HttpLost(stream.errored ?? undefined);
  const ask = (request: ClientRequest): ClientHttp2Stream => {
    const { method, path, headers = {}, body } = request;
    if (hasLeft) throw new Error('the client has left');
    const length = body === undefined ? {} : { 'content-length': byteLength(body) };
    const stream = session.open(
      {
        ':method': method,
        ':path': path,
        ...headersFor(options, kindOf(request)),
        ...headers,
        ...length,
      },
      { endStream: body === undefined },
    );
    open.add(stream);
    stream.once('close', () => open.delete(stream));
    // The caller gets the error through the head or the end.
    stream.on('error', () => {});
    stream.setTimeout(answerWithinMs, () => stream.close(constants.NGHTTP2_CANCEL));
    stream.once('response', () => stream.setTimeout(0));
    if (body !== undefined) stream.end(body);
    return stream;
  };
  return {
    async request(request) {
      const stream = ask(request);
      return { statusCode: await headOf(stream), body: stream };
    },
    async stream(request, { signal, onHead, onBytes }) {
      const stream = ask(request);
      const breakOff = () => stream.close(constants.NGHTTP2_CANCEL);
      if (signal.aborted) breakOff();
      else signal.addEventListener('abort', breakOff, { once: true });
      try {
        stream.once('response', (headers) =>
          onHead(Number(headers[':status']), headers as HttpAnswer['headers']),
        );
        stream.on('data', onBytes);
        await endOf(stream, lost);
        signal.throwIfAborted();
      } finally {
        signal.removeEventListener('abort', breakOff);
      }
    },
    async exchange(request) {
      const stream = ask(request);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      let head: Pick<HttpAnswer, 'status' | 'headers'> | undefined;
      stream.once('response', (headers) => {
        head = { status: Number(headers[':status']), headers: headers as HttpAnswer['headers'] };
      });
      await endOf(stream, lost);
      if (!head) throw lost(stream);
      return { ...head, body: Buffer.concat(chunks) };
    },
    async destroy() {
      hasLeft = true;
      for (const stream of open) stream.close(constants.NGHTTP2_CANCEL);
      await session.leave();
    },
  };
}

/** Status of the response, once its head has arrived. */
export const headOf = (stream: ClientHttp2Stream) =>
  new Promise<number>((resolve, reject) => {
    stream.once('response', (headers) => resolve(Number(headers[':status'])));
    stream.once('close', () => reject(new HttpLost(stream.errored ?? undefined)));
  });

/** Resolves when the last byte has arrived; rejects if the stream ended in any other way. */
const endOf = (stream: ClientHttp2Stream, lost: (stream: ClientHttp2Stream) => Error) =>
  new Promise<void>((resolve, reject) => {
    let isWhole = false;
    stream.once('end', () => {
      isWhole = stream.rstCode === constants.NGHTTP2_NO_ERROR;
    });
    stream.once('close', () => (isWhole ? resolve() : reject(lost(stream))));
  });

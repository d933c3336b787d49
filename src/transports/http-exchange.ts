/** What transports need of an HTTP client, of either version. */
import type { Payload } from '../protocols/contract.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

export interface ClientRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Payload;
}

/** The kind of browser request that this one is like: a script's `fetch`, or an EventSource. */
export const kindOf = ({ method, headers }: ClientRequest): 'GET' | 'POST' | 'EventSource' =>
  headers?.accept === 'text/event-stream' ? 'EventSource' : method;

/** The connection ended before the response was complete: a caller whose request is idempotent may retry. */
export class HttpLost extends Error {
  /** The system's error code, if there was one. */
  readonly code: string | undefined;

  constructor(cause: NodeJS.ErrnoException | undefined) {
    super(cause?.message ?? 'the connection ended before its answer', { cause });
    this.code = cause?.code;
  }
}

/** Takes a response as it arrives, and may abort it: over HTTP/1.1 that closes its connection. */
export interface Taker {
  readonly signal: AbortSignal;
  onHead(status: number, headers: HttpAnswer['headers']): void;
  onBytes(bytes: Buffer): void;
}

export interface HttpClient {
  /** Resolves with the head; the body is a stream that the caller reads. */
  request(
    request: ClientRequest,
  ): Promise<{ readonly statusCode: number; readonly body: AsyncIterable<Buffer> }>;
  /** One request, its response as it arrives; resolves at its end. */
  stream(request: ClientRequest, taker: Taker): Promise<void>;
  /** One request, its whole response. Rejects with `HttpLost` if the connection ended before. */
  exchange(request: ClientRequest): Promise<HttpAnswer>;
  /** Ends at once; a request still under way fails. */
  destroy(): Promise<void>;
}

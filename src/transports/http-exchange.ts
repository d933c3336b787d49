/** What transports ask of an HTTP client, whichever version it speaks. */
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

/** What asks so in a browser: a script's `fetch`, or an EventSource. */
export const kindOf = ({ method, headers }: ClientRequest): 'GET' | 'POST' | 'EventSource' =>
  headers?.accept === 'text/event-stream' ? 'EventSource' : method;

/** The connection ended before the answer had: somebody who may ask again can do so. */
export class HttpLost extends Error {
  /** The system's, where it had one. */
  readonly code: string | undefined;

  constructor(cause: NodeJS.ErrnoException | undefined) {
    super(cause?.message ?? 'the connection ended before its answer', { cause });
    this.code = cause?.code;
  }
}

/** Takes an answer as it comes, and may break it off: that closes its connection. */
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
  /** One request, its answer as it comes; resolves at its end. */
  stream(request: ClientRequest, taker: Taker): Promise<void>;
  /** One request, its whole answer. Rejects with `HttpLost` where the connection ended before. */
  exchange(request: ClientRequest): Promise<HttpAnswer>;
  /** Ends at once; a request still under way fails. */
  destroy(): Promise<void>;
}

/**
 * A tapped socket to a forward proxy that first asks for a tunnel (CONNECT, RFC 9110 §9.3.6). The code that uses it
 * does not notice: the socket is `connecting` until the tunnel stands, and fails if the proxy refuses. The CONNECT
 * request and its response are on the tape like all other bytes.
 */
import { type SeenBytes, TappedSocket } from './tap.ts';

/** A forward proxy refused a tunnel. */
export class TunnelRefused extends Error {
  /** Status and reason, such as `403 Forbidden`; empty if it closed the connection. */
  readonly answer: string;

  constructor(answer: string) {
    super(`the forward proxy refused the tunnel (${answer || 'it hung up'})`);
    this.answer = answer;
  }
}

/** Where a tunnel leads, and the client's credentials. */
export interface TunnelRequest {
  /** Host and port as in a URL: `127.0.0.1:8080`. */
  readonly authority: string;
  /** Value of Proxy-Authorization (RFC 9110 §11.7.2). */
  readonly authorization?: string | undefined;
}

const requestFor = ({ authority, authorization }: TunnelRequest): Buffer =>
  Buffer.from(
    [
      `CONNECT ${authority} HTTP/1.1`,
      `Host: ${authority}`,
      ...(authorization === undefined ? [] : [`Proxy-Authorization: ${authorization}`]),
      '\r\n',
    ].join('\r\n'),
    'latin1',
  );

const headEnd = Buffer.from('\r\n\r\n');

/** Node's own property, which its types declare read-only. */
type Connecting = { connecting: boolean };

export class TunnelSocket extends TappedSocket {
  readonly #request: TunnelRequest;
  readonly #standing: () => void;
  #state: 'dialling' | 'asking' | 'refused' | 'open' = 'dialling';
  #answer = Buffer.alloc(0);

  /** @param standing called when the TCP connection to the proxy stands, before the socket emits 'connect'. */
  constructor(seen: SeenBytes, request: TunnelRequest, standing: () => void) {
    super(seen);
    this.#request = request;
    this.#standing = standing;
  }

  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (this.#state === 'open' || (event !== 'connect' && event !== 'ready'))
      return super.emit(event, ...values);
    if (event === 'connect' && this.#state === 'dialling') this.#ask();
    return true;
  }

  #ask() {
    this.#state = 'asking';
    this.#standing();
    this.writeAhead(requestFor(this.#request));
    // The user of the socket does not read yet, so reading the proxy's response is started here.
    this._read(0);
    (this as Connecting).connecting = true;
  }

  protected override handOn(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (this.#state === 'open') return super.handOn(chunk, encoding);
    if (chunk instanceof Uint8Array) this.#hear(chunk);
    else this.#refuse();
    return true;
  }

  #hear(chunk: Uint8Array) {
    this.#answer = Buffer.concat([this.#answer, chunk]);
    const end = this.#answer.indexOf(headEnd);
    if (end < 0) return;
    const head = this.#answer.toString('latin1', 0, end);
    const rest = this.#answer.subarray(end + headEnd.length);
    if (/^HTTP\/1\.\d 2\d\d/.test(head)) return this.#open(rest);
    // Waits for the body of the refusal, so that the whole response is on the tape.
    const bodyBytes = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
    this.#state = 'refused';
    if (rest.length >= bodyBytes) this.#refuse();
  }

  #open(rest: Uint8Array) {
    this.#state = 'open';
    this.#answer = Buffer.alloc(0);
    (this as Connecting).connecting = false;
    super.emit('connect');
    super.emit('ready');
    if (rest.length > 0) super.handOn(rest);
  }

  #refuse() {
    this.#state = 'refused';
    const [line = ''] = this.#answer.toString('latin1').split('\r\n', 1);
    this.destroy(new TunnelRefused(line.replace(/^HTTP\/1\.\d /, '')));
  }
}

/**
 * The tap: a TCP socket that reports what passes through it. It sits on the client, where sockets are made: a
 * server-side tap would miss what Node's HTTP parser reads straight from the handle.
 *
 * It must not know what the bytes mean, and must not touch them.
 */
import { Socket } from 'node:net';
import type { Direction } from './span.ts';

type Seen = (direction: Direction, bytes: Uint8Array) => void;

export class TappedSocket extends Socket {
  readonly #seen: Seen;

  constructor(seen: Seen) {
    super();
    this.#seen = seen;
  }

  /** Node pushes every chunk it reads from the kernel into the stream exactly once. */
  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk instanceof Uint8Array) this.#seen('down', chunk);
    return super.push(chunk, encoding);
  }

  override _write(
    chunk: string | Uint8Array,
    encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ) {
    this.#written([{ chunk, encoding }]);
    super._write(chunk, encoding, done);
  }

  /** Corked writes arrive together and leave in one system call. */
  override _writev(
    chunks: { chunk: string | Uint8Array; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ) {
    this.#written(chunks);
    super._writev?.(chunks, done);
  }

  #written(chunks: { chunk: string | Uint8Array; encoding: BufferEncoding }[]) {
    const note = () => {
      for (const { chunk, encoding } of chunks) {
        this.#seen('up', typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
      }
    };
    // Node holds back what is written before the connection stands, and drops it if it never does.
    if (this.connecting) this.once('connect', note);
    else note();
  }
}

/**
 * The tap: a TCP socket that reports the bytes that pass through it. It sits on the client, where sockets are made: a
 * server-side tap would miss what Node's HTTP parser reads directly from the handle.
 *
 * It must not interpret or change the bytes.
 */
import { Socket } from 'node:net';
import type { Direction } from '../wire/span.ts';

/** @param continues whether they left in the same system call as the bytes before. */
export type SeenBytes = (direction: Direction, bytes: Uint8Array, continues: boolean) => void;
type Written = { chunk: string | Uint8Array; encoding: BufferEncoding };
/** Node's internals, which its types leave out. */
type Handle = { reading: boolean; readStop(): void };
type Done = (error?: Error | null) => void;

export class TappedSocket extends Socket {
  readonly #seen: SeenBytes;
  /** Bytes written and filed so far. */
  #noted = 0;
  #isDeaf = false;
  /** Written before the socket was connected. */
  #early: [bytes: Uint8Array, continues: boolean][] | null = null;

  constructor(seen: SeenBytes) {
    super();
    this.#seen = seen;
  }

  /** Reads nothing from the kernel until `readOn`: the buffers of both ends fill up, and then the sender waits. */
  stopReading() {
    this.#isDeaf = true;
    const { _handle: handle } = this as unknown as { _handle: Handle | null };
    handle?.readStop();
    if (handle) handle.reading = false;
  }

  readOn() {
    this.#isDeaf = false;
    super._read(0);
  }

  /** Called by the stream when its reader wants data; ignored while reading is stopped. */
  override _read(size: number) {
    if (!this.#isDeaf) super._read(size);
  }

  /** Node pushes every chunk it reads from the kernel into the stream exactly once. */
  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk instanceof Uint8Array) this.#seen('down', chunk, false);
    return this.handOn(chunk, encoding);
  }

  /** Passes a chunk to the code that reads from this socket. */
  protected handOn(chunk: unknown, encoding?: BufferEncoding): boolean {
    return super.push(chunk, encoding);
  }

  /** Writes before everything that waits to be written. */
  protected writeAhead(bytes: Uint8Array) {
    // Node's name for the encoding of bytes.
    super._write(bytes, 'buffer' as BufferEncoding, () => {});
    this.#note(bytes, false);
  }

  override _write(chunk: string | Uint8Array, encoding: BufferEncoding, done: Done) {
    super._write(chunk, encoding, done);
    this.#written(chunk, encoding, false);
  }

  /** Corked writes arrive together and leave in one system call. */
  override _writev(chunks: Written[], done: Done) {
    // Node overwrites the array's entries with bare buffers.
    const kept = [...chunks];
    super._writev?.(chunks, done);
    kept.forEach(({ chunk, encoding }, index) => {
      this.#written(chunk, encoding, index > 0);
    });
  }

  #written(chunk: string | Uint8Array, encoding: BufferEncoding, continues: boolean) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    // Node holds back what is written before the socket is connected, and drops it if it never is.
    if (this.connecting) {
      if (!this.#early) this.once('connect', () => this.#noteEarly());
      this.#early ??= [];
      this.#early.push([bytes, continues]);
      return;
    }
    // Node may make the next write before it emits 'connect' to our listener.
    this.#noteEarly();
    this.#note(bytes, continues);
  }

  #noteEarly() {
    const early = this.#early;
    this.#early = null;
    for (const [bytes, continues] of early ?? []) this.#note(bytes, continues);
  }

  /** Reports only what the kernel took: a write to a connection that was reset fails as a whole, and does not count. */
  #note(bytes: Uint8Array, continues: boolean) {
    const taken = (this as unknown as { _bytesDispatched: number })._bytesDispatched;
    if (this.#noted + bytes.byteLength > taken) return;
    this.#noted += bytes.byteLength;
    this.#seen('up', bytes, continues);
  }
}

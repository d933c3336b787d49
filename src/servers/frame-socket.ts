/**
 * A WebSocket over a stream of HTTP/2 (RFC 8441). `ws` cannot open one there, but its Receiver and Sender of frames
 * work over any stream. This joins the two, for servers and for clients, with the interface of `ws`.
 */
import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { WsFrames } from '../base/libraries.ts';

interface FrameEvents {
  message: [data: Buffer, isBinary: boolean];
  close: [];
  error: [Error];
}

export interface FrameSocket extends EventEmitter<FrameEvents> {
  /** The numbers of the WebSocket API: 1 is open, 2 closing, 3 closed. */
  readonly readyState: 1 | 2 | 3;
  send(data: string | Uint8Array, options?: { readonly binary: boolean }): void;
  ping(): void;
  /** Sends a Close frame; the connection ends when the other side has sent one too. */
  close(code?: number): void;
  terminate(): void;
}

const normal = 1000;
/** Stands for a Close without a code, and is never sent (RFC 6455 §7.1.5). */
const noStatus = 1005;

/** @param side a client masks its frames (RFC 6455 §5.1). */
export function frameSocket(
  { Receiver, Sender }: WsFrames,
  stream: Duplex,
  { side, mostBytes }: { readonly side: 'client' | 'server'; readonly mostBytes: number },
): FrameSocket {
  const mask = side === 'client';
  const sender = new Sender(stream);
  const receiver = new Receiver({ isServer: side === 'server', maxPayload: mostBytes });
  let saidClose = false;
  const close = (code = normal) => {
    if (saidClose || stream.destroyed) return;
    saidClose = true;
    sender.close(code, '', mask);
  };
  const socket = Object.defineProperty(
    Object.assign(new EventEmitter<FrameEvents>(), {
      send(data: string | Uint8Array, { binary } = { binary: typeof data !== 'string' }) {
        if (!stream.destroyed) sender.send(data, { binary, mask, fin: true, compress: false });
      },
      ping: () => sender.ping('', mask),
      close,
      terminate: () => void stream.destroy(),
    }),
    'readyState',
    { get: () => (stream.destroyed ? 3 : saidClose ? 2 : 1) },
  ) as FrameSocket;
  receiver.on('message', (data: Buffer, isBinary: boolean) => socket.emit('message', data, isBinary));
  receiver.on('ping', (data: Buffer) => sender.pong(data, mask));
  receiver.on('conclude', (code: number) => {
    close(code === noStatus ? normal : code);
    stream.end();
  });
  receiver.on('error', () => stream.destroy());
  stream.on('error', () => {});
  stream.once('close', () => socket.emit('close'));
  stream.pipe(receiver);
  return socket;
}

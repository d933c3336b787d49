/**
 * A request on a bare socket, to see the endings that an HTTP client hides: FIN, RST, a Close frame, an end that looks
 * whole.
 */
import { connect } from 'node:net';
import { authorityOf } from '../../network/proxies/proxy.ts';
import type { Address } from '../../target/target.ts';

export interface RawEnd {
  readonly how: 'FIN' | 'RST';
  readonly atMs: number;
}

export interface RawSocket {
  /** Everything that arrived, one character a byte. */
  said(): string;
  /** Undefined while it is open. */
  end(): RawEnd | undefined;
  /** When the last byte came. */
  heardMs(): number;
  send(bytes: Buffer): void;
  destroy(): void;
}

export function rawAsk(front: Address, path: string, fields: readonly string[] = []): RawSocket {
  const socket = connect(front);
  let said = '';
  let heardMs = 0;
  let end: RawEnd | undefined;
  const over = (how: RawEnd['how']) => {
    end ??= { how, atMs: performance.now() };
  };
  socket.setNoDelay(true);
  socket.on('data', (bytes) => {
    said += bytes.toString('latin1');
    heardMs = performance.now();
  });
  socket.on('end', () => over('FIN'));
  socket.on('error', () => over('RST'));
  const head = [`GET ${path} HTTP/1.1`, `Host: ${authorityOf(front)}`, 'Accept: */*', ...fields];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return {
    said: () => said,
    end: () => end,
    heardMs: () => heardMs,
    send: (bytes) => void socket.write(bytes),
    destroy() {
      over('FIN');
      socket.destroy();
    },
  };
}

/** The key is the example of RFC 6455 §1.2: a server cannot tell that it is not random. */
export const upgradeFields = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** A client's frame without content: the mask is there, although nothing is masked (RFC 6455 §5.2). */
export const emptyFrame = (opcode: number): Buffer => Buffer.from([0x80 | opcode, 0x80, 0, 0, 0, 0]);
export const opcodes = { close: 0x8, ping: 0x9, pong: 0xa } as const;

export const statusOf = (said: string): number | null => {
  const found = /^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1];
  return found === undefined ? null : Number(found);
};

/** Behind the head. */
export const bodyOf = (said: string): string => said.split('\r\n\r\n').slice(1).join('\r\n\r\n');

/** Whether an answer that was cut off looks complete: it has its last chunk, or nothing that could show the cut. */
export function looksWhole(said: string): boolean {
  const [head = ''] = said.split('\r\n\r\n', 1);
  if (/^transfer-encoding:.*chunked/im.test(head)) return said.endsWith('0\r\n\r\n');
  return !/^content-length:/im.test(head);
}

interface Frame {
  readonly opcode: number;
  readonly payload: string;
}

/** Of a server: unmasked, and short (RFC 6455 §5.2). */
function framesOf(body: string): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 2 <= body.length; ) {
    const length = body.charCodeAt(at + 1) & 0x7f;
    frames.push({ opcode: body.charCodeAt(at) & 0x0f, payload: body.slice(at + 2, at + 2 + length) });
    at += 2 + length;
  }
  return frames;
}

/** The code of the Close frame among these bytes, 1005 where it says none (RFC 6455 §7.1.5); undefined where there is none. */
export function closeCodeOf(body: string): number | undefined {
  const close = framesOf(body).find(({ opcode }) => opcode === opcodes.close);
  if (!close) return undefined;
  return close.payload.length < 2 ? 1005 : close.payload.charCodeAt(0) * 256 + close.payload.charCodeAt(1);
}

export const pingsIn = (body: string): number =>
  framesOf(body).filter(({ opcode }) => opcode === opcodes.ping).length;

/** Captures of WebSocket messages, by turns from clients, masked, and from the server, on ten connections. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { constants, createDeflateRaw } from 'node:zlib';
import { pcapHeader, pcapTrial, serverPorts } from '../../src/report/skins/pcap.ts';

const connections = 10;
const betweenNs = 10_000;

type Direction = 'up' | 'down';

const handshakeOf = (extension: string): Record<Direction, string> => ({
  up: `GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${extension}\r\n`,
  down: `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n${extension}\r\n`,
});

/** A mask of zeros leaves the payload as it is. */
function frameOf(first: number, payload: Buffer, direction: Direction): Buffer {
  const { length } = payload;
  const [short = 0, ...long] = length < 126 ? [length] : [126, length >> 8, length & 0xff];
  const mask = direction === 'up' ? [0, 0, 0, 0] : [];
  return Buffer.concat([
    Buffer.from([first, mask.length > 0 ? 0x80 | short : short, ...long, ...mask]),
    payload,
  ]);
}

const blockBytes = 1024 * 1024;

function capture(path: string, extension = '') {
  const file = openSync(path, 'w');
  let block: Buffer[] = [];
  let bytes = 0;
  const flush = () => {
    writeSync(file, Buffer.concat(block));
    [block, bytes] = [[], 0];
  };
  const write = (packet: Buffer) => {
    block.push(packet);
    bytes += packet.length;
    if (bytes > blockBytes) flush();
  };
  write(pcapHeader());
  const trial = pcapTrial(0, serverPorts.clear, write);
  const handshake = handshakeOf(extension);
  for (let connection = 0; connection < connections; connection++)
    for (const direction of ['up', 'down'] as const)
      trial.add({ at: 0, connection, direction, bytes: Buffer.from(handshake[direction]) });
  return {
    add(message: number, { connection, direction }: Place, frame: Buffer) {
      trial.add({ at: message * betweenNs, connection, direction, bytes: frame });
    },
    end() {
      trial.end();
      flush();
      closeSync(file);
    },
  };
}

interface Place {
  readonly connection: number;
  readonly direction: Direction;
}

const placeOf = (message: number): Place => ({
  connection: Math.floor(message / 2) % connections,
  direction: message % 2 === 0 ? 'up' : 'down',
});

/** Writes the same message repeatedly. */
export function writeMessages(path: string, messages: number, size: number): void {
  const payload = Buffer.alloc(size, 'a');
  const frames = { up: frameOf(0x81, payload, 'up'), down: frameOf(0x81, payload, 'down') };
  const file = capture(path);
  for (let message = 0; message < messages; message++) {
    const place = placeOf(message);
    file.add(message, place, frames[place.direction]);
  }
  file.end();
}

/** Messages of a chat under permessage-deflate, each compressed with the context of those before it. */
export async function writeDeflated(path: string, messages: number): Promise<void> {
  const deflates = Array.from({ length: connections }, () => ({
    up: createDeflater(),
    down: createDeflater(),
  }));
  const file = capture(path, 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
  for (let message = 0; message < messages; message++) {
    const place = placeOf(message);
    const said = {
      id: message,
      user: `user-${(message * 7919) % 1000}`,
      text: `hello, this is number ${(message * 104_729) % 100_003}`,
      at: 1_700_000_000_000 + message * 13,
    };
    const deflated = await deflates[place.connection]?.[place.direction](Buffer.from(JSON.stringify(said)));
    if (deflated) file.add(message, place, frameOf(0xc1, deflated, place.direction));
  }
  file.end();
}

/** RFC 7692 §7.2.1: flushed, and without the four bytes at the end of the flush. */
function createDeflater(): (clear: Buffer) => Promise<Buffer> {
  const stream = createDeflateRaw();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => void pieces.push(piece));
  return async (clear) => {
    stream.write(clear);
    await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, resolve));
    return Buffer.concat(pieces.splice(0)).subarray(0, -4);
  };
}

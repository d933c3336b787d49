/**
 * The least a program can do with `socket.io-client`: a client that polls first over kept-alive connections, as a
 * browser does, and has upgraded to a WebSocket.
 */
import { Agent } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import { connectionsPerOrigin } from '../src/tap/dialer.ts';
import type { Address } from './echo-variants.ts';

export async function openSocketIo({ host, port }: Address): Promise<Socket> {
  const socket = io(`http://${host}:${port}`, {
    forceNew: true,
    // Without an agent Node's client would send `Connection: close`, unlike browsers. The library's type is a string.
    agent: new Agent({ keepAlive: true, maxSockets: connectionsPerOrigin }) as unknown as string,
    perMessageDeflate: { threshold: Number.MAX_SAFE_INTEGER },
  });
  const connected = new Promise<void>((resolve) => socket.once('connect', resolve));
  await new Promise<void>((resolve) =>
    socket.io.once('open', () => socket.io.engine.once('upgrade', () => resolve())),
  );
  await connected;
  return socket;
}

/**
 * How a probe knows that something did *not* arrive, without waiting for it: the server then sends every client a
 * fence, and messages on one connection stay in order.
 */
import type { Socket } from 'socket.io-client';
import { patienceMs, withinMs } from './serving.ts';

/** What a client hears under these names, until the fence. */
export async function heardBy(socket: Socket, names: readonly string[]): Promise<[string, unknown[]][]> {
  const heard: [string, unknown[]][] = [];
  for (const name of names) socket.on(name, (...args) => heard.push([name, args]));
  await withinMs(patienceMs, new Promise((resolve) => socket.once('fence', resolve)));
  return heard;
}

/**
 * The five carriers of a room, mounted: none of them listens, the site hands each its requests and upgrades as if they
 * had come to it alone. What the page allows less of than the measured servers do, is said here in options.
 */
import type { IncomingMessage, Server as NetServer, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { serverOf } from '../../servers/index.ts';
import { type Behaviour, patient, type ServerOptions } from '../../servers/server.ts';
import { type LaneName, laneNames, limits } from '../page/control-talk.ts';
import type { Place } from './place.ts';

export interface Lanes {
  request(place: Place, request: IncomingMessage, response: ServerResponse): void;
  upgrade(place: Place, request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const options: ServerOptions = {
  // Not listened on.
  ...{ host: '127.0.0.1', port: 0 },
  ...patient,
  messageBytes: 64,
  maxMessageBytes: limits.messageBytes,
};

export async function mountLanes(behaviourOf: (lane: LaneName) => Behaviour): Promise<Lanes> {
  const mounted = new Map<LaneName, NetServer>();
  for (const lane of laneNames) {
    const server = await serverOf(lane);
    mounted.set(lane, server.create(behaviourOf(lane), options) as NetServer);
  }
  const hand = (
    event: 'request' | 'upgrade',
    { lane, target }: Place,
    request: IncomingMessage,
    rest: unknown[],
  ) => {
    request.url = target;
    return mounted.get(lane)?.emit(event, request, ...rest) === true;
  };
  return {
    request: (place, request, response) => void hand('request', place, request, [response]),
    upgrade(place, request, socket, head) {
      // Where nobody listens for upgrades, nobody would ever answer.
      if (!hand('upgrade', place, request, [socket, head]))
        socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    },
  };
}

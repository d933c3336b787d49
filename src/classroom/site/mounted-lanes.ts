/**
 * The carriers of lanes, mounted: none of them listens, the site passes each its requests and upgrades as if they had
 * come to it alone. The page's limits, narrower than those of the measured servers, are in the options here.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpReply } from '../../servers/http-server.ts';
import { serverOf } from '../../servers/index.ts';
import { type Behaviour, patient, type Server, type ServerOptions } from '../../servers/server.ts';
import { type LaneName, laneNames, limits } from '../page/control-talk.ts';
import { refuseUpgrade } from './answers.ts';

export interface Mounted {
  request(request: IncomingMessage, response: HttpReply): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export type Lanes = Readonly<Record<LaneName, Mounted>>;

const options: ServerOptions = {
  // Required, but not used: nothing listens.
  host: '127.0.0.1',
  port: 0,
  ...patient,
  messageBytes: 64,
  maxMessageBytes: limits.messageBytes,
};

export function mount(server: Pick<Server, 'create'>, behaviour: Behaviour): Mounted {
  const carrier = server.create(behaviour, options);
  return {
    request: (request, response) => void carrier.emit('request', request, response),
    upgrade(request, socket, head) {
      // A carrier without a listener for upgrades would leave the client without an answer.
      if (!carrier.emit('upgrade', request, socket, head)) refuseUpgrade(socket, 400);
    },
  };
}

export async function mountLanes(behaviourOf: (lane: LaneName) => Behaviour): Promise<Lanes> {
  const mountOne = async (lane: LaneName) => [lane, mount(await serverOf(lane), behaviourOf(lane))] as const;
  return Object.fromEntries(await Promise.all(laneNames.map(mountOne))) as Lanes;
}

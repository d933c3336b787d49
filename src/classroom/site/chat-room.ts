/**
 * The chat: one room for all transports. It is the behaviour `chat` with limits: messages that do not fit the schema,
 * and floods, are refused, and the site adds who sent a message and over which transport.
 */
import type { Clock } from '../../base/clock.ts';
import type { Payload } from '../../protocols/contract.ts';
import type { Behaviour, Peer } from '../../servers/server.ts';
import { type Heard, type LaneName, limits, type Refused } from '../page/control-talk.ts';
import { openBucket } from './bucket.ts';
import { readSaid } from './inbound.ts';

export function createChatRoom(clock: Clock) {
  const people = new Map<Peer, { readonly from: number; readonly bucket: ReturnType<typeof openBucket> }>();
  const history: Heard[] = [];
  let came = 0;
  let messages = 0;
  const refuse = (peer: Peer, refused: Refused['refused']) =>
    peer.send(JSON.stringify({ refused } satisfies Refused));
  return {
    /** The behaviour for the carrier of this lane. */
    behaviour: (via: LaneName): Behaviour => ({
      joined: (peer) => void people.set(peer, { from: ++came, bucket: openBucket(clock.now()) }),
      left: (peer) => void people.delete(peer),
      message(peer, data) {
        const person = people.get(peer);
        if (!person) return;
        const { from, bucket } = person;
        if (!bucket.take(clock.now())) return refuse(peer, 'too-fast');
        const said = readSaid(textOf(data));
        if (!said) return refuse(peer, 'not-understood');
        const heard: Heard = { id: ++messages, from, via, ...said };
        history.push(heard);
        if (history.length > limits.history) history.shift();
        const text = JSON.stringify(heard);
        for (const [other] of people) other.send(text);
      },
    }),
    history: (): readonly Heard[] => history,
  };
}

/** A page posts JSON, which arrives as bytes; over the sockets it is text. */
const textOf = (data: Payload): string => (typeof data === 'string' ? data : Buffer.from(data).toString());

/** A transport of fixed delays on any clock, with the faults a test asks for. */
import type { Clock } from '../../src/clock.ts';
import type { Payload } from '../../src/protocol.ts';
import type { Behaviour } from '../../src/servers/server.ts';
import type { Connection } from '../../src/transports/transport.ts';

interface Fake {
  upNs: number;
  downNs: number;
  /** Called with the ordinal of each message sent: whether it vanishes, or is refused at once. */
  loses?: (ordinal: number) => boolean;
  refuses?: (ordinal: number) => boolean;
}

export function fakeTransport(clock: Clock, behaviour: Behaviour, { upNs, downNs, loses, refuses }: Fake) {
  const sentAtNs: number[] = [];
  return {
    sentAtNs,
    connect(onMessage: (data: Payload) => void): Connection {
      const later = (ns: number, action: () => void) => void clock.at(clock.now() + ns, action);
      const peer = { send: (data: Payload) => later(downNs, () => onMessage(data)) };
      behaviour.joined(peer);
      return {
        async send(data) {
          const ordinal = sentAtNs.push(clock.now()) - 1;
          if (refuses?.(ordinal)) throw new Error('refused');
          if (!loses?.(ordinal)) later(upNs, () => behaviour.message(peer, data));
        },
        quiet: async () => clock.now(),
        polls: () => null,
        pollGrid: null,
        close: async () => behaviour.left(peer),
      };
    },
  };
}

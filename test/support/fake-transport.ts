/** A transport of fixed delays on any clock, with the faults a test asks for. */
import type { Clock } from '../../src/base/clock.ts';
import type { Payload } from '../../src/protocols/contract.ts';
import type { Behaviour } from '../../src/servers/server.ts';
import type { Connection } from '../../src/transports/transport.ts';

interface Fake {
  upNs: number;
  downNs: number;
  /** Called with the ordinal of each message sent: whether it vanishes, or is refused at once. */
  loses?: (ordinal: number) => boolean;
  refuses?: (ordinal: number) => boolean;
  /** It can break an answer off by closing what carries it. */
  closes?: boolean;
  /** The server keeps what it says while the client is away, which is for so long after a cut. */
  awayNs?: number;
}

export function fakeTransport(
  clock: Clock,
  behaviour: Behaviour,
  { upNs, downNs, loses, refuses, closes = false, awayNs }: Fake,
) {
  const sentAtNs: number[] = [];
  const later = (ns: number, action: () => void) => void clock.at(clock.now() + ns, action);
  /** What was on its way down, and what was said since, of a connection that was cut. */
  let missed: Payload[] | null = null;
  let cut = () => {};
  return {
    sentAtNs,
    cut: () => cut(),
    connect(onMessage: (data: Payload) => void): Connection {
      const hear = (data: Payload) => {
        if (missed) missed.push(data);
        else onMessage(data);
      };
      const peer = { send: (data: Payload) => later(downNs, () => hear(data)) };
      cut = () => {
        const kept: Payload[] = [];
        missed = kept;
        if (awayNs === undefined) return later(upNs, () => behaviour.left(peer));
        later(awayNs, () => {
          missed = null;
          kept.forEach(onMessage);
        });
      };
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
        ...(closes && { cancel: () => later(upNs, () => behaviour.left(peer)) }),
      };
    },
  };
}

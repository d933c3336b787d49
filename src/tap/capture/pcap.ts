/** libpcap's format, of either byte order, with micro- or nanoseconds (draft-ietf-opsawg-pcap). */
import { giveUp, type Parser, take } from '../../wire/reader.ts';
import { longestPacket, numbersOf, type PacketSink } from './packet.ts';

/** By how the first four bytes read, most significant first. */
const magics: Readonly<Record<string, { isLittle: boolean; nsPerFraction: number }>> = {
  a1b2c3d4: { isLittle: false, nsPerFraction: 1000 },
  d4c3b2a1: { isLittle: true, nsPerFraction: 1000 },
  a1b23c4d: { isLittle: false, nsPerFraction: 1 },
  '4d3cb2a1': { isLittle: true, nsPerFraction: 1 },
};

export const isPcap = (magic: string): boolean => Object.hasOwn(magics, magic);

/** @param magic the first four bytes in hexadecimal, which have been read. */
export function* readPcap(magic: string, sink: PacketSink): Parser {
  const { isLittle = false, nsPerFraction = 1 } = magics[magic] ?? {};
  const { u32 } = numbersOf(isLittle);
  // Above the link's 16 bits stands how long its check sequence is.
  const link = u32(yield* take(20), 16) & 0xffff;
  let first: { readonly seconds: number; readonly fraction: number } | undefined;
  for (;;) {
    const head = yield* take(16);
    const seconds = u32(head, 0);
    const fraction = u32(head, 4);
    const kept = u32(head, 8);
    const length = u32(head, 12);
    if (kept > longestPacket) return yield* giveUp('broken');
    if (!first) {
      first = { seconds, fraction };
      sink.started(seconds * 1000 + (fraction * nsPerFraction) / 1e6);
    }
    const at = (seconds - first.seconds) * 1e9 + (fraction - first.fraction) * nsPerFraction;
    sink.packet({ at, link, bytes: yield* take(kept), length });
  }
}

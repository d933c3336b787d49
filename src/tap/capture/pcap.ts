/** libpcap's format, of either byte order, with micro- or nanoseconds (draft-ietf-opsawg-pcap). */
import { longestPacket, numbersIn, type PacketSink, type ReadPackets } from './packet.ts';

/** By the first four bytes, read most significant first. */
const magics: Readonly<Record<number, { readonly isLittle: boolean; readonly nsPerFraction: number }>> = {
  2712847316: { isLittle: false, nsPerFraction: 1000 },
  3569595041: { isLittle: true, nsPerFraction: 1000 },
  2712812621: { isLittle: false, nsPerFraction: 1 },
  1295823521: { isLittle: true, nsPerFraction: 1 },
};

export const isPcap = (magic: number): boolean => Object.hasOwn(magics, magic);

const fileHeadBytes = 24;
const headBytes = 16;

export function pcapReader(magic: number, sink: PacketSink): ReadPackets {
  const { isLittle = false, nsPerFraction = 1 } = magics[magic] ?? {};
  let link: number | undefined;
  let first: { readonly seconds: number; readonly fraction: number } | undefined;
  const timeOf = (seconds: number, fraction: number): number => {
    if (!first) {
      first = { seconds, fraction };
      sink.started(seconds * 1000 + (fraction * nsPerFraction) / 1e6);
    }
    return (seconds - first.seconds) * 1e9 + (fraction - first.fraction) * nsPerFraction;
  };
  return (there) => {
    const numbers = numbersIn(there);
    let place = 0;
    if (link === undefined) {
      if (there.length < fileHeadBytes) return 0;
      // The bits above the link's 16 hold the length of the frame check sequence.
      link = numbers.getUint32(20, isLittle) & 0xffff;
      place = fileHeadBytes;
    }
    while (place + headBytes <= there.length) {
      const kept = numbers.getUint32(place + 8, isLittle);
      if (kept > longestPacket) return 'broken';
      const end = place + headBytes + kept;
      if (end > there.length) break;
      sink.packet({
        at: timeOf(numbers.getUint32(place, isLittle), numbers.getUint32(place + 4, isLittle)),
        link,
        bytes: there.subarray(place + headBytes, end),
        length: numbers.getUint32(place + 12, isLittle),
      });
      place = end;
    }
    return place;
  };
}

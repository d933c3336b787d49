/**
 * The pcapng format (draft-ietf-opsawg-pcapng): blocks, in sections that each have a byte order and interfaces of their
 * own. Of blocks without packets only an interface's count of dropped packets and TLS secrets are read.
 */
import { longestPacket, numbersIn, type PacketSink, type ReadPackets } from './packet.ts';
import { createClock, type FileClock, type Ticks } from './pcapng-clock.ts';

/** Type of a section's block, the same in either byte order. */
export const sectionType = 0x0a0d0d0a;
const byteOrderMagic = 0x1a2b3c4d;
const [interfaceType, oldPacketType, simpleType, statisticsType, packetType] = [1, 2, 3, 5, 6] as const;
/** Decryption secrets (§4.7), and their type "TLS key log". */
export const [secretsType, tlsSecrets] = [10, 0x544c534b] as const;
/** Options (§3.5, §4.2, §4.6). */
const [resolutionOption, offsetOption, dropOption] = [9, 14, 5] as const;

interface Interface extends Ticks {
  readonly link: number;
  readonly snapLength: number;
}

interface Section {
  readonly isLittle: boolean;
  readonly interfaces: Interface[];
}

export function pcapngReader(sink: PacketSink): ReadPackets {
  const clock = createClock(sink.started);
  let section: Section = { isLittle: true, interfaces: [] };
  return (there) => {
    const numbers = numbersIn(there);
    let place = 0;
    // Type and length; in a section's first block also the byte order.
    while (place + 12 <= there.length) {
      const type = numbers.getUint32(place, section.isLittle);
      if (type === sectionType) {
        const isLittle = numbers.getUint32(place + 8, true) === byteOrderMagic;
        if (numbers.getUint32(place + 8, isLittle) !== byteOrderMagic) return 'broken';
        section = { isLittle, interfaces: [] };
      }
      const length = numbers.getUint32(place + 4, section.isLittle);
      if (length < (leastBytes[type] ?? 12) || length % 4 !== 0 || length > longestPacket) return 'broken';
      if (place + length > there.length) break;
      // After the body the length is repeated.
      const body = there.subarray(place + 8, place + length - 4);
      if (!readBlock(type, body, section, clock, sink)) return 'broken';
      place += length;
    }
    return place;
  };
}

/** Minimum length of a block in bytes, by type. */
const leastBytes: Readonly<Record<number, number>> = {
  [sectionType]: 28,
  [interfaceType]: 20,
  [oldPacketType]: 32,
  [simpleType]: 16,
  [statisticsType]: 24,
  [packetType]: 32,
  [secretsType]: 20,
};

/** Returns false if a block contradicts itself. */
function readBlock(
  type: number,
  body: Buffer,
  section: Section,
  clock: FileClock,
  sink: PacketSink,
): boolean {
  const { isLittle, interfaces } = section;
  switch (type) {
    case interfaceType:
      interfaces.push(interfaceOf(body, isLittle));
      return true;
    case statisticsType:
      // Without this option the number of dropped packets is not known.
      for (const { code, value } of options(body.subarray(12), isLittle))
        if (code === dropOption) sink.dropped(Number(wide(value, isLittle)));
      return true;
    case simpleType:
      return readSimplePacket(body, section, clock, sink);
    case packetType:
    case oldPacketType:
      return readPacket(type, body, section, clock, sink);
    case secretsType:
      return readSecrets(body, isLittle, sink);
    default:
      return true;
  }
}

function readSecrets(body: Buffer, isLittle: boolean, sink: PacketSink): boolean {
  const numbers = numbersIn(body);
  const length = numbers.getUint32(4, isLittle);
  if (8 + length > body.length) return false;
  if (numbers.getUint32(0, isLittle) === tlsSecrets) sink.secrets(body.toString('latin1', 8, 8 + length));
  return true;
}

function readPacket(
  type: typeof packetType | typeof oldPacketType,
  body: Buffer,
  { isLittle, interfaces }: Section,
  clock: FileClock,
  sink: PacketSink,
): boolean {
  const numbers = numbersIn(body);
  const from =
    interfaces[type === packetType ? numbers.getUint32(0, isLittle) : numbers.getUint16(0, isLittle)];
  const kept = numbers.getUint32(12, isLittle);
  if (!from || 20 + kept > body.length) return false;
  sink.packet({
    at: clock.at(from, numbers.getUint32(4, isLittle), numbers.getUint32(8, isLittle)),
    link: from.link,
    bytes: body.subarray(20, 20 + kept),
    length: numbers.getUint32(16, isLittle),
  });
  return true;
}

/** A packet without a time, which always belongs to the first interface. */
function readSimplePacket(
  body: Buffer,
  { isLittle, interfaces: [from] }: Section,
  clock: FileClock,
  sink: PacketSink,
): boolean {
  if (!from) return false;
  const length = numbersIn(body).getUint32(0, isLittle);
  const kept = Math.min(length, from.snapLength || length, body.length - 4);
  sink.packet({ at: clock.latest(), link: from.link, bytes: body.subarray(4, 4 + kept), length });
  return true;
}

function interfaceOf(body: Buffer, isLittle: boolean): Interface {
  const numbers = numbersIn(body);
  let [unitsPerSecond, offsetSeconds] = [1_000_000n, 0n];
  for (const { code, value } of options(body.subarray(8), isLittle)) {
    const [resolution = 6] = value;
    if (code === resolutionOption)
      unitsPerSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution);
    if (code === offsetOption) offsetSeconds = BigInt.asIntN(64, wide(value, isLittle));
  }
  return {
    link: numbers.getUint16(0, isLittle),
    snapLength: numbers.getUint32(4, isLittle),
    unitsPerSecond,
    offsetSeconds,
    first: undefined,
  };
}

/** A 64-bit number; 0 if there are fewer bytes. */
const wide = (value: Buffer, isLittle: boolean): bigint =>
  value.length < 8 ? 0n : numbersIn(value).getBigUint64(0, isLittle);

function* options(bytes: Buffer, isLittle: boolean) {
  const numbers = numbersIn(bytes);
  for (let place = 0; place + 4 <= bytes.length; ) {
    const [code, length] = [numbers.getUint16(place, isLittle), numbers.getUint16(place + 2, isLittle)];
    if (code === 0) return;
    yield { code, value: bytes.subarray(place + 4, place + 4 + length) };
    place += 4 + length + (-length & 3);
  }
}

/**
 * The pcapng format (draft-ietf-opsawg-pcapng): blocks, in sections that each have a byte order and interfaces of their
 * own. Blocks that carry no packets are passed over, but for what an interface says to have dropped.
 */
import { giveUp, type Parser, take } from '../../wire/reader.ts';
import { longestPacket, type Numbers, numbersOf, type PacketSink } from './packet.ts';

export const pcapngMagic = '0a0d0d0a';

const sectionType = 0x0a0d0d0a;
const [interfaceType, oldPacketType, simpleType, statisticsType, packetType] = [1, 2, 3, 5, 6] as const;
/** Options (§3.5, §4.2, §4.6). */
const [resolutionOption, offsetOption, dropOption] = [9, 14, 5] as const;

interface Interface {
  readonly link: number;
  readonly snapLength: number;
  readonly unitsPerSecond: bigint;
  readonly offsetSeconds: bigint;
  /** Its first time, and how long after the file's first that was: differences are exact in a double, times since 1970 are not. */
  first: { readonly high: number; readonly low: number; readonly at: number } | undefined;
}

/** The type of the first block has been read. */
export function* readPcapng(sink: PacketSink): Parser {
  let numbers = numbersOf(true);
  let interfaces: Interface[] = [];
  const clock = createClock(sink);
  for (let type = sectionType; ; ) {
    if (type === sectionType) {
      const order = yield* take(8);
      const isLittle = order[4] === 0x4d;
      if (Buffer.from(order.subarray(4)).toString('hex') !== (isLittle ? '4d3c2b1a' : '1a2b3c4d'))
        return yield* giveUp('broken');
      numbers = numbersOf(isLittle);
      interfaces = [];
      const length = numbers.u32(order, 0);
      if (length < 28 || length > longestPacket) return yield* giveUp('broken');
      yield* take(length - 12);
    } else {
      const length = numbers.u32(yield* take(4), 0);
      if (length < 12 || length % 4 !== 0 || length > longestPacket) return yield* giveUp('broken');
      const body = (yield* take(length - 8)).subarray(0, length - 12);
      if (!readBlock(type, body, numbers, interfaces, clock, sink)) return yield* giveUp('broken');
    }
    type = numbers.u32(yield* take(4), 0);
  }
}

/** False where a block contradicts itself. */
function readBlock(
  type: number,
  body: Uint8Array,
  numbers: Numbers,
  interfaces: Interface[],
  clock: ReturnType<typeof createClock>,
  sink: PacketSink,
): boolean {
  const { u16, u32 } = numbers;
  if (type === interfaceType) {
    interfaces.push(interfaceOf(body, numbers));
    return true;
  }
  if (type === statisticsType) {
    // Without an option that says so nothing is known of drops.
    for (const { code, value } of options(body.subarray(12), numbers))
      if (code === dropOption) sink.dropped(wide(value, numbers));
    return true;
  }
  if (type !== packetType && type !== oldPacketType && type !== simpleType) return true;
  const from = interfaces[type === simpleType ? 0 : type === packetType ? u32(body, 0) : u16(body, 0)];
  if (!from) return false;
  if (type === simpleType) {
    const length = u32(body, 0);
    const kept = Math.min(length, from.snapLength || length, body.length - 4);
    sink.packet({ at: clock.latest(), link: from.link, bytes: body.subarray(4, 4 + kept), length });
    return true;
  }
  const kept = u32(body, 12);
  if (kept > body.length - 20) return false;
  const at = clock.at(from, u32(body, 4), u32(body, 8));
  sink.packet({ at, link: from.link, bytes: body.subarray(20, 20 + kept), length: u32(body, 16) });
  return true;
}

function interfaceOf(body: Uint8Array, numbers: Numbers): Interface {
  let [unitsPerSecond, offsetSeconds] = [1_000_000n, 0n];
  for (const { code, value } of options(body.subarray(8), numbers)) {
    const [resolution = 6] = value;
    if (code === resolutionOption)
      unitsPerSecond = resolution & 0x80 ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution);
    if (code === offsetOption) offsetSeconds = BigInt(wide(value, numbers));
  }
  const [link, snapLength] = [numbers.u16(body, 0), numbers.u32(body, 4)];
  return { link, snapLength, unitsPerSecond, offsetSeconds, first: undefined };
}

/** A number of 64 bits, whose halves stand in the writer's order. */
function wide(value: Uint8Array, { u32 }: Numbers): number {
  const isLittle = u32(new Uint8Array([1, 0, 0, 0]), 0) === 1;
  const [high, low] = isLittle ? [u32(value, 4), u32(value, 0)] : [u32(value, 0), u32(value, 4)];
  return high * 2 ** 32 + low;
}

function* options(bytes: Uint8Array, { u16 }: Numbers) {
  for (let at = 0; at + 4 <= bytes.length; ) {
    const [code, length] = [u16(bytes, at), u16(bytes, at + 2)];
    if (code === 0) return;
    yield { code, value: bytes.subarray(at + 4, at + 4 + length) };
    at += 4 + length + (-length & 3);
  }
}

/** Times of all interfaces, whatever their units, since the first packet. */
function createClock(sink: PacketSink) {
  let originNs: bigint | undefined;
  let latest = 0;
  const begin = (from: Interface, high: number, low: number) => {
    const units = (BigInt(high) << 32n) | BigInt(low);
    const ns = (units * 1_000_000_000n) / from.unitsPerSecond + from.offsetSeconds * 1_000_000_000n;
    if (originNs === undefined) sink.started(Number(ns / 1000n) / 1000);
    originNs ??= ns;
    from.first = { high, low, at: Number(ns - originNs) };
    return from.first;
  };
  return {
    at(from: Interface, high: number, low: number): number {
      const first = from.first ?? begin(from, high, low);
      const units = (high - first.high) * 2 ** 32 + (low - first.low);
      latest = first.at + (units * 1e9) / Number(from.unitsPerSecond);
      return latest;
    },
    /** Of a block that has no time. */
    latest: () => latest,
  };
}

/**
 * A capture file, as tcpdump and Wireshark write it, block by block: packets, the TCP segments in them, and what each
 * connection said in its order. Nothing of the file is kept.
 */
import type { Parser } from '../../wire/reader.ts';
import { createSource } from '../../wire/source.ts';
import type { Packet } from './packet.ts';
import { isPcap, readPcap } from './pcap.ts';
import { pcapngMagic, readPcapng } from './pcapng.ts';
import { segmentOf } from './segment.ts';
import { type CaptureListener, createConnections } from './tcp-connections.ts';

/** Whether a file begins as a capture does: four bytes are enough. */
export function isCapture(first: Uint8Array): boolean {
  const magic = hex(first.subarray(0, 4));
  return isPcap(magic) || magic === pcapngMagic;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function readCapture(port: number | null, listener: CaptureListener) {
  const connections = createConnections(port, listener);
  const seen = {
    packets: 0,
    otherPackets: 0,
    cutPackets: 0,
    cutBytes: 0,
    fragments: 0,
    droppedPackets: null as number | null,
  };
  let startedMs = 0;
  let lastAt = 0;
  let unknownLink: number | null = null;
  const packet = (one: Packet) => {
    seen.packets++;
    if (one.at > lastAt) lastAt = one.at;
    const segment = segmentOf(one);
    if (typeof segment !== 'string') {
      if (segment.cut > 0) seen.cutPackets++;
      seen.cutBytes += segment.cut;
      if (!connections.add(segment)) seen.otherPackets++;
    } else if (segment === 'fragment') seen.fragments++;
    else if (segment === 'cut') seen.cutPackets++;
    else seen.otherPackets++;
    if (segment === 'link') unknownLink ??= one.link;
  };
  const sink = {
    packet,
    started(epochMs: number) {
      startedMs = epochMs;
    },
    dropped(packets: number) {
      seen.droppedPackets = (seen.droppedPackets ?? 0) + packets;
    },
  };
  const source = createSource();
  const parser = readFile();
  let asked = parser.next();
  let isBroken = false;

  function* readFile(): Parser<void> {
    const magic = hex(yield (from) => (from.length >= 4 ? from.take(4) : undefined));
    if (magic === pcapngMagic) yield* readPcapng(sink);
    else yield* readPcap(magic, sink);
  }

  return {
    push(bytes: Uint8Array) {
      if (isBroken) return;
      source.push(bytes);
      while (!asked.done) {
        const answer = asked.value(source);
        if (answer === undefined) return;
        isBroken = typeof answer === 'string';
        if (typeof answer === 'string') return;
        asked = parser.next(answer);
      }
    },
    end() {
      connections.end();
      return {
        startedMs,
        durationNs: lastAt,
        /** Of a link that cannot be read; null where there was none. */
        unknownLink,
        /** How the file ends: in the middle of a packet, or of what is none. */
        ending: isBroken ? ('broken' as const) : source.length > 0 ? ('torn' as const) : ('whole' as const),
        seen: { ...seen },
        tcp: { ...connections.figures },
        leftOut: { ...connections.leftOut },
      };
    },
  };
}

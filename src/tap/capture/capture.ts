/**
 * Reads a capture piece by piece: packets, their TCP segments, and the bytes of each connection in order. Nothing of
 * the file is kept.
 */
import type { KeyLog } from '../../protocols/tls/key-log.ts';
import { readCaptureFile } from './capture-file.ts';
import type { Packet } from './packet.ts';
import { segmentOf } from './segment.ts';
import { createConnections } from './tcp-connections.ts';
import type { CaptureListener } from './telling.ts';

/** @param keyLog receives the TLS secrets in the file. */
export function readCapture(port: number | null, keyLog: KeyLog, listener: CaptureListener) {
  const connections = createConnections(port, keyLog, listener);
  const packets = countPackets(connections.add);
  let startedMs = 0;
  let droppedPackets: number | null = null;
  const file = readCaptureFile({
    packet: packets.take,
    started(epochMs) {
      startedMs = epochMs;
    },
    dropped(more) {
      droppedPackets = (droppedPackets ?? 0) + more;
    },
    secrets: keyLog.add,
  });
  return {
    push: file.push,
    end() {
      connections.end();
      const { durationNs, unknownLink, ...seen } = packets.counted;
      return {
        startedMs,
        durationNs,
        unknownLink,
        ending: file.ending(),
        seen: { ...seen, droppedPackets },
        tcp: { ...connections.figures },
        leftOut: { ...connections.leftOut },
      };
    },
  };
}

/** @param add takes a segment; returns false if it belongs to no known connection. */
function countPackets(add: ReturnType<typeof createConnections>['add']) {
  const counted = {
    packets: 0,
    otherPackets: 0,
    cutPackets: 0,
    cutBytes: 0,
    fragments: 0,
    durationNs: 0,
    /** The first link type that cannot be read; null if there was none. */
    unknownLink: null as number | null,
  };
  return {
    counted,
    take(packet: Packet) {
      counted.packets++;
      counted.durationNs = Math.max(counted.durationNs, packet.at);
      const segment = segmentOf(packet);
      if (typeof segment !== 'string') {
        if (segment.cut > 0) counted.cutPackets++;
        counted.cutBytes += segment.cut;
        if (!add(segment)) counted.otherPackets++;
      } else if (segment === 'fragment') counted.fragments++;
      else if (segment === 'cut') counted.cutPackets++;
      else counted.otherPackets++;
      if (segment === 'link') counted.unknownLink ??= packet.link;
    },
  };
}

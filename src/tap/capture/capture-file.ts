/** Reads a capture file of tcpdump or Wireshark in pieces: finds its format, and how it ends. */
import { createSource } from '../../wire/source.ts';
import type { PacketSink, ReadPackets } from './packet.ts';
import { isPcap, pcapReader } from './pcap.ts';
import { pcapngReader, sectionType } from './pcapng.ts';

const magicBytes = 4;

/** Whether a file begins as a capture does. */
export function isCapture(first: Uint8Array): boolean {
  if (first.length < magicBytes) return false;
  const magic = magicOf(first);
  return isPcap(magic) || magic === sectionType;
}

const magicOf = (first: Uint8Array): number => bufferOf(first).readUInt32BE(0);

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);

export function readCaptureFile(sink: PacketSink) {
  const source = createSource();
  let read: ReadPackets | undefined;
  let isBroken = false;
  return {
    push(bytes: Uint8Array) {
      if (isBroken) return;
      source.push(bytes);
      if (source.length() < magicBytes) return;
      const there = bufferOf(source.peek());
      const magic = magicOf(there);
      read ??= magic === sectionType ? pcapngReader(sink) : pcapReader(magic, sink);
      const taken = read(there);
      if (taken === 'broken') isBroken = true;
      else source.take(taken);
    },
    /** How the file ends: `torn` in the middle of a packet, `broken` at bytes that are no packet. */
    ending: (): 'whole' | 'torn' | 'broken' => (isBroken ? 'broken' : source.length() > 0 ? 'torn' : 'whole'),
  };
}

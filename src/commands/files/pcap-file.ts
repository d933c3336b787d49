/** A pcap file written while its conversations go on: packets as they come, so that nothing need be kept. */
import { type PcapChunk, pcapHeader, pcapTrial, serverPorts } from '../../report/skins/pcap.ts';
import { growingFile } from './writing.ts';

export interface PcapFile {
  add(chunk: PcapChunk): void;
  /** Closes the conversations and gives the file its name. Throws `CannotRun`. */
  finish(): void;
  discard(): void;
}

/** @param isSealed whether what it keeps is TLS. */
export function createPcapFile(path: string, isSealed: boolean): PcapFile {
  const file = growingFile(path);
  file.add(pcapHeader());
  const conversation = pcapTrial(0, isSealed ? serverPorts.sealed : serverPorts.clear, file.add);
  return {
    add: conversation.add,
    finish() {
      conversation.end();
      file.finish();
    },
    discard: file.discard,
  };
}

/** A pcap file written while its conversations go on: each packet as it comes, so that none is kept in memory. */
import { type PcapChunk, pcapHeader, pcapTrial, serverPorts } from '../../report/skins/pcap.ts';
import { checkFile, growingFile, isDevice } from './writing.ts';

export interface PcapFile {
  add(chunk: PcapChunk): void;
  /**
   * Closes the conversations and names the file; false if no packet came, so that there is no file. Throws
   * `CannotRun`.
   */
  finish(): boolean;
  discard(): void;
}

/**
 * The file, and its folder if missing, is made when the first bytes come.
 * @param isSealed whether the bytes are TLS.
 */
export function createPcapFile(path: string, isSealed: boolean): PcapFile {
  // A pipe is opened at once: the program that reads from it waits until a writer has.
  let opened = isDevice(path) ? begun(path, isSealed) : null;
  let failure: unknown;
  return {
    add(chunk) {
      if (failure !== undefined) return;
      try {
        opened ??= begun(path, isSealed);
      } catch (error) {
        failure = error;
        return;
      }
      opened.conversation.add(chunk);
    },
    finish() {
      if (failure !== undefined) throw failure;
      if (!opened) return false;
      opened.conversation.end();
      opened.file.finish();
      return true;
    },
    discard: () => opened?.file.discard(),
  };
}

function begun(path: string, isSealed: boolean) {
  checkFile(path);
  const file = growingFile(path);
  file.add(pcapHeader());
  const port = isSealed ? serverPorts.sealed : serverPorts.clear;
  return { file, conversation: pcapTrial(0, port, file.add) };
}

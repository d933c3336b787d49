/** `rtcompare pcap TAPE OUT`: a recorded run as a file that Wireshark opens. */
import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import type { PcapChunk } from '../report/pcap.ts';
import type { Context } from './context.ts';
import { checkFile, readText, writeWhole } from './files.ts';

const examples = `
Examples:
  rtcompare run --transport ws --record tape.jsonl && rtcompare pcap tape.jsonl ws.pcap
`;

export const pcapCommand = ({ done }: Context): Command =>
  new Command('pcap')
    .description('turn the tape of `run --record` into a pcap file, for Wireshark')
    .argument('<tape>', 'what `run --record` has written')
    .argument('<out>', 'the file to write')
    .addHelpText('before', examples)
    .action(async (tape: string, out: string) => {
      const { pcapOf } = await import('../report/pcap.ts');
      const trials = readTape(tape);
      checkFile(out);
      writeWhole(out, pcapOf(trials));
      // To stderr: the file itself may go to stdout.
      process.stderr.write(
        `${out}: ${trials.length} trials, each with a server of its own (10.1.0.1, 10.1.1.1, …); TCP around the bytes is made up\n`,
      );
      done(0);
    });

/** The chunks of each trial. Throws `UsageError` naming the first line that is none of a tape's. */
function readTape(path: string): PcapChunk[][] {
  const trials: PcapChunk[][] = [];
  for (const [index, line] of readText(path).split('\n').entries()) {
    if (line === '') continue;
    const entry = entryOf(line);
    if (!entry) return complain(path, index);
    if (entry === 'trial') trials.push([]);
    else (trials.at(-1) ?? complain(path, index)).push(entry);
  }
  return trials;
}

function complain(path: string, index: number): never {
  throw new UsageError(`${path}, line ${index + 1}: not a line of a tape; write one with \`run --record\``);
}

function entryOf(line: string): PcapChunk | 'trial' | null {
  try {
    const { trial, at, connection, direction, bytes } = JSON.parse(line);
    if (typeof trial === 'number') return 'trial';
    const isChunk = [at, connection].every(Number.isFinite) && typeof bytes === 'string';
    if (!isChunk || (direction !== 'up' && direction !== 'down')) return null;
    return { at, connection, direction, bytes: Buffer.from(bytes, 'base64') };
  } catch {
    return null;
  }
}

/** `rtcompare pcap TAPE OUT`: a recorded run as a file that Wireshark opens. */
import type { Command } from 'commander';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, say, text } from '../base/text.ts';
import type { PcapChunk, PcapTrial } from '../report/skins/pcap.ts';
import { kindOf } from './files/document-kinds.ts';
import { checkFile, readText, writeWhole } from './files/writing.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';

const about = {
  purpose: purposes.pcap,
  examples: [['rtcompare run --transport ws --record tape.jsonl && rtcompare pcap tape.jsonl ws.pcapng']],
  more: text(
    'What went over TLS is in it with its secrets, so Wireshark reads that, too: whoever gets the file can read it.',
    'TLS로 오간 것은 키와 함께 들어 있어 Wireshark로 읽을 수 있습니다. 파일을 받은 사람은 누구나 읽을 수 있습니다.',
  ),
} satisfies AboutCommand;

const wrote = text(
  '{out}: {count} trials, each with a server of its own (10.1.0.1, 10.1.1.1, …); TCP around the bytes is made up',
  '{out}: 측정 {count}개, 저마다 다른 서버(10.1.0.1, 10.1.1.1, …)로 적었습니다. 바이트를 둘러싼 TCP는 임의로 만든 것입니다',
);

export const pcapCommand = ({ done }: Context): Command =>
  command(
    'pcap',
    about,
    [],
    argument(
      '<tape>',
      text('what `rtcompare run --record` has written', '`rtcompare run --record`가 쓴 파일'),
    ),
    argument('<out>', text('the file to write', '쓸 파일')),
  ).action(async (tape: string, out: string, { lang }: { lang?: string }) => {
    const { pcapOf } = await import('../report/skins/pcap.ts');
    const trials = readTape(tape);
    checkFile(out);
    writeWhole(out, pcapOf(trials));
    // To stderr: the file itself may go to stdout.
    process.stderr.write(`${say(readerOf(lang), wrote, { out, count: String(trials.length) })}\n`);
    done(0);
  });

/** The chunks and secrets of each trial. Throws `UsageError` naming the first line that no tape has. */
function readTape(path: string): PcapTrial[] {
  const trials: { readonly chunks: PcapChunk[]; secrets: string }[] = [];
  const content = readText(path);
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const entry = entryOf(line);
    if (!entry) return complain(path, content, index);
    if (entry === 'trial') trials.push({ chunks: [], secrets: '' });
    else {
      const trial = trials.at(-1) ?? complain(path, content, index);
      if ('secrets' in entry) trial.secrets += entry.secrets;
      else trial.chunks.push(entry);
    }
  }
  if (trials.length === 0) throw new UsageError(inEveryLanguage(complaints.empty, { path }));
  return trials;
}

const complaints = {
  empty: text(
    '{path} is empty; write a tape with `rtcompare run --record`',
    '{path}: 빈 파일입니다. `rtcompare run --record`로 테이프를 만드십시오.',
  ),
  other: text(
    '{path} is {what}, not a tape; write one with `rtcompare run --record`',
    '{path}: 테이프가 아닙니다. 이 파일: {what}. `rtcompare run --record`로 만드십시오.',
  ),
  line: text(
    '{path}, line {line}: not a line of a tape; write one with `rtcompare run --record`',
    '{path}, {line}행: 테이프의 한 줄이 아닙니다. `rtcompare run --record`로 다시 만드십시오.',
  ),
} as const;

/** Throws `UsageError`: for a document of another kind it names the kind, for anything else the line. */
function complain(path: string, content: string, index: number): never {
  const line = String(index + 1);
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new UsageError(inEveryLanguage(complaints.line, { path, line }));
  }
  const { name, what } = kindOf(value);
  throw new UsageError(
    name === null || name === 'tape'
      ? inEveryLanguage(complaints.line, { path, line })
      : inEveryLanguage(complaints.other, { path, what }),
  );
}

function entryOf(line: string): PcapChunk | { readonly secrets: string } | 'trial' | null {
  try {
    const { trial, secrets, at, connection, direction, bytes } = JSON.parse(line);
    if (typeof trial === 'number') return 'trial';
    if (typeof secrets === 'string') return { secrets };
    const isChunk = [at, connection].every(Number.isFinite) && typeof bytes === 'string';
    if (!isChunk || (direction !== 'up' && direction !== 'down')) return null;
    return { at, connection, direction, bytes: Buffer.from(bytes, 'base64') };
  } catch {
    return null;
  }
}

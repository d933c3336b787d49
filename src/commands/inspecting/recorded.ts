/** `inspect FILE`: what another program recorded: a capture, reported as if by the relay, or an archive (HAR). */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Phrase, type Text, text } from '../../base/text.ts';
import type { Inspection } from '../../document/inspection.ts';
import type { ArchivedInspection } from '../../inspection/archived.ts';
import { cannotRead } from '../files/writing.ts';

const named = /\.(pcap|pcapng|cap|har)$/i;

/** A name that ends like a capture or archive, or any file that exists; never a URL, whatever it ends in. */
export const isRecorded = (argument: string): boolean =>
  !argument.includes('://') && (named.test(argument) || existsSync(argument));

/** The file is read in blocks of this size, one in memory at a time. */
const blockBytes = 64 * 1024;

const wrong = {
  empty: text('{path}: an empty file; {remedy}', '{path}: 빈 파일입니다. {remedy}'),
  other: text(
    '{path}: neither pcap nor pcapng nor HAR; {remedy}',
    '{path}: pcap도 pcapng도 HAR도 아닙니다. {remedy}',
  ),
  noArchive: text(
    '{path}: no archive of DevTools (HAR): {why}; export it again with “Export HAR” (Chromium) or “Save All As HAR” (Firefox)',
    '{path}: DevTools의 아카이브(HAR)가 아닙니다({why}). “HAR 내보내기”(Chromium)나 “모두 HAR로 저장”(Firefox)으로 다시 저장하십시오',
  ),
  entryless: text(
    '{path}: an archive (HAR) without a request that crossed a network; reload the page with the Network panel open, then export it again',
    '{path}: 네트워크로 나간 요청이 없는 아카이브(HAR)입니다. Network 패널을 연 채 페이지를 새로 고친 뒤 다시 저장하십시오',
  ),
  packed: text(
    '{path}: packed by gzip; unpack it first: `gunzip {path}`',
    '{path}: gzip으로 압축되어 있습니다. 먼저 푸십시오: `gunzip {path}`',
  ),
  packetless: text(
    '{path}: a capture without a whole packet; {remedy}',
    '{path}: 온전한 패킷이 하나도 없는 캡처입니다. {remedy}',
  ),
  link: text(
    '{path}: captured on a link of type {link}, which is not read; {remedy}',
    '{path}: 읽을 수 없는 종류({link})의 링크에서 캡처했습니다. {remedy}',
  ),
  sealed: text(
    '{path}: sealed: its connections ({connections}) speak TLS, and there are no secrets of them; let the client log them (SSLKEYLOGFILE, `node --tls-keylog`), and name that file with --keylog',
    '{path}: 연결({connections}개)이 TLS인데 그 키가 없습니다. 클라이언트가 키를 남기게 하고(SSLKEYLOGFILE, `node --tls-keylog`), 그 파일을 --keylog로 지정하십시오',
  ),
  silent: text(
    '{path}: no TCP connection in it begins with HTTP or TLS; name the application’s port with --port, or {remedy}',
    '{path}: HTTP나 TLS로 시작하는 TCP 연결이 없습니다. --port로 애플리케이션의 포트를 정하거나, {remedy}',
  ),
  portless: text(
    '{path}: no TCP connection of port {port} in it; leave out --port to see every connection that can be read',
    '{path}: 포트 {port}의 TCP 연결이 없습니다. --port를 빼면 읽을 수 있는 연결을 모두 보여 줍니다',
  ),
} as const;

const remedy = text(
  'capture with `tcpdump -i any -w app.pcap tcp port 3000`',
  '`tcpdump -i any -w app.pcap tcp port 3000`으로 캡처하십시오.',
);

const complain = <Name extends string>(
  phrase: Phrase<Name>,
  values: Record<string, string | Text>,
): UsageError => new UsageError(inEveryLanguage(phrase as Phrase<string>, { ...values, remedy }));

export interface RecordedOptions {
  /** The application's port; null for every connection that can be read. */
  readonly port: number | null;
  readonly isProfiled: boolean;
  /** A file of secrets, besides those in the capture. */
  readonly keylog?: string | undefined;
}

/** Throws `UsageError` for a file that holds nothing to read, and the signal's reason if the signal was aborted. */
export async function inspectRecorded(
  path: string,
  { port, isProfiled, keylog }: RecordedOptions,
  signal: AbortSignal,
): Promise<Inspection> {
  const { inspectCapture } = await import('../../inspection/captured.ts');
  const { isCapture } = await import('../../tap/capture/capture-file.ts');
  const keyLog = keylog === undefined ? undefined : (await import('./key-log-file.ts')).readKeyLog(keylog);
  const inspecting = inspectCapture({ target: path, port, isProfiled, keyLog });
  let isFirst = true;
  for await (const block of blocksOf(path, signal)) {
    if (isFirst && !isCapture(block)) throw complain(otherKind(block), { path });
    isFirst = false;
    inspecting.push(block);
  }
  if (isFirst) throw complain(wrong.empty, { path });
  const { seen, unknownLink } = inspecting.end();
  refuseUnread(path, port, seen, unknownLink);
  const { checkBalance } = await import('./check-balance.ts');
  checkBalance(seen);
  return seen;
}

async function* blocksOf(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: blockBytes, signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw cannotRead(path, error as NodeJS.ErrnoException);
  }
}

const otherKind = (first: Buffer) => (isGzip(first) ? wrong.packed : wrong.other);

const isGzip = (first: Buffer): boolean => first[0] === 0x1f && first[1] === 0x8b;

/** Recognised by its name, or by its first bytes. */
export async function isArchiveFile(path: string, signal: AbortSignal): Promise<boolean> {
  if (/\.har$/i.test(path)) return true;
  // A pipe can be read only once, so its first bytes are not looked at.
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  for await (const block of blocksOf(path, signal))
    return /^(\xef\xbb\xbf)?\s*\{\s*"log"\s*:/.test(block.toString('latin1', 0, 1000));
  return false;
}

const why = {
  empty: text('it is empty', '비어 있음'),
  json: text('it is no JSON', 'JSON이 아님'),
  field: text('`{field}` is missing or wrong', '`{field}` 값이 없거나 잘못됨'),
} as const;

function parsed(path: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString().replace(/^\ufeff/, ''));
  } catch {
    throw complain(wrong.noArchive, { path, why: why.json });
  }
}

/** Throws `UsageError` for a file that is no HAR, or has no exchange that was sent. */
export async function inspectArchived(path: string, signal: AbortSignal): Promise<ArchivedInspection> {
  const { harSchema, isSent } = await import('../../tap/archive/har.ts');
  const { inspectArchive } = await import('../../inspection/archived.ts');
  const blocks: Buffer[] = [];
  for await (const block of blocksOf(path, signal)) blocks.push(block);
  if (blocks.length === 0) throw complain(wrong.noArchive, { path, why: why.empty });
  if (blocks[0] && isGzip(blocks[0])) throw complain(wrong.packed, { path });
  const read = harSchema.safeParse(parsed(path, Buffer.concat(blocks)));
  if (!read.success) {
    const [issue] = read.error.issues;
    // In a document of another kind altogether, the field that is missing is the list itself.
    const field = issue && issue.path.length > 1 ? issue.path.join('.') : 'log.entries';
    throw complain(wrong.noArchive, { path, why: inEveryLanguage(why.field, { field }) });
  }
  if (!read.data.log.entries.some(isSent)) throw complain(wrong.entryless, { path });
  return inspectArchive(path, read.data);
}

function refuseUnread(path: string, port: number | null, seen: Inspection, unknownLink: number | null) {
  const { source } = seen;
  if (seen.connections > 0 || source?.kind !== 'capture') return;
  if (source.packets === 0) throw complain(wrong.packetless, { path });
  if (unknownLink !== null) throw complain(wrong.link, { path, link: String(unknownLink) });
  if (port !== null) throw complain(wrong.portless, { path, port: String(port) });
  const { tls } = source.leftOut;
  if (tls > 0) throw complain(wrong.sealed, { path, connections: String(tls) });
  throw complain(wrong.silent, { path });
}

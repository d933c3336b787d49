/** `inspect FILE`: what somebody else has recorded, told as if the relay had stood there. */
import { createReadStream, existsSync } from 'node:fs';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Phrase, text } from '../../base/text.ts';
import type { Inspection } from '../../document/inspection.ts';
import { cannotRead } from '../files/writing.ts';

const named = /\.(pcap|pcapng|cap|har)$/i;

/** A name of a capture, or of anything that is there; a URL is neither, whatever it ends in. */
export const isRecorded = (argument: string): boolean =>
  !argument.includes('://') && (named.test(argument) || existsSync(argument));

/** A block of the file: so much is in memory at a time. */
const blockBytes = 64 * 1024;

const wrong = {
  empty: text('{path}: an empty file; {remedy}', '{path}: 빈 파일입니다. {remedy}'),
  other: text('{path}: neither pcap nor pcapng; {remedy}', '{path}: pcap도 pcapng도 아닙니다. {remedy}'),
  archive: text(
    '{path}: an archive of DevTools (HAR): it has no bytes of the wire, so it is not read; {remedy}',
    '{path}: DevTools의 아카이브(HAR)입니다. 실제로 오간 바이트가 들어 있지 않아 읽지 않습니다. {remedy}',
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
    '{path}: sealed: its connections ({connections}) speak TLS or HTTP/2, and nothing of that can be read; capture the application without TLS',
    '{path}: 연결({connections}개)이 TLS나 HTTP/2라서 아무것도 읽을 수 없습니다. 애플리케이션을 TLS 없이 띄우고 캡처하십시오',
  ),
  silent: text(
    '{path}: no TCP connection in it begins with HTTP; name the application’s port with --port, or {remedy}',
    '{path}: HTTP로 시작하는 TCP 연결이 없습니다. --port로 애플리케이션의 포트를 정하거나, {remedy}',
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

const complain = <Name extends string>(phrase: Phrase<Name>, values: Record<string, string>): UsageError =>
  new UsageError(inEveryLanguage(phrase as Phrase<string>, { ...values, remedy }));

export interface RecordedOptions {
  /** Of the application; null where it is every connection that can be read. */
  readonly port: number | null;
  readonly isProfiled: boolean;
}

/** Throws `UsageError` for a file that holds nothing to read, and the signal's reason where somebody ended it. */
export async function inspectRecorded(
  path: string,
  { port, isProfiled }: RecordedOptions,
  signal: AbortSignal,
): Promise<Inspection> {
  const { inspectCapture } = await import('../../inspection/captured.ts');
  const { isCapture } = await import('../../tap/capture/capture.ts');
  const inspecting = inspectCapture({ target: path, port, isProfiled });
  let isFirst = true;
  for await (const block of blocksOf(path, signal)) {
    if (isFirst && !isCapture(block)) throw complain(otherKind(block), { path });
    isFirst = false;
    inspecting.push(block);
  }
  if (isFirst) throw complain(wrong.empty, { path });
  const { seen, unknownLink } = inspecting.end();
  refuseUnread(path, port, seen, unknownLink);
  const { checkBalance } = await import('./inspecting.ts');
  await checkBalance(seen);
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

function otherKind(first: Buffer) {
  if (isGzip(first)) return wrong.packed;
  return /^\s*\{\s*"log"\s*:/.test(first.toString('latin1', 0, 1000)) ? wrong.archive : wrong.other;
}

const isGzip = (first: Buffer): boolean => first[0] === 0x1f && first[1] === 0x8b;

function refuseUnread(path: string, port: number | null, seen: Inspection, unknownLink: number | null) {
  const { source } = seen;
  if (seen.connections > 0 || source?.kind !== 'capture') return;
  if (source.packets === 0) throw complain(wrong.packetless, { path });
  if (unknownLink !== null) throw complain(wrong.link, { path, link: String(unknownLink) });
  if (port !== null) throw complain(wrong.portless, { path, port: String(port) });
  const { tls, http2 } = source.leftOut;
  if (tls + http2 > 0) throw complain(wrong.sealed, { path, connections: String(tls + http2) });
  throw complain(wrong.silent, { path });
}

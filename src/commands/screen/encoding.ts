/**
 * Text out of a file's bytes: UTF-8 or, if a byte order mark says so, UTF-16, which is what `>` writes in Windows
 * PowerShell. The mark itself is not part of the text (RFC 8259 §8.1). For other files the error says what they are.
 */

import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Phrase, text } from '../../base/text.ts';

const marks = [
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

const begins = (bytes: Uint8Array, first: readonly number[]) =>
  first.every((byte, index) => bytes[index] === byte);

/** Files that a user may well name by mistake, by the bytes they begin with. */
const known: readonly { readonly first: readonly number[]; readonly complaint: Phrase<'path'> }[] = [
  {
    first: [0x1f, 0x8b],
    complaint: text(
      '{path} is compressed with gzip; unpack it first',
      '{path}: gzip으로 압축된 파일입니다. 먼저 압축을 푸십시오.',
    ),
  },
  {
    first: [0x50, 0x4b, 0x03, 0x04],
    complaint: text(
      '{path} is a ZIP archive; unpack it first',
      '{path}: ZIP 압축 파일입니다. 먼저 압축을 푸십시오.',
    ),
  },
  ...[
    [0x4d, 0x3c, 0xb2, 0xa1],
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0x0a, 0x0d, 0x0d, 0x0a],
  ].map((first) => ({
    first,
    complaint: text(
      '{path} is a packet capture; it is read by Wireshark, not by rtcompare',
      '{path}: 패킷 캡처 파일입니다. rtcompare가 아니라 Wireshark로 여십시오.',
    ),
  })),
];

const notText = text(
  '{path} is no text: it is binary, or in an encoding that it does not declare; save it as UTF-8',
  '{path}: 텍스트 파일이 아닙니다. 바이너리이거나 인코딩을 알 수 없습니다. UTF-8로 저장하십시오.',
);

/** Throws `UsageError`, naming the path, if the bytes are no text. */
export function decoded(bytes: Uint8Array, path: string): string {
  const archive = known.find(({ first }) => begins(bytes, first));
  if (archive) throw new UsageError(inEveryLanguage(archive.complaint, { path }));
  const encoding = marks.find((mark) => begins(bytes, mark.bytes))?.encoding ?? 'utf-8';
  const found = textOf(bytes, encoding);
  // No text has this character, and nearly everything binary does.
  if (found === null || found.includes('\0')) throw new UsageError(inEveryLanguage(notText, { path }));
  return found;
}

function textOf(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

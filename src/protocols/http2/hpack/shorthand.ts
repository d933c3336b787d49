/** How a header field was written in a header block (RFC 7541 §6), in words. */
import type { Text } from '../../../base/text.ts';
import type { Shorthand } from '../../../wire/span.ts';
import { bytesEn, line } from '../../explanation.ts';

/** @param bytes that it took. */
export function shorthandLines({ kind, reference, huffman }: Shorthand, bytes: number): Text[] {
  const where = reference && placeOf(reference);
  if (kind === 'indexed' && where)
    return [line(`${bytesEn(bytes)}: ${where.en}`, `${bytes}바이트: ${where.ko}`)];
  const coded = huffman.length > 0;
  return [
    line(
      `${bytesEn(bytes)}: written out${coded ? ', Huffman-coded' : ''}`,
      `${bytes}바이트: 값을 적어 보냈습니다${coded ? '(허프만 부호)' : ''}`,
    ),
    ...(where ? [line(`its name is ${where.en}`, `이름은 ${where.ko}`)] : []),
    ...(remembered[kind] ?? []),
  ];
}

function placeOf({ index, ago }: NonNullable<Shorthand['reference']>): Text {
  if (ago === null)
    return line(`entry ${index} of the table that everybody knows`, `누구나 아는 표의 ${index}번입니다`);
  if (ago === 0)
    return line(
      `entry ${index} of the table, from this same head`,
      `표의 ${index}번, 같은 헤더에서 보낸 것입니다`,
    );
  return line(
    `entry ${index} of the table, from ${ago === 1 ? 'the head before' : `${ago} heads ago`}`,
    `표의 ${index}번, ${ago === 1 ? '바로 앞' : `${ago}번 전`} 헤더에서 보낸 것입니다`,
  );
}

const remembered: Readonly<Record<string, readonly Text[]>> = {
  'literal-indexed': [
    line(
      'remembered: the next time it is only pointed at',
      '표에 기억해 두므로 다음에는 번호만 보내면 됩니다',
    ),
  ],
  literal: [line('not remembered', '표에 기억해 두지 않습니다')],
  'literal-never-indexed': [line('nobody on the way may remember it', '중간의 누구도 기억해 두면 안 됩니다')],
};

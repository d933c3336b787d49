/**
 * How a header field was written in a header block (RFC 7541 §6), in words: where it points, how its strings are
 * written, whether it is remembered, and what HTTP/1.1 would have taken for it.
 */
import { hexPairs } from '../../../base/hex.ts';
import type { Text } from '../../../base/text.ts';
import type { Direction, Shorthand } from '../../../wire/span.ts';
import { bytesEn, line } from '../../explanation.ts';
import { inHttp1 } from '../in-http1.ts';

interface Written {
  /** Lower-case, without what says that it is a trailer. */
  readonly name: string;
  readonly value: string;
  readonly shorthand: Shorthand;
  /** As the wire has them. */
  readonly bytes: Uint8Array;
  readonly direction: Direction;
}

export function shorthandLines({ name, value, shorthand, bytes, direction }: Written): Text[] {
  const { kind, reference, huffman } = shorthand;
  const http1 = inHttp1(name, value);
  const { length } = bytes;
  const size = [
    line(`${bytesEn(length)}, in HTTP/1.1 ${http1}`, `${length}바이트, HTTP/1.1에서는 ${http1}바이트`),
    ...openedLines(bytes, shorthand.bytes),
  ];
  const where = reference && placeOf(name, reference, direction);
  if (kind === 'indexed' && where) return [...size, where];
  const coded = huffman.length > 0;
  return [
    ...size,
    line(
      `literal${coded ? ', Huffman-coded' : ''}`,
      `값을 그대로 적음(literal)${coded ? ', 허프만 부호' : ''}`,
    ),
    ...(where ? [line(`its name: ${where.en}`, `이름: ${where.ko}`)] : []),
    ...(remembered[kind] ?? []),
  ];
}

/** At most so many bytes are shown: more would leave no room for the words. */
const mostOpened = 32;

/** HPACK's bytes of an encrypted field: elsewhere the report shows only its ciphertext and its text. */
function openedLines(onWire: Uint8Array, written: Uint8Array): Text[] {
  if (Buffer.compare(onWire, written) === 0) return [];
  const cut = written.length > mostOpened ? ' …' : '';
  const pairs = `${hexPairs(written.subarray(0, mostOpened))}${cut}`;
  return [line(`decrypted: ${pairs}`, `복호화하면 ${pairs}`)];
}

/** `index 62 = :path, sent 3 requests ago` */
function placeOf(
  name: string,
  { index, ago }: NonNullable<Shorthand['reference']>,
  direction: Direction,
): Text {
  if (ago === null)
    return line(`index ${index} = ${name}, static table`, `인덱스 ${index} = ${name}, 정적 표`);
  const [en, ko] = direction === 'up' ? ['request', '요청'] : ['response', '응답'];
  if (ago === 0)
    return line(
      `index ${index} = ${name}, sent in this same ${en}`,
      `인덱스 ${index} = ${name}, 같은 ${ko}에서 보냄`,
    );
  return line(
    `index ${index} = ${name}, sent ${ago === 1 ? `1 ${en}` : `${ago} ${en}s`} ago`,
    `인덱스 ${index} = ${name}, ${ago}번 전 ${ko}에서 보냄`,
  );
}

const remembered: Readonly<Record<string, readonly Text[]>> = {
  'literal-indexed': [
    line('remembered: the next time its index will do', '표에 기억해 둠: 다음에는 인덱스만 보내면 됨'),
  ],
  literal: [line('not remembered', '표에 기억해 두지 않음')],
  'literal-never-indexed': [
    line(
      'never indexed: nobody on the way may remember it',
      'never indexed: 중간의 누구도 기억해 두면 안 됨',
    ),
  ],
};

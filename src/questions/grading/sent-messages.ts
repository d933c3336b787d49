/**
 * The messages that are sent to a server to see whether they come back: small, large, and easily damaged on the way.
 */

/**
 * UTF-8 of two, three and four bytes; characters that JSON and HTML escape; spaces and capitals that a server might
 * normalize; a line separator that JavaScript once stumbled over.
 */
export const difficult = '  Hi, 안녕, 세계 😀 é "따옴표" \\ <b>&amp;</b> {"a":[1]}\u2028 끝 ';

export const lines = '첫 줄\n둘째 줄\n\n빈 줄 다음\n: 주석이 아님\ndata: 글자 그대로';

/** A WebSocket frame of this length has a length field of eight bytes (RFC 6455 §5.2). */
const largeBytes = 65_536;

/**
 * TCP delivers it in pieces that may end within a character of three bytes: a server that decodes piece by piece breaks
 * it.
 */
export const large: string = `${'가'.repeat(Math.floor(largeBytes / 3))}.`;

/** Every byte value, valid UTF-8 or not. */
export const everyByte: Uint8Array = Uint8Array.from({ length: 256 }, (_, value) => value);

/** Messages that carry their number. */
export const numbered = (count: number, whose = 'message'): string[] =>
  Array.from({ length: count }, (_, nth) => `${whose} ${nth}`);

/**
 * The Huffman code of strings (RFC 7541 §5.2, appendix B). It is canonical: codes of one length are consecutive
 * numbers, in the order of their symbols, so the lengths alone say all of it.
 */

/** Bits of the code of each byte, and last of the end of a string. Sixteen a line, as hexadecimal reads. */
// biome-ignore format: a row of sixteen is a row of the byte table.
const codeLengths = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
  28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
  5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
  15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
  6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
  24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
  22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
  21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
  26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
  19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
  20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
  26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
  30,
];
const endOfString = 256;

/** The symbols of each length: the first has this code, and the others follow. */
const codes: readonly { readonly first: number; readonly symbols: readonly number[] }[] =
  codesOf(codeLengths);

function codesOf(lengths: readonly number[]) {
  const found: { first: number; symbols: number[] }[] = [];
  for (let [length, next] = [0, 0]; length <= Math.max(...lengths); length++, next *= 2) {
    const symbols = [...lengths.keys()].filter((symbol) => lengths[symbol] === length);
    found.push({ first: next, symbols });
    next += symbols.length;
  }
  return found;
}

/** How many bytes a text of one byte a character takes in this code. */
export const huffmanBytes = (text: string): number =>
  Math.ceil([...text].reduce((bits, one) => bits + (codeLengths[one.charCodeAt(0)] ?? 0), 0) / 8);

/** Decodes. Null if the padding is not the first bits of the end symbol, fewer than eight. */
export function decodeHuffman(coded: Uint8Array): Uint8Array | null {
  const clear: number[] = [];
  let code = 0;
  let length = 0;
  for (let at = 0; at < 8 * coded.length; at++) {
    code = code * 2 + (((coded[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    const { first = 0, symbols = [] } = codes[++length] ?? {};
    const symbol = symbols[code - first];
    if (symbol === undefined) continue;
    if (symbol === endOfString) return null;
    clear.push(symbol);
    code = length = 0;
  }
  return length < 8 && code === 2 ** length - 1 ? Uint8Array.from(clear) : null;
}

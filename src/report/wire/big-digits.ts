/** Hexadecimal digits five rows high, readable from the last row of a room: each row of a digit is three bits. */

const rowsOfDigits: Readonly<Record<string, readonly number[]>> = {
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 7, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 1, 2, 2],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
  a: [2, 5, 7, 5, 5],
  b: [6, 5, 6, 5, 6],
  c: [7, 4, 4, 4, 7],
  d: [6, 5, 5, 5, 6],
  e: [7, 4, 6, 4, 7],
  f: [7, 4, 6, 4, 4],
};

/** As many bytes as fit: a byte takes seven columns, and two before the next. */
export const bytesThatFit = (columns: number): number => Math.floor((columns + 2) / 9);

export function bigHex(bytes: Uint8Array, full: string): string[] {
  return [0, 1, 2, 3, 4].map((row) =>
    Array.from(bytes, (byte) => {
      const digits = byte.toString(16).padStart(2, '0');
      return Array.from(digits, (digit) => dots(rowsOfDigits[digit]?.[row] ?? 0, full)).join(' ');
    }).join('  '),
  );
}

const dots = (bits: number, full: string): string =>
  [4, 2, 1].map((bit) => (bits & bit ? full : ' ')).join('');

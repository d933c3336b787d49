/** Lengths of numbers written out, which is what they cost on a text wire. */

/** Decimal digits of a whole number ≥ 0: 0 → 1, 10 → 2. */
export const decimalDigits = (value: number): number => value.toString(10).length;

/** Hexadecimal digits of a whole number ≥ 0, as in a chunk size (RFC 9112 §7.1): 15 → 1, 16 → 2. */
export const hexDigits = (value: number): number => value.toString(16).length;

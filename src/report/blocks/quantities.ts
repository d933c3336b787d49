/**
 * Numbers as people read them: this is the only file that formats. Inside the tool times are nanoseconds and sizes are
 * bytes. kB is 1,000 bytes and MB 1,000,000, as on the wire. It knows no language: "too few" is a word.
 */

/** By number of digits, and cached: making one takes longer than formatting a hundred figures. */
const formats: Intl.NumberFormat[] = [];

const grouped = (value: number, digits: number): string => {
  formats[digits] ??= new Intl.NumberFormat('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return formats[digits].format(value);
};

/** About three significant digits, never an exponent: 0.012, 0.21, 12.3, 1,234. */
function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 0.0995) return grouped(value, 3);
  if (size < 9.995) return grouped(value, 2);
  return grouped(value, size < 99.95 ? 1 : 0);
}

/** 1,234,567: exact, however long. */
export const count = (value: number): string => grouped(value, 0);

/** A number beside a law's: nothing that could make a difference is rounded away. */
export const exact = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 3 });

/** A mean or a ratio: whole numbers exactly, others with as many decimals as are meaningful. */
export const decimal = (value: number): string => {
  const size = Math.abs(value);
  return value.toLocaleString('en-US', { maximumFractionDigits: size < 10 ? 2 : size < 1000 ? 1 : 0 });
};

/** Nanoseconds under a head that says "ms". */
export const milliseconds = (nanoseconds: number): string => threeDigits(nanoseconds / 1e6);

/** Milliseconds on an axis, where every row has as many decimals: 0.9, 12.3, 1,034.5. */
export const tenths = (nanoseconds: number): string => grouped(nanoseconds / 1e6, 1);

/** 0.21 ms, 12.3 ms, 1.2 s. */
export const time = (nanoseconds: number): string =>
  nanoseconds < 999.5e6 ? `${milliseconds(nanoseconds)} ms` : `${grouped(nanoseconds / 1e9, 1)} s`;

/** Bytes to 10,000 exactly, a fraction of a byte (a mean) with one decimal; above, kB and MB. */
export function bytes(value: number): string {
  const [figure, prefix] = scaled(value);
  return `${figure} ${prefix}B`;
}

/** The same under a head that says "bytes": 9,999, 12.3k, 1.23M. */
export const compact = (value: number): string => scaled(value).join('');

function scaled(value: number): [figure: string, prefix: string] {
  if (value < 9_999.5)
    return [Number.isInteger(value) ? count(value) : grouped(value, value < 999.95 ? 1 : 0), ''];
  if (value < 999_500) return [threeDigits(value / 1e3), 'k'];
  if (value < 999_500_000) return [threeDigits(value / 1e6), 'M'];
  return [threeDigits(value / 1e9), 'G'];
}

/** Counts in a narrow column: exact up to six digits, then 1.23M. */
export const narrowCount = (value: number): string => (value < 1_000_000 ? count(value) : compact(value));

/** 0.934 → 93.4 %. Only exactly 0 is printed as 0 %, and only exactly 1 as 100 %. */
export function share(value: number): string {
  if (value === 0 || value === 1) return `${value * 100} %`;
  if (value < 0.0005) return '<0.1 %';
  if (value > 0.9995) return '>99.9 %';
  return `${grouped(value * 100, 1)} %`;
}

/** CPU time as a part of one core: 46 %, 112 %. */
export const ofCore = (value: number): string => `${grouped(value * 100, 0)} %`;

/** How many times as much: 1.8, 12, 1,234. */
export const times = (value: number): string => grouped(value, value < 9.95 ? 1 : 0);

/** What was added or taken away, exactly. */
export const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${exact(Math.abs(value))}`;

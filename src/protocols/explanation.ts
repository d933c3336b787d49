/** What the explanation of a field is made from: the field, those before it, and the request it belongs to. */
import type { Text } from '../base/text.ts';
import type { Request } from '../wire/message.ts';
import type { Explanation, RawField, Unit } from './unit.ts';

export interface Reading {
  readonly field: RawField;
  readonly unit: Unit<RawField>;
  /** Fields of the same unit before this one. */
  readonly before: readonly RawField[];
  readonly asked: Request | null;
}

/** Null when the field is not known. */
export type Explain = (reading: Reading) => Explanation | null;

export const line = (en: string, ko: string): Text => ({ en, ko });

export const means = (specification: string | null, ...lines: Text[]): Explanation => ({
  lines,
  specification,
});

/** The bytes as UTF-8 text; null where they are not UTF-8 or have control characters other than CR, LF and tab. */
export function textOf(bytes: Uint8Array): string | null {
  const text = new TextDecoder().decode(bytes);
  const isText =
    Buffer.from(text).equals(Buffer.from(bytes)) && !/[\p{Cc}\p{Cs}]/u.test(text.replace(/[\r\n\t]/g, ''));
  return isText ? text : null;
}

export const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;

/** Bytes as a report shows them: quoted text, else hexadecimal. */
export function written(bytes: Uint8Array): string {
  const text = textOf(bytes);
  return text === null ? hexOf(bytes) : JSON.stringify(text);
}

/** `1 byte`, `13 bytes`. */
export const bytesEn = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;

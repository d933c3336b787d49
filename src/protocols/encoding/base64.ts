/**
 * Bytes on a wire that carries only text (RFC 4648 §4): four characters stand for three bytes, so a quarter
 * of what is seen, and the padding, is `encoding`.
 */
import { latin1 } from '../../wire/source.ts';
import type { Own } from '../../wire/span.ts';

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;

/** Owns a run of base64 as what it stands for, then what it adds; whatever is not base64 stands for itself. */
export function ownBase64(
  own: Own<'payload' | 'encoding'>,
  text: Uint8Array,
  name: string,
  mark: 'unit' | 'more',
): void {
  const characters = latin1(text);
  const decoded = alphabet.test(characters)
    ? Math.floor((characters.replaceAll('=', '').length * 3) / 4)
    : text.length;
  own('payload', name, decoded, mark);
  if (decoded < text.length) own('encoding', 'base64', text.length - decoded, mark);
}

/** A transport by its name, as programs that use the library write it, or the program's own transport. */
import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import { transportByName, transports } from '../transports/index.ts';
import type { Transport } from '../transports/transport.ts';

const noTransport = text(
  'unknown transport "{word}"{hint} Known: {names}',
  '"{word}"라는 전송 방식은 없습니다{hint} 쓸 수 있는 이름: {names}',
);
/** The error for an unknown name; it suggests the nearest known one. */
export function unknown(
  phrase: typeof noTransport,
  word: string,
  known: readonly { readonly name: string }[],
): UsageError {
  const names = known.map(({ name }) => name);
  const hint = didYouMean(word, names);
  return new UsageError(inEveryLanguage(phrase, { word, hint, names: names.join(', ') }));
}

/** Throws `UsageError` for an unknown name. */
export function transportNamed(transport: string | Transport): Transport {
  const found = typeof transport === 'string' ? transportByName(transport) : transport;
  if (!found) throw unknown(noTransport, String(transport), transports);
  return found;
}

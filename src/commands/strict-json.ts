/** JSON as written by hand: what `JSON.parse` would silently repair, a key that stands twice, is a mistake here. */
import { inEveryLanguage, text } from '../base/text.ts';
import { UsageError } from '../failure.ts';

/** Throws `UsageError` where the text is no JSON, or an object has a key twice. */
export function parseJson(content: string, path: string): unknown {
  // Some editors begin a file with a byte order mark; it says nothing (RFC 8259 §8.1).
  const json = content.replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UsageError(
      inEveryLanguage(text('{path} is no JSON: {reason}', '{path}은(는) JSON이 아닙니다: {reason}'), {
        path,
        reason: (error as Error).message,
      }),
    );
  }
  const twice = keyTwice(json);
  if (twice !== null)
    throw new UsageError(
      inEveryLanguage(
        text(
          '{path}: the key {twice} stands twice in one object; keep one of them',
          '{path}: 한 객체에 키 {twice}가 두 번 있습니다. 하나만 남겨야 합니다',
        ),
        { path, twice },
      ),
    );
  return value;
}

/** The text is known to be JSON, so its tokens are enough: a string before a colon is a key. */
function keyTwice(json: string): string | null {
  const open: Set<string>[] = [];
  for (const [token, string] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (string !== undefined) {
      const key = JSON.parse(string) as string;
      if (open.at(-1)?.has(key)) return string;
      open.at(-1)?.add(key);
    }
  }
  return null;
}

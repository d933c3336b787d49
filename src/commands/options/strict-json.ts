/**
 * Parses JSON from a file that the user named. A key that stands twice, which `JSON.parse` silently accepts, is an
 * error here; the error for text that is no JSON says where, and what the file probably is.
 */

import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { jsonBreak, placeOf } from './json-break.ts';

const complaints = {
  empty: text('{path} is empty; write it again', '{path}: 빈 파일입니다. 다시 만드십시오.'),
  cutOff: text(
    '{path} is no JSON: it ends in the middle, at line {line}, column {column}; it was cut off, so write it again',
    '{path}: JSON이 아닙니다. {line}행 {column}열에서 중간에 끝납니다. 파일이 잘렸으니 다시 만드십시오.',
  ),
  broken: text(
    '{path} is no JSON: line {line}, column {column}: got {found}, expected {expected}; mend it there, or write it again',
    '{path}: JSON이 아닙니다. {line}행 {column}열: {found} 대신 다음이 와야 합니다: {expected}. 그 자리를 고치거나 다시 만드십시오.',
  ),
  tape: text(
    '{path} is a tape of `rtcompare run --record`, one JSON object a line, and no JSON document; `rtcompare pcap {path} OUT` turns it into a file for Wireshark',
    '{path}: `rtcompare run --record`의 테이프(한 줄에 JSON 객체 하나)이며 JSON 문서가 아닙니다. `rtcompare pcap {path} OUT`으로 Wireshark용 파일을 만들 수 있습니다.',
  ),
  lines: text(
    '{path} is no JSON document but JSON lines: line {line} begins another one; keep one',
    '{path}: JSON 문서 하나가 아니라 여러 줄의 JSON입니다. {line}행에서 다음 문서가 시작됩니다. 하나만 남기십시오.',
  ),
  markup: text(
    '{path} is no JSON: it is HTML or XML; name the JSON of the same run',
    '{path}: JSON이 아니라 HTML 또는 XML입니다. 같은 실행의 JSON 파일을 쓰십시오.',
  ),
  printed: text(
    '{path} is no JSON: it is what rtcompare prints for people; write it again with --json',
    '{path}: JSON이 아니라 사람이 읽는 출력입니다. --json을 붙여 다시 만드십시오.',
  ),
  twice: text(
    '{path}: the key {key} stands twice in one object; keep one of them',
    '{path}: 한 객체에 같은 키가 두 번 나옵니다: {key}. 하나만 남기십시오.',
  ),
} as const;

/** Throws `UsageError` if the text is no JSON, or an object has a key twice. */
export function parseJson(content: string, path: string): unknown {
  // Editors and shells may begin a text with a byte order mark; a parser may ignore it (RFC 8259 §8.1).
  const json = content.replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UsageError(whatIsWrong(json, path));
  }
  const key = keyTwice(json);
  if (key !== null) throw new UsageError(inEveryLanguage(complaints.twice, { path, key }));
  return value;
}

function whatIsWrong(json: string, path: string): Text {
  if (json.trim() === '') return inEveryLanguage(complaints.empty, { path });
  if (/^\s*</.test(json)) return inEveryLanguage(complaints.markup, { path });
  if (/^\s*rtcompare[: ]/.test(json)) return inEveryLanguage(complaints.printed, { path });
  const broken = jsonBreak(json);
  const place = placeOf(json, broken?.offset ?? json.length);
  const at = { path, line: String(place.line), column: String(place.column) };
  if (broken === null || broken.found === null) return inEveryLanguage(complaints.cutOff, at);
  const first = place.line > 1 ? firstLine(json) : null;
  if (first !== null)
    return inEveryLanguage('trial' in first && 'transport' in first ? complaints.tape : complaints.lines, at);
  const { found, expected } = broken;
  const shown = /\p{Cc}/u.test(found) ? JSON.stringify(found).slice(1, -1) : found;
  return inEveryLanguage(complaints.broken, { ...at, found: shown, expected });
}

/** The first line if it is a JSON object by itself, as in JSON lines; else null. */
function firstLine(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json.slice(0, json.indexOf('\n')));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
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

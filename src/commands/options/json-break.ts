/**
 * Where a text ceases to be JSON (RFC 8259), and what could stand there instead. `JSON.parse` reports errors in English
 * only, and often without the place.
 */
import { type Text, text } from '../../base/text.ts';

export interface JsonBreak {
  readonly offset: number;
  /** The character there; null if the text ends too early. */
  readonly found: string | null;
  readonly expected: Text;
}

const afterwards = text('nothing more', '문서의 끝');
const expectations = {
  value: text('a value', '값'),
  'value or end': text('a value or ]', '값 또는 ]'),
  key: text('a key in double quotes', '큰따옴표로 묶은 키'),
  'key or end': text('a key in double quotes or }', '큰따옴표로 묶은 키 또는 }'),
  colon: text('a colon', '콜론(:)'),
  'comma or }': text('a comma or }', '쉼표 또는 }'),
  'comma or ]': text('a comma or ]', '쉼표 또는 ]'),
  done: afterwards,
} as const satisfies Record<string, Text>;
type State = keyof typeof expectations;

const inString = text('the rest of a string, or its closing quote', '문자열의 나머지 또는 닫는 따옴표');

const space = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/uy;
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

const endOf = (pattern: RegExp, json: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : at;
};

/** Null if the text is JSON. */
export function jsonBreak(json: string): JsonBreak | null {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  const after = (): State => {
    const innermost = open.at(-1);
    return innermost === undefined ? 'done' : innermost === '{' ? 'comma or }' : 'comma or ]';
  };
  const broken = (offset: number, expected: Text): JsonBreak => {
    const code = json.codePointAt(offset);
    return { offset, found: code === undefined ? null : String.fromCodePoint(code), expected };
  };
  for (let at = endOf(space, json, 0); ; at = endOf(space, json, at)) {
    if (at === json.length && state === 'done') return null;
    const next = json[at];
    const wantsValue: boolean = state === 'value' || state === 'value or end';
    const wantsKey: boolean = state === 'key' || state === 'key or end';
    if (next === '"' && (wantsValue || wantsKey)) {
      at = endOf(string, json, at);
      if (json[at] !== '"') return broken(at, inString);
      at++;
      state = wantsKey ? 'colon' : after();
    } else if ((next === '{' || next === '[') && wantsValue) {
      at++;
      open.push(next);
      state = next === '{' ? 'key or end' : 'value or end';
    } else if (
      (next === '}' && (state === 'key or end' || state === 'comma or }')) ||
      (next === ']' && (state === 'value or end' || state === 'comma or ]'))
    ) {
      at++;
      open.pop();
      state = after();
    } else if (next === ',' && (state === 'comma or }' || state === 'comma or ]')) {
      at++;
      state = state === 'comma or }' ? 'key' : 'value';
    } else if (next === ':' && state === 'colon') {
      at++;
      state = 'value';
    } else {
      const end = wantsValue ? endOf(scalar, json, at) : at;
      if (end === at) return broken(at, expectations[state]);
      at = end;
      state = after();
    }
  }
}

/** Counted from one, as editors do. */
export function placeOf(whole: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = whole.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}

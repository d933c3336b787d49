/**
 * The Korean that people read: one register (-습니다) in sentences, none of the literal translations that a student
 * stumbles over, and no particle where the reading of the word before it is unknown. It looks at every string of the
 * sources and at every Korean page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Told {
  readonly where: string;
  readonly text: string;
}

const comment = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const literal = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;

/** What stands in quotes, line by line. */
const ofSource = (source: string): string[] =>
  [...source.replace(comment, '').matchAll(literal)].flatMap(([text]) =>
    text.slice(1, -1).replaceAll('\\u200b', '').split('\n'),
  );

/** Paragraphs, items, headings and cells. Code and blocks of output are no prose. */
const ofPage = (page: string): string[] =>
  page
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`]*`/g, 'x')
    .split(/\n\s*\n|\n(?=\s*(?:[-*>#]|\d+\. ))|\|/)
    .map((text) => text.replace(/\s+/g, ' ').trim());

function told(folder: string, name: RegExp, textsOf: (content: string) => string[]): Told[] {
  return readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => name.test(path))
    .flatMap((where) => textsOf(readFileSync(join(root, where), 'utf8')).map((text) => ({ where, text })))
    .filter(({ text }) => /[가-힣]/.test(text));
}

const texts = [
  ...told('src', /\.ts$/, ofSource),
  ...told('.', /\.ko\.md$/, ofPage),
  ...told('docs', /\.ko\.md$|[\\/]ko[\\/].*\.md$/, ofPage),
];

const matching = (wrong: RegExp) =>
  texts.flatMap(({ where, text }) => (wrong.test(text) ? [`${where}: ${text}`] : []));

/** `한다.` or `없다:`, but neither `-니다` nor words that only end so: `보다` (than), `마다` (each), `다` (all). */
const plain = /(?:[가-힣](?<![니보마])|[}\d])다["”’)]*(?:[.!?:;,…(]|$)|[가-힣](?:아라|어라|하라)[.!?]/;

/** `서버는`, `클라이언트가`: none of these is a person who speaks. */
const party = '(?:서버|클라이언트|브라우저|프록시|소켓|탭)(?:가|는|이|은|도|에게|에)';

const literalTranslations: Readonly<Record<string, RegExp>> = {
  'the network asks, speaks and hears': new RegExp(`${party} (?:묻|물어|물었|말하|말했|말할|듣|들었|들을)`),
  'messages are carried': /나르|나른|날랐|날라/,
  'an age for a delay': /(?<![가-힣])나이(?![가-힣]*(?:트|키))/,
  'a head for headers': /(?<![가-힣])헤드(?!라인|셋)/,
  'books and balances': /장부|합이 맞/,
  'blind times and servers': /눈이 멀|눈이 멉|사각 시간|사각지대/,
  'named and unnamed requests': /이름을 대|이름을 댄|묻는 이(?![가-힣])|지어낸/,
  'duties and bans': /클라이언트의 의무|서버는 금지|거기 있는 것/,
  'a link that was not there': /링크가 [^.]{0,30}없었/,
  'a guess made too small': /(?:작게|크게) 잡/,
  'noisy is not invalid': /유효하지 않았던/,
  'other literal words': /절벽|무릎|위상 고정|이진 데이터|이진 프레임|한 무리|짐은|짐이|새것|아무 서버와나/,
  'and others': /인쇄된 그대로|과 열 개|회선이 (?:기준보다 )?무겁|B를 내고|이것이 지켜|연결 여섯 개/,
};

test('there is Korean in every place that is looked at', () => {
  const places = new Set(texts.map(({ where }) => where.split(/[\\/]/).slice(0, 2).join('/')));
  for (const place of ['src/questions', 'src/laws', 'src/report', 'README.ko.md', 'docs/lessons'])
    expect([...places]).toContain(place);
});

test('what is wrong is seen, and what only looks alike is not', () => {
  for (const text of ['요청한다', '같다. 서버가', '“붙는다”', '없음이다(참고)', '{}개다.', '받아라.'])
    expect(text).toMatch(plain);
  for (const text of ['요청합니다.', '메시지마다', '예상보다, ', '둘 다.', '다른 것', '보낸다고 합니다.'])
    expect(text).not.toMatch(plain);
});

test('every sentence ends in -습니다', () => {
  expect(matching(plain)).toEqual([]);
});

test('who asks for something says -십시오, which goes with -습니다', () => {
  expect(matching(/세요(?![가-힣])/)).toEqual([]);
});

test.each(Object.entries(literalTranslations))('not translated word by word: %s', (_, wrong) => {
  expect(matching(wrong)).toEqual([]);
});

/** Placeholders that may be any word. Not quantities: they end in a unit, whose pronunciation is known. */
const named =
  'transports?|names?|best|typed|path|file|out|url|command|option|target|here|what|key|word|twice|scenario|law|metric|link|question|reference|title';

test('no particle that depends on a sound stands behind a name that is filled in', () => {
  expect(
    matching(new RegExp(`(?<!\\$)\\{(?:${named})\\}[\`”"’]?(?:은|는|이|가|을|를|과|와|으?로)(?=[\\s,.)]|$)`)),
  ).toEqual([]);
});

/** Recognises JSON documents: those that commands read or write, and others that people name by mistake. */
import { inEveryLanguage, type Text, text } from '../../base/text.ts';

type Entries = Readonly<Record<string, unknown>>;

interface Kind {
  readonly what: Text;
  readonly is: (value: Entries) => boolean;
}

const has =
  (...keys: readonly string[]) =>
  (value: Entries) =>
    keys.every((key) => Object.hasOwn(value, key));

const ofKind = (kind: string) => (value: Entries) => value.kind === kind;

/** Tried in this order. Documents that name their kind come before those that are only known by their keys. */
const kinds = {
  weighing: { is: ofKind('weighing'), what: text('a weighing', '무게 측정(weighing)') },
  inspection: {
    is: ofKind('inspection'),
    what: text('an inspection of `rtcompare inspect`', '`rtcompare inspect`의 관찰 기록'),
  },
  'inspection-profile': {
    is: ofKind('inspection-profile'),
    what: text('a baseline of an inspection', '관찰 기록의 기준값'),
  },
  wire: {
    is: ofKind('wire'),
    what: text('conversations of `rtcompare wire`', '`rtcompare wire`의 대화 기록'),
  },
  proxies: {
    is: ofKind('proxies'),
    what: text('probes of `rtcompare probe proxies`', '`rtcompare probe proxies`의 탐침 결과'),
  },
  artillery: {
    is: (value) =>
      typeof value.aggregate === 'object' &&
      value.aggregate !== null &&
      has('counters')(value.aggregate as Entries) &&
      has('intermediate')(value),
    what: text('a report of Artillery', 'Artillery의 보고서'),
  },
  report: { is: has('trials'), what: text('a report', '실행 보고서(report)') },
  claims: { is: has('claims'), what: text('verdicts of `rtcompare claims`', '`rtcompare claims`의 판정') },
  comparison: {
    is: has('findings', 'added'),
    what: text('a comparison of `rtcompare compare`', '`rtcompare compare`의 비교 결과'),
  },
  reproduction: {
    is: has('rows', 'findings'),
    what: text('a result of `rtcompare reproduce`', '`rtcompare reproduce`의 결과'),
  },
  recommendation: {
    is: has('recommended', 'costs'),
    what: text('a recommendation of `rtcompare recommend`', '`rtcompare recommend`의 추천'),
  },
  predictions: {
    is: has('predictions'),
    what: text('predictions of `rtcompare predict`', '`rtcompare predict`의 예측'),
  },
  machine: {
    is: has('commands', 'checks'),
    what: text('a check-up of `rtcompare doctor`', '`rtcompare doctor`의 점검 결과'),
  },
  tape: {
    is: has('trial', 'transport', 'scenario'),
    what: text('a tape of `rtcompare run --record`', '`rtcompare run --record`의 테이프'),
  },
  schema: { is: has('$schema'), what: text('a JSON Schema', 'JSON 스키마') },
  package: {
    is: (value) =>
      typeof value.name === 'string' &&
      ['version', 'scripts', 'dependencies', 'devDependencies'].some((key) => Object.hasOwn(value, key)),
    what: text('a package.json', 'package.json'),
  },
  configuration: {
    is: (value) =>
      ['thresholds', 'transport', 'clients', 'scenario'].some((key) => Object.hasOwn(value, key)),
    what: text('a configuration of rtcompare', 'rtcompare 설정 파일'),
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;
const names = Object.keys(kinds) as KindName[];

const shapes = {
  keys: text('an object with the keys {keys}', '다음 키를 가진 객체: {keys}'),
  empty: text('an empty object', '빈 객체'),
  list: text('a list', '목록'),
  plain: text('just {value}', '{value} 하나뿐'),
} as const;

const shownKeys = 5;

/** The name of a kind, for people. */
export const whatOf = (name: KindName): Text => kinds[name].what;

/** The name of a document's kind. An unknown document has no name, and is described in words instead. */
export function kindOf(value: unknown): { readonly name: KindName | null; readonly what: Text } {
  if (Array.isArray(value)) return { name: null, what: shapes.list };
  if (typeof value !== 'object' || value === null) {
    const shown = JSON.stringify(value).slice(0, 40);
    return { name: null, what: inEveryLanguage(shapes.plain, { value: shown }) };
  }
  const entries = value as Entries;
  const found = names.find((name) => kinds[name].is(entries));
  if (found) return { name: found, what: whatOf(found) };
  const keys = Object.keys(entries);
  if (keys.length === 0) return { name: null, what: shapes.empty };
  const shown = keys.slice(0, shownKeys).join(', ') + (keys.length > shownKeys ? ', …' : '');
  return { name: null, what: inEveryLanguage(shapes.keys, { keys: shown }) };
}

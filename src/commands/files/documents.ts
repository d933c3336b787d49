/**
 * The JSON documents that commands read, reports and weighings, and all others that somebody may name by mistake. A file
 * that is not what is wanted is told by what it is.
 */
import type { ZodType } from 'zod';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import type { Inspection, KeptProfile, Profile } from '../../document/inspection.ts';
import type { Report } from '../../document/report.ts';
import type { Weighing } from '../../document/weighing.ts';
import { parseJson } from '../options/strict-json.ts';
import { readText } from './writing.ts';

type Entries = Readonly<Record<string, unknown>>;

interface Kind {
  readonly name: string;
  readonly what: Text;
  readonly is: (value: Entries) => boolean;
}

const has =
  (...keys: readonly string[]) =>
  (value: Entries) =>
    keys.every((key) => Object.hasOwn(value, key));

const ofKind = (kind: string) => (value: Entries) => value.kind === kind;

/** The first that fits; a document that says its kind goes before one that is known by its keys. */
const kinds = [
  { name: 'weighing', is: ofKind('weighing'), what: text('a weighing', '무게 측정(weighing)') },
  {
    name: 'inspection',
    is: ofKind('inspection'),
    what: text('an inspection of `rtcompare inspect`', '`rtcompare inspect`의 관찰 기록'),
  },
  {
    name: 'inspection-profile',
    is: ofKind('inspection-profile'),
    what: text('a baseline of an inspection', '관찰 기록의 기준값'),
  },
  {
    name: 'wire',
    is: ofKind('wire'),
    what: text('conversations of `rtcompare wire`', '`rtcompare wire`의 대화 기록'),
  },
  { name: 'report', is: has('trials'), what: text('a report', '실행 보고서(report)') },
  {
    name: 'claims',
    is: has('claims'),
    what: text('verdicts of `rtcompare claims`', '`rtcompare claims`의 판정'),
  },
  {
    name: 'comparison',
    is: has('findings', 'added'),
    what: text('a comparison of `rtcompare compare`', '`rtcompare compare`의 비교 결과'),
  },
  {
    name: 'reproduction',
    is: has('rows', 'findings'),
    what: text('a result of `rtcompare reproduce`', '`rtcompare reproduce`의 결과'),
  },
  {
    name: 'recommendation',
    is: has('recommended', 'costs'),
    what: text('a recommendation of `rtcompare recommend`', '`rtcompare recommend`의 추천'),
  },
  {
    name: 'predictions',
    is: has('predictions'),
    what: text('predictions of `rtcompare predict`', '`rtcompare predict`의 예측'),
  },
  {
    name: 'machine',
    is: has('commands', 'checks'),
    what: text('a check-up of `rtcompare doctor`', '`rtcompare doctor`의 점검 결과'),
  },
  {
    name: 'tape',
    is: has('trial', 'transport', 'scenario'),
    what: text('a tape of `rtcompare run --record`', '`rtcompare run --record`의 테이프'),
  },
  { name: 'schema', is: has('$schema'), what: text('a JSON Schema', 'JSON 스키마') },
  {
    name: 'package',
    is: (value) =>
      typeof value.name === 'string' &&
      ['version', 'scripts', 'dependencies', 'devDependencies'].some((key) => Object.hasOwn(value, key)),
    what: text('a package.json', 'package.json'),
  },
  {
    name: 'configuration',
    is: (value) =>
      ['thresholds', 'transport', 'clients', 'scenario'].some((key) => Object.hasOwn(value, key)),
    what: text('a configuration of rtcompare', 'rtcompare 설정 파일'),
  },
] as const satisfies readonly Kind[];

export type KindName = (typeof kinds)[number]['name'];

const shapes = {
  keys: text('an object with the keys {keys}', '다음 키를 가진 객체: {keys}'),
  empty: text('an empty object', '빈 객체'),
  list: text('a list', '목록'),
  plain: text('just {value}', '{value} 하나뿐'),
} as const;

const shownKeys = 5;

/** What a document is; one that nobody knows is described. */
export function kindOf(value: unknown): { readonly name: KindName | null; readonly what: Text } {
  if (Array.isArray(value)) return { name: null, what: shapes.list };
  if (typeof value !== 'object' || value === null) {
    const shown = JSON.stringify(value).slice(0, 40);
    return { name: null, what: inEveryLanguage(shapes.plain, { value: shown }) };
  }
  const entries = value as Entries;
  const found = kinds.find(({ is }) => is(entries));
  if (found) return found;
  const keys = Object.keys(entries);
  if (keys.length === 0) return { name: null, what: shapes.empty };
  const shown = keys.slice(0, shownKeys).join(', ') + (keys.length > shownKeys ? ', …' : '');
  return { name: null, what: inEveryLanguage(shapes.keys, { keys: shown }) };
}

interface Wanted<Value> {
  readonly name: KindName;
  readonly what: Text;
  readonly remedy: Text;
  readonly schema: () => Promise<ZodType<Value>>;
}

const report: Wanted<Report> = {
  name: 'report',
  what: text('a report', '실행 보고서(report)'),
  remedy: text('write one with `rtcompare run --json`', '`rtcompare run --json`으로 만드십시오.'),
  schema: async () => (await import('../../document/report.ts')).reportSchema,
};

const weighing: Wanted<Weighing> = {
  name: 'weighing',
  what: text('a weighing', '무게 측정(weighing)'),
  remedy: text('write one with `rtcompare check --update`', '`rtcompare check --update`으로 만드십시오.'),
  schema: async () => (await import('../../document/weighing.ts')).weighingSchema,
};

const inspection: Wanted<Inspection> = {
  name: 'inspection',
  what: text('an inspection of `rtcompare inspect`', '`rtcompare inspect`의 관찰 기록'),
  remedy: text(
    'record one with `rtcompare inspect URL --json -- COMMAND`',
    '`rtcompare inspect URL --json -- COMMAND`로 기록하십시오.',
  ),
  schema: async () => (await import('../../document/inspection.ts')).inspectionSchema,
};

const keptProfile: Wanted<KeptProfile> = {
  name: 'inspection-profile',
  what: text('a baseline of an inspection', '관찰 기록의 기준값'),
  remedy: text(
    'write one with `rtcompare check --inspection FILE --update`',
    '`rtcompare check --inspection FILE --update`로 만드십시오.',
  ),
  schema: async () => (await import('../../document/inspection.ts')).keptProfileSchema,
};

const complaints = {
  unprofiled: text(
    '{path} cannot be compared: it was recorded without what that needs; {remedy}',
    '{path}: 비교할 수 없습니다. 비교에 필요한 내용 없이 기록되었습니다. {remedy}',
  ),
  other: text(
    '{path} is {what}, not {wanted}; {remedy}',
    '{path}: 필요한 문서가 아닙니다. 이 파일: {what}. 필요한 것: {wanted}. {remedy}',
  ),
  newer: text(
    '{path} is {what} of version {version}, and this rtcompare reads version 1; use the rtcompare that wrote it',
    '{path}: 버전 {version} 문서({what})입니다. 이 rtcompare는 버전 1을 읽습니다. 그 파일을 만든 rtcompare를 쓰십시오.',
  ),
  damaged: text(
    '{path} is {what}, but a damaged one: {where}: {problem}; {remedy}',
    '{path}: 온전하지 않은 문서({what})입니다. {where}: {problem}. {remedy}',
  ),
  pair: text(
    '{before} is {kind}, {after} is {otherKind}; compare two reports of `rtcompare run --json`, two weighings of `rtcompare check --update`, or two inspections of `rtcompare inspect URL --json`',
    '{before}: {kind}. {after}: {otherKind}. `rtcompare run --json`의 보고서 둘, `rtcompare check --update`의 기준값 둘, 또는 `rtcompare inspect URL --json`의 관찰 기록 둘을 비교하십시오.',
  ),
} as const;

async function held<Value>(value: unknown, path: string, wanted: Wanted<Value>): Promise<Value> {
  const { name, what } = kindOf(value);
  const { remedy } = wanted;
  if (name !== wanted.name)
    throw new UsageError(inEveryLanguage(complaints.other, { path, what, wanted: wanted.what, remedy }));
  const { schemaVersion } = value as { schemaVersion?: unknown };
  if (typeof schemaVersion === 'number' && schemaVersion > 1)
    throw new UsageError(inEveryLanguage(complaints.newer, { path, what, version: String(schemaVersion) }));
  const schema = await wanted.schema();
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || '.';
  const problem = { en: issue?.message ?? '', ko: await inKorean(schema, value) };
  throw new UsageError(inEveryLanguage(complaints.damaged, { path, what, where, problem, remedy }));
}

/** The first issue again, as the schema's library says it in Korean. */
async function inKorean(schema: ZodType, value: unknown): Promise<string> {
  const { ko } = await import('zod/v4/locales');
  const { localeError } = ko();
  return schema.safeParse(value, { error: localeError }).error?.issues[0]?.message ?? '';
}

export async function weighingOf(content: string, path: string): Promise<Weighing> {
  return held(parseJson(content, path), path, weighing);
}

/** Throws `UsageError` with what is wrong with the file. */
export async function readReport(path: string): Promise<Report> {
  return held(parseJson(readText(path), path), path, report);
}

export async function readWeighing(path: string): Promise<Weighing> {
  return weighingOf(readText(path), path);
}

/** What an inspection said, from its document or from a baseline. Throws `UsageError` with what is wrong with the file. */
export async function readProfile(path: string): Promise<Profile> {
  return profileOf(parseJson(readText(path), path), path);
}

async function profileOf(value: unknown, path: string): Promise<Profile> {
  if (kindOf(value).name !== 'inspection') return held(value, path, keptProfile);
  const { profile } = await held(value, path, inspection);
  if (profile) return profile;
  throw new UsageError(inEveryLanguage(complaints.unprofiled, { path, remedy: inspection.remedy }));
}

const isInspected = ({ name }: ReturnType<typeof kindOf>) =>
  name === 'inspection' || name === 'inspection-profile';

type Pair =
  | { readonly kind: 'inspection'; readonly before: Profile; readonly after: Profile }
  | { readonly kind: 'report'; readonly before: Report; readonly after: Report }
  | { readonly kind: 'weighing'; readonly before: Weighing; readonly after: Weighing };

/** Two reports, two weighings or two inspections. Throws `UsageError` with what they are where they are not. */
export async function readPair(before: string, after: string): Promise<Pair> {
  const [one, other] = [before, after].map((path) => parseJson(readText(path), path));
  const [kind, otherKind] = [kindOf(one), kindOf(other)];
  if (kind.name === 'report' && otherKind.name === 'report')
    return {
      kind: 'report',
      before: await held(one, before, report),
      after: await held(other, after, report),
    };
  if (kind.name === 'weighing' && otherKind.name === 'weighing')
    return {
      kind: 'weighing',
      before: await held(one, before, weighing),
      after: await held(other, after, weighing),
    };
  if (isInspected(kind) && isInspected(otherKind))
    return {
      kind: 'inspection',
      before: await profileOf(one, before),
      after: await profileOf(other, after),
    };
  const what = { before, after, kind: kind.what, otherKind: otherKind.what };
  throw new UsageError(inEveryLanguage(complaints.pair, what));
}

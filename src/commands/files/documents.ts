/**
 * The JSON documents that commands read: reports, weighings, inspections and their baselines. The complaint about a
 * file of the wrong kind says what kind it is.
 */
import type { ZodType } from 'zod';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import type { Inspection, KeptProfile, Profile } from '../../document/inspection.ts';
import type { LoadReport } from '../../document/load-report.ts';
import type { Report } from '../../document/report.ts';
import type { Weighing } from '../../document/weighing.ts';
import { parseJson } from '../options/strict-json.ts';
import { type KindName, kindOf, whatOf } from './document-kinds.ts';
import { readText } from './writing.ts';

interface Wanted<Value> {
  readonly name: KindName;
  readonly remedy: Text;
  readonly schema: () => Promise<ZodType<Value>>;
}

const report: Wanted<Report> = {
  name: 'report',
  remedy: text('write one with `rtcompare run --json`', '`rtcompare run --json`으로 만드십시오.'),
  schema: async () => (await import('../../document/report.ts')).reportSchema,
};

const weighing: Wanted<Weighing> = {
  name: 'weighing',
  remedy: text('write one with `rtcompare check --update`', '`rtcompare check --update`으로 만드십시오.'),
  schema: async () => (await import('../../document/weighing.ts')).weighingSchema,
};

const inspection: Wanted<Inspection> = {
  name: 'inspection',
  remedy: text(
    'record one with `rtcompare inspect URL --json -- COMMAND`',
    '`rtcompare inspect URL --json -- COMMAND`로 기록하십시오.',
  ),
  schema: async () => (await import('../../document/inspection.ts')).inspectionSchema,
};

const keptProfile: Wanted<KeptProfile> = {
  name: 'inspection-profile',
  remedy: text(
    'write one with `rtcompare check --inspection FILE --update`',
    '`rtcompare check --inspection FILE --update`로 만드십시오.',
  ),
  schema: async () => (await import('../../document/inspection.ts')).keptProfileSchema,
};

const artillery = {
  name: 'artillery',
  remedy: text('write one with `artillery run --output FILE`', '`artillery run --output FILE`로 만드십시오.'),
  schema: async () => (await import('../../document/load-report.ts')).artillerySchema,
} as const;

const complaints = {
  uncounted: text(
    '{path} is a report of Artillery without any counter of ours; run the script with the engine artillery-engine-rtcompare',
    '{path}: Artillery의 보고서이지만 우리 계수기가 없습니다. artillery-engine-rtcompare 엔진으로 스크립트를 실행하십시오.',
  ),
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

const parsed = (path: string): unknown => parseJson(readText(path), path);

async function held<Value>(value: unknown, path: string, wanted: Wanted<Value>): Promise<Value> {
  const { name, what } = kindOf(value);
  const { remedy } = wanted;
  if (name !== wanted.name)
    throw new UsageError(
      inEveryLanguage(complaints.other, { path, what, wanted: whatOf(wanted.name), remedy }),
    );
  const { schemaVersion } = value as { schemaVersion?: unknown };
  if (typeof schemaVersion === 'number' && schemaVersion > 1)
    throw new UsageError(inEveryLanguage(complaints.newer, { path, what, version: String(schemaVersion) }));
  const schema = await wanted.schema();
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') || '.';
  const problem = { en: issue?.message ?? '', ko: await inKorean(schema, value) };
  throw new UsageError(inEveryLanguage(complaints.damaged, { path, what, where, problem, remedy }));
}

/** The first issue once more, in Korean, from zod's own locale. */
async function inKorean(schema: ZodType, value: unknown): Promise<string> {
  const { ko } = await import('zod/v4/locales');
  const { localeError } = ko();
  return schema.safeParse(value, { error: localeError }).error?.issues[0]?.message ?? '';
}

const reads =
  <Value>(wanted: Wanted<Value>) =>
  async (path: string): Promise<Value> =>
    held(parsed(path), path, wanted);

/** Each throws `UsageError` with what is wrong with the file. */
export const readReport = reads(report);
export const readWeighing = reads(weighing);

/**
 * What `rtcompare report` shows: our report, or one of Artillery that our engine has counted for. Throws
 * `UsageError`.
 */
export async function readTold(
  path: string,
): Promise<{ readonly report: Report } | { readonly load: LoadReport }> {
  const value = parsed(path);
  if (kindOf(value).name !== 'artillery') return { report: await held(value, path, report) };
  const { loadReportOf } = await import('../../document/load-report.ts');
  const load = loadReportOf(await held(value, path, artillery));
  if (load.transports.length === 0) throw new UsageError(inEveryLanguage(complaints.uncounted, { path }));
  return { load };
}

/** An inspection's profile, from its document or a baseline. Throws `UsageError` with what is wrong with the file. */
export const readProfile = async (path: string): Promise<Profile> => profileOf(parsed(path), path);

async function profileOf(value: unknown, path: string): Promise<Profile> {
  if (kindOf(value).name !== 'inspection') return held(value, path, keptProfile);
  const { profile } = await held(value, path, inspection);
  if (profile) return profile;
  throw new UsageError(inEveryLanguage(complaints.unprofiled, { path, remedy: inspection.remedy }));
}

const isInspected = ({ name }: ReturnType<typeof kindOf>) =>
  name === 'inspection' || name === 'inspection-profile';

type Two<Name extends string, Value> = {
  readonly kind: Name;
  readonly before: Value;
  readonly after: Value;
};
type Pair = Two<'inspection', Profile> | Two<'report', Report> | Two<'weighing', Weighing>;

/** Two reports, two weighings or two inspections. Throws `UsageError`, naming both kinds, for any other pair. */
export async function readPair(before: string, after: string): Promise<Pair> {
  const [one, other] = [parsed(before), parsed(after)];
  const [kind, otherKind] = [kindOf(one), kindOf(other)];
  const two = async <Name extends Pair['kind'], Value>(
    name: Name,
    read: (value: unknown, path: string) => Promise<Value>,
  ): Promise<Two<Name, Value>> => ({
    kind: name,
    before: await read(one, before),
    after: await read(other, after),
  });
  if (isInspected(kind) && isInspected(otherKind)) return two('inspection', profileOf);
  if (kind.name === 'report' && otherKind.name === 'report')
    return two('report', (value, path) => held(value, path, report));
  if (kind.name === 'weighing' && otherKind.name === 'weighing')
    return two('weighing', (value, path) => held(value, path, weighing));
  const what = { before, after, kind: kind.what, otherKind: otherKind.what };
  throw new UsageError(inEveryLanguage(complaints.pair, what));
}

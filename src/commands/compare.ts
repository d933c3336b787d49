/** `rtcompare compare A.json B.json`: what moved between two weighings, or two runs, by name and by bytes. */
import type { Command } from 'commander';
import { inEveryLanguage, text } from '../base/text.ts';
import { UsageError } from '../failure.ts';
import type { Comparison } from '../gate/gate.ts';
import { type About, argument, command } from './about.ts';
import { exitCodeOf, tell } from './comparison.ts';
import type { Context } from './context.ts';
import { readText } from './files.ts';
import { reportOf } from './report-files.ts';
import { asciiOption, jsonOption, langOption } from './values.ts';

const about = {
  purpose: text(
    'say what moved between two weighings or two runs: which header, frame field or request',
    '두 기준값 또는 두 측정 사이에 달라진 것을 알려 줍니다: 어느 헤더, 프레임 필드, 요청인지',
  ),
  examples: [
    [
      'rtcompare compare old.json new.json',
      text(
        'two files of `rtcompare check --update --baseline FILE`',
        '`rtcompare check --update --baseline FILE`의 파일 둘',
      ),
    ],
    [
      'rtcompare compare before.json after.json',
      text(
        'two reports of `rtcompare run --json` or `rtcompare run --out`',
        '`rtcompare run --json`이나 `rtcompare run --out`의 보고서 둘',
      ),
    ],
  ],
} satisfies About;

interface Options {
  json?: boolean;
  lang?: string;
  ascii?: boolean;
}

export const compareCommand = ({ done }: Context): Command =>
  command('compare', about)
    .addArgument(
      argument(
        '<before>',
        text(
          'a weighing of `rtcompare check`, or a report of `rtcompare run`',
          '`rtcompare check`의 기준값 또는 `rtcompare run`의 보고서',
        ),
      ),
    )
    .addArgument(argument('<after>', text('another one', '같은 종류의 다른 파일')))
    .addOption(jsonOption(text('print the comparison as one JSON document', '비교를 JSON 문서 하나로 출력')))
    .addOption(langOption(text('language of the findings', '결과의 언어')))
    .addOption(asciiOption())
    .action(async (before: string, after: string, options: Options) => {
      const comparison = await compared(before, after);
      await tell(comparison, options);
      done(await exitCodeOf(comparison));
    });

const kinds = { report: text('report', '보고서'), weighing: text('weighing', '기준값') };

/** Two files of one kind. Throws `UsageError` where they are not. */
async function compared(before: string, after: string): Promise<Comparison> {
  const files = [before, after].map((path) => ({ path, content: readText(path) })) as [Named, Named];
  const [kind, otherKind] = files.map(({ content }) =>
    isReport(content) ? 'report' : 'weighing',
  ) as (keyof typeof kinds)[];
  if (kind !== otherKind)
    throw new UsageError(
      inEveryLanguage(
        text(
          '{before} is a {kind}, {after} a {otherKind}; compare two of the same kind',
          '{before}은(는) {kind}, {after}은(는) {otherKind}입니다. 같은 종류의 파일 둘을 비교해야 합니다',
        ),
        {
          ...{ before, after },
          kind: kinds[kind ?? 'weighing'],
          otherKind: kinds[otherKind ?? 'weighing'],
        },
      ),
    );
  const [one, other] = files;
  if (kind === 'report') {
    const { compareReports } = await import('../gate/report-differences.ts');
    return compareReports(await reportOf(one.content, one.path), await reportOf(other.content, other.path));
  }
  const { parseWeighing } = await import('../gate/baseline.ts');
  const { compareWeighings } = await import('../gate/gate.ts');
  return compareWeighings(parseWeighing(one.content, one.path), parseWeighing(other.content, other.path));
}

interface Named {
  readonly path: string;
  readonly content: string;
}

/** A report has trials; whatever else it is, the reader of weighings says what is wrong with it. */
function isReport(content: string): boolean {
  try {
    return 'trials' in JSON.parse(content);
  } catch {
    return false;
  }
}

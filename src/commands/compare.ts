/** `rtcompare compare A.json B.json`: what moved between two weighings, or two runs, by name and by bytes. */
import type { Command } from 'commander';
import { text } from '../base/text.ts';
import type { Comparison } from '../gate/gate.ts';
import { exitCodeOf, refuseUnread, tell } from './checking/told-comparison.ts';
import { readPair } from './files/documents.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { asciiOption, jsonOption, langOption } from './options/values.ts';

const about = {
  purpose: purposes.compare,
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
} satisfies AboutCommand;

interface Options {
  json?: boolean;
  lang?: string;
  ascii?: boolean;
}

export const compareCommand = ({ done }: Context): Command =>
  command(
    'compare',
    about,
    [
      jsonOption(text('print the comparison as one JSON document', '비교를 JSON 문서 하나로 출력')),
      langOption(text('language of the findings', '결과의 언어')),
      asciiOption(),
    ],
    argument(
      '<before>',
      text(
        'a weighing of `rtcompare check`, a report of `rtcompare run`, or an inspection',
        '`rtcompare check`의 기준값, `rtcompare run`의 보고서 또는 관찰 기록',
      ),
    ),
    argument('<after>', text('another one', '같은 종류의 다른 파일')),
  ).action(async (before: string, after: string, options: Options) => {
    const pair = await readPair(before, after);
    if (pair.kind === 'inspection') {
      const { compareInspections } = await import('../gate/inspection-differences.ts');
      const { judgeInspection } = await import('./inspecting/inspection-gate.ts');
      return done(await judgeInspection(compareInspections(pair.before, pair.after), options));
    }
    const comparison = await compared(pair);
    await tell(comparison, options);
    const code = await exitCodeOf(comparison);
    // "Heavier" holds whatever else could not be compared; "nothing heavier" does not.
    if (code === 0) await refuseUnread(comparison);
    done(code);
  });

async function compared(
  pair: Exclude<Awaited<ReturnType<typeof readPair>>, { kind: 'inspection' }>,
): Promise<Comparison> {
  if (pair.kind === 'report') {
    const { compareReports } = await import('../gate/report-differences.ts');
    return compareReports(pair.before, pair.after);
  }
  const { compareWeighings } = await import('../gate/gate.ts');
  return compareWeighings(pair.before, pair.after);
}

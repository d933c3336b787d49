/** `rtcompare compare A.json B.json`: what moved between two weighings, or two runs, by name and by bytes. */
import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import type { Comparison } from '../gate/gate.ts';
import { exitCodeOf, tell } from './comparison.ts';
import type { Context } from './context.ts';
import { readText } from './files.ts';
import { reportOf } from './report-files.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare compare old.json new.json      two files of \`check --update-baseline --baseline FILE\`
  rtcompare compare before.json after.json two reports of \`run --json\` or \`run --out\`
`;

interface Options {
  json?: boolean;
  lang?: string;
  ascii?: boolean;
}

export const compareCommand = ({ done }: Context): Command =>
  new Command('compare')
    .description('say what moved between two weighings or two runs: which header, frame field or request')
    .argument('<before>', 'a weighing of `check`, or a report of `run`')
    .argument('<after>', 'another one')
    .addOption(option('--json', 'print the comparison as one JSON document'))
    .addOption(option('--lang <language>', 'language of the findings').choices(['en', 'ko']))
    .addOption(option('--ascii', 'no box-drawing characters'))
    .addHelpText('before', examples)
    .action(async (before: string, after: string, options: Options) => {
      const comparison = await compared(before, after);
      await tell(comparison, options);
      done(await exitCodeOf(comparison));
    });

/** Two files of one kind. Throws `UsageError` where they are not. */
async function compared(before: string, after: string): Promise<Comparison> {
  const files = [before, after].map((path) => ({ path, text: readText(path) })) as [Named, Named];
  const [kind, otherKind] = files.map(({ text }) => (isReport(text) ? 'report' : 'weighing'));
  if (kind !== otherKind)
    throw new UsageError(`${before} is a ${kind}, ${after} a ${otherKind}; compare two of the same kind`);
  const [one, other] = files;
  if (kind === 'report') {
    const { compareReports } = await import('../gate/report-differences.ts');
    return compareReports(await reportOf(one.text, one.path), await reportOf(other.text, other.path));
  }
  const { parseWeighing } = await import('../gate/baseline.ts');
  const { compareWeighings } = await import('../gate/gate.ts');
  return compareWeighings(parseWeighing(one.text, one.path), parseWeighing(other.text, other.path));
}

interface Named {
  readonly path: string;
  readonly text: string;
}

/** A report has trials; whatever else it is, the reader of weighings says what is wrong with it. */
function isReport(text: string): boolean {
  try {
    return 'trials' in JSON.parse(text);
  } catch {
    return false;
  }
}

/** `rtcompare compare A.json B.json`: what moved between two weighings, or two runs, by name and by bytes. */
import { Command } from 'commander';
import type { Comparison } from '../gate/gate.ts';
import { exitCodeOf, refuseUnread, tell } from './comparison.ts';
import type { Context } from './context.ts';
import { readPair } from './documents.ts';
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
      const code = await exitCodeOf(comparison);
      // What became heavier is sure; that nothing did is not, where something could not be compared.
      if (code === 0) await refuseUnread(comparison);
      done(code);
    });

async function compared(before: string, after: string): Promise<Comparison> {
  const pair = await readPair(before, after);
  if (pair.kind === 'report') {
    const { compareReports } = await import('../gate/report-differences.ts');
    return compareReports(pair.before, pair.after);
  }
  const { compareWeighings } = await import('../gate/gate.ts');
  return compareWeighings(pair.before, pair.after);
}

/** `rtcompare compare A.json B.json`: what moved between two weighings, by name and by bytes. */
import { Command } from 'commander';
import { exitCodeOf, tell } from './check.ts';
import type { Context } from './context.ts';
import { readText } from './files.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare compare old.json new.json      two files of \`check --update-baseline --baseline FILE\`
`;

interface Options {
  json?: boolean;
  lang?: string;
  ascii?: boolean;
}

export const compareCommand = ({ done }: Context): Command =>
  new Command('compare')
    .description('say what moved between two weighings: which header, frame field or request')
    .argument('<before>', 'a weighing')
    .argument('<after>', 'another one')
    .addOption(option('--json', 'print the comparison as one JSON document'))
    .addOption(option('--lang <language>', 'language of the findings').choices(['en', 'ko']))
    .addOption(option('--ascii', 'no box-drawing characters'))
    .addHelpText('before', examples)
    .action(async (before: string, after: string, options: Options) => {
      const { parseWeighing } = await import('../gate/baseline.ts');
      const { compareWeighings } = await import('../gate/gate.ts');
      const read = (path: string) => parseWeighing(readText(path), path);
      const comparison = compareWeighings(read(before), read(after));
      await tell(comparison, options);
      done(await exitCodeOf(comparison));
    });

/** `rtcompare list`: what can be measured. */
import { Command } from 'commander';
import type { Context } from './context.ts';

export const listCommand = ({ done }: Context): Command =>
  new Command('list')
    .description('list transports, variants, references, scenarios and metrics')
    .action(async () => {
      const { transports } = await import('../transports/index.ts');
      const { scenarios } = await import('../scenarios/index.ts');
      const { metrics } = await import('../metrics/figures.ts');
      const line = (name: string, text: string) => `  ${name.padEnd(20)} ${text}\n`;
      const group = (title: string, belongs: (traits: (typeof transports)[number]['traits']) => boolean) =>
        `${title}\n${transports
          .filter(({ traits }) => belongs(traits))
          .map(({ name, aliases }) => line(name, aliases.length > 0 ? `also: ${aliases.join(', ')}` : ''))
          .join('')}`;
      process.stdout.write(
        [
          group('Transports (all of these are "all")', ({ inAll }) => inAll),
          group('Variants (by name)', ({ inAll, reference }) => !inAll && !reference),
          group('References (always measured beside the others)', ({ reference }) => reference),
          `Scenarios\n${scenarios.map(({ name, question }) => line(name, question.en)).join('')}`,
          `Metrics (for thresholds in the configuration)\n${metrics.map(({ name, unit }) => `  ${name.padEnd(34)} ${unit}\n`).join('')}`,
        ].join('\n'),
      );
      done(0);
    });

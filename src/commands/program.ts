/** The table of commands, and what holds for all of them. */
import { Command, type Option } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import { version } from '../version.ts';
import { checkCommand } from './check.ts';
import { claimsCommand } from './claims.ts';
import { compareCommand } from './compare.ts';
import { completionCommand } from './completion.ts';
import type { Context } from './context.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { inspectCommand } from './inspect.ts';
import { lawCommand } from './law.ts';
import { lessonCommand } from './lesson.ts';
import { listCommand } from './list.ts';
import { pcapCommand } from './pcap.ts';
import { predictCommand } from './predict.ts';
import { recommendCommand } from './recommend.ts';
import { reportCommand } from './report.ts';
import { reproduceCommand } from './reproduce.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { tablesCommand } from './tables.ts';
import { wireCommand } from './wire.ts';

const help = `
Exit codes:
  0    fine; a noisy run too, with a warning
  1    a threshold or a baseline was not met
  2    the command line or the configuration is wrong
  3    the run could not happen, or does not count
  130  interrupted by Ctrl-C (143: by TERM); what was measured is printed

Every option can come from the environment: --poll-interval is RTCOMPARE_POLL_INTERVAL.
`;

export function createProgram(context: Context): Command {
  const program = new Command('rtcompare')
    .description('Real-time web transports side by side: every byte accounted for, every message timed.')
    .version(version)
    .exitOverride()
    .helpCommand(false)
    .configureHelp({ optionDescription: describe })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'rtcompare:')) })
    .addHelpText('after', help);
  for (const command of [
    runCommand,
    wireCommand,
    tablesCommand,
    claimsCommand,
    checkCommand,
    compareCommand,
    reportCommand,
    pcapCommand,
    reproduceCommand,
    lessonCommand,
    recommendCommand,
    predictCommand,
    lawCommand,
    listCommand,
    serveCommand,
    demoCommand,
    doctorCommand,
    completionCommand,
    inspectCommand,
  ]) {
    program.addCommand(command(context).exitOverride().copyInheritedSettings(program));
  }
  // Without a word it explains itself; a word it does not know is a mistake, not an argument.
  return program.allowExcessArguments().action(() => {
    const [word] = program.args;
    if (word === undefined) return program.outputHelp();
    const known = program.commands.map((command) => command.name());
    throw new UsageError(`unknown command "${word}"${didYouMean(word, known)} Known: ${known.join(', ')}`);
  });
}

/** Every option has its environment variable; saying so at each would bury the rest. */
function describe({ description, argChoices, defaultValue, defaultValueDescription }: Option): string {
  const extra = [
    ...(argChoices ? [argChoices.join(', ')] : []),
    ...(defaultValue === undefined ? [] : [`default: ${defaultValueDescription ?? defaultValue}`]),
  ];
  return extra.length > 0 ? `${description} (${extra.join('; ')})` : description;
}

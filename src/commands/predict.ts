/** `rtcompare predict`: what the laws say about a plan, before anything is measured. No socket is opened. */
import { Command } from 'commander';
import type { TrialPlan } from '../measure.ts';
import { configOptions, configurationTable, configure } from './configuration.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import {
  askedOf,
  howToMeasure,
  outageNeedsScenario,
  type RunOptions,
  runOptions,
  whatToMeasure,
} from './run-options.ts';
import { planRun } from './run-plan.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare predict --link rtt=80ms --poll-interval 2s
  rtcompare predict --scenario connect --link 4g
  rtcompare predict --transport ws,sse --size 1000 --json
`;

interface Options extends RunOptions {
  json?: boolean;
  config?: string;
  printConfig?: boolean;
  lang?: string;
  ascii?: boolean;
}

export const predictCommand = ({ signal, done }: Context): Command => {
  const made = [
    ...whatToMeasure(),
    ...howToMeasure(),
    ...configOptions(),
    option('--json', 'print the predictions as one JSON document'),
    option('--lang <language>', 'language of the table').choices(['en', 'ko']),
    option('--ascii', 'no box-drawing characters'),
  ].reduce(
    (built, added) => built.addOption(added),
    new Command('predict')
      .description('say what the laws predict for a plan, without opening a socket')
      .addHelpText('before', examples),
  );
  const isAsked = askedOf(made);
  return made.action(async ({ config }: Options) => {
    await configure(made, runOptions(), config);
    const options = made.opts<Options>();
    if (options.printConfig) return void process.stdout.write(configurationTable(made));
    // A repeat is foreseen as the first was, and only shuffles the order.
    const { plan, trials } = await planRun({ ...options, repeat: 1 }, isAsked, signal);
    outageNeedsScenario(made, plan.scenario);
    await tell(await foreseen(trials), plan.scenario.split(','), options);
    done(0);
  });
};

/** A free port has five digits, as good as always; the handshake's bytes count them. */
const anyPort = 40_000;

async function foreseen(trials: readonly TrialPlan[]) {
  const { foresee } = await import('../predictions/index.ts');
  return trials.flatMap((trial) => {
    const { transport, scenario, load, link } = trial;
    const at = { transport: transport.name, scenario: scenario.name, load, link };
    return foresee({ ...trial, port: trial.port || anyPort }).map((one) => ({ ...at, ...one }));
  });
}

async function tell(
  predictions: Awaited<ReturnType<typeof foreseen>>,
  scenarios: readonly string[],
  { json, lang, ascii }: Options,
): Promise<void> {
  const { foreseenBlock } = await import('../report/foreseen-table.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const { wordsOf } = await import('../report/words.ts');
  const words = wordsOf(readerOf(lang));
  process.stdout.write(
    json
      ? `${JSON.stringify({ predictions }, null, 2)}\n`
      : renderBlocks([foreseenBlock(predictions, scenarios, words)], { width: 80, ascii: ascii === true }),
  );
}

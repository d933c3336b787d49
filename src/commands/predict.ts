/** `rtcompare predict`: what the laws predict for a plan, before anything is measured. No socket is opened. */

import type { Command } from 'commander';
import { text } from '../base/text.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { type AboutCommand, type Context, command, inTopic } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { configOptions, configurationTable, configure } from './options/configuration.ts';
import { readerOf } from './options/language.ts';
import {
  askedOf,
  howToMeasure,
  knobsNeedScenario,
  type RunOptions,
  runOptions,
  telling,
  whatToMeasure,
} from './options/run-options.ts';
import { planRun } from './options/run-plan.ts';
import { asciiOption, jsonOption, langOption } from './options/values.ts';
import { print } from './screen/print.ts';

const about = {
  purpose: purposes.predict,
  examples: [
    ['rtcompare predict --link rtt=80ms --poll-interval 2s'],
    ['rtcompare predict --scenario connect --link 4g'],
    ['rtcompare predict --transport ws,sse --size 1000 --json'],
  ],
  usual: [
    '--transport',
    '--scenario',
    '--clients',
    '--rate',
    '--size',
    '--poll-interval',
    '--link',
    '--proxy',
    '--json',
    '--lang',
  ],
} satisfies AboutCommand;

interface Options extends RunOptions {
  json?: boolean;
  config?: string;
  printConfig?: boolean;
  lang?: string;
  ascii?: boolean;
}

export const predictCommand = ({ signal, done }: Context): Command => {
  const made = command('predict', about, [
    ...whatToMeasure(),
    ...howToMeasure(),
    ...configOptions(),
    ...inTopic(telling, [
      jsonOption(text('print the predictions as one JSON document', '예측을 JSON 문서 하나로 출력')),
      langOption(text('language of the table', '표의 언어')),
      asciiOption(),
    ]),
  ]);
  const isAsked = askedOf(made);
  return made.action(async ({ config }: Options) => {
    await configure(made, runOptions(), config);
    const options = made.opts<Options>();
    if (options.printConfig) return void process.stdout.write(configurationTable(made));
    // Repeats have the same predictions and would only shuffle the order.
    const { plan, trials } = await planRun({ ...options, repeat: 1 }, isAsked, signal);
    knobsNeedScenario(made, plan.scenario);
    await tell(await foreseen(trials), plan.scenario.split(','), options);
    done(0);
  });
};

/** Stands for the port that the system will choose: nearly always five digits, which the handshake carries. */
const anyPort = 40_000;

async function foreseen(trials: readonly TrialPlan[]) {
  const { foresee } = await import('../trial/predictions/index.ts');
  return trials.flatMap((trial) => {
    const { transport, scenario, load, link, over } = trial;
    const at = { transport: transport.name, scenario: scenario.name, load, link, over };
    return foresee({ ...trial, port: trial.port || anyPort }).map((one) => ({ ...at, ...one }));
  });
}

async function tell(
  predictions: Awaited<ReturnType<typeof foreseen>>,
  scenarios: readonly string[],
  options: Options,
): Promise<void> {
  const { foreseenBlock } = await import('../report/views/run/foreseen-table.ts');
  const reader = readerOf(options.lang);
  await print(
    options,
    () => ({ predictions }),
    () => [foreseenBlock(predictions, scenarios, reader)],
  );
}

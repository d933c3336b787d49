/** `rtcompare predict`: what the laws say about a plan, before anything is measured. No socket is opened. */
import { Command } from 'commander';
import { configOptions, configurationTable, configure } from './configuration.ts';
import type { Context } from './context.ts';
import { languageOf } from './language.ts';
import { runOptions } from './run.ts';
import { askedOf, howToMeasure, outageNeedsScenario, type RunOptions, whatToMeasure } from './run-options.ts';
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
    const { foresee } = await import('../predictions/index.ts');
    const { plan, trials } = await planRun(options, isAsked, signal);
    outageNeedsScenario(made, plan.scenario);
    const predictions = trials
      .filter(({ repeat }) => repeat === 0)
      .flatMap((trial) =>
        foresee({ ...trial, port: trial.port || anyPort }).map((prediction) => ({
          transport: trial.transport.name,
          scenario: trial.scenario.name,
          ...prediction,
        })),
      );
    process.stdout.write(
      options.json ? `${JSON.stringify({ predictions }, null, 2)}\n` : await tell(predictions, options),
    );
    done(0);
  });
};

/** A free port has five digits, as good as always; the handshake's bytes count them. */
const anyPort = 40_000;

interface Row {
  transport: string;
  scenario: string;
  law: string;
  metric: string;
  unit: string;
  predicted: number | number[];
}

const heads = {
  title: { en: 'What the laws predict', ko: '법칙의 예측' },
  transport: { en: 'transport', ko: '전송 방식' },
  scenario: { en: 'scenario', ko: '시나리오' },
  law: { en: 'law', ko: '법칙' },
  metric: { en: 'metric', ko: '항목' },
  predicted: { en: 'predicted', ko: '예측' },
  note: {
    en: '`rtcompare law ID` explains a law; `rtcompare run` with the same options measures it.',
    ko: '`rtcompare law ID`는 법칙을 설명하고, 같은 옵션의 `rtcompare run`은 그것을 측정합니다.',
  },
};

async function tell(rows: readonly Row[], options: Options): Promise<string> {
  const { terminalTable } = await import('../report/terminal-table.ts');
  const { wordsOf } = await import('../report/words.ts');
  const words = wordsOf(languageOf(options.lang));
  const say = (text: { en: string; ko: string }) => words.tell(text);
  const round = (value: number) => String(Math.round(value * 1000) / 1000);
  return `${terminalTable(
    {
      title: say(heads.title),
      notes: [say(heads.note)],
      shape: 'figures',
      head: [heads.transport, heads.scenario, heads.law, heads.metric, heads.predicted].map(say),
      align: ['left', 'left', 'left', 'left', 'right'],
      rows: rows.map(({ transport, scenario, law, metric, unit, predicted }) => [
        transport,
        scenario,
        law,
        words.find(`metric.${metric}`) ?? metric,
        `${[predicted].flat().map(round).join(' | ')} ${words.find(`unit.${unit}`) ?? unit}`,
      ]),
    },
    { width: 80, ascii: options.ascii === true },
  )}\n`;
}

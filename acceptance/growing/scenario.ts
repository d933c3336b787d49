/** A scenario with a metric and a knob of its own: a file and its place in the registry. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grown } from './copy.ts';

/** The scenario: the round trip of a request after a pause without messages. */
const lull = `
import { text } from '../../base/text.ts';
import { metric } from '../../metrics/metric.ts';
import { duration } from '../knob.ts';
import { type Scenario, usual } from './scenario.ts';

export const lull = {
  ...usual,
  name: 'lull',
  question: {
    en: 'How long does a question take after a while of silence?',
    ko: '한동안 조용하다가 물으면 얼마나 걸립니까?',
  },
  paced: false,
  defaults: { messages: 1, warmup: 0 },
  async drive(lab) {
    await lab.pass(Number(lab.load.own?.lullMs));
    for (const speaker of lab.speakers) {
      const beganNs = lab.now();
      await speaker.ask();
      lab.found('lull.slowest', (lab.now() - beganNs) / 1e6);
    }
  },
  knobs: { lullMs: duration('--lull <time>', text('scenario lull: for how long', 'lull 시나리오: 조용한 시간'), 200) },
  metrics: [
    metric('lull.slowest', 'ms', ({ figures }) => figures?.['lull.slowest'], text('The slowest answer.', '가장 느린 답입니다.'), {
      head: text('slowest ms', '가장 느림 ms'),
      ratioHead: text('slowest', '가장 느림'),
    }),
  ],
  findings: ({ found }) => ({ figures: { 'lull.slowest': Math.max(...found('lull.slowest')) } }),
} satisfies Scenario;
`;

const addition = {
  files: { 'trial/scenarios/lull.ts': lull },
  lines: [
    {
      file: 'trial/scenarios/index.ts',
      before: 'import type { Scenario }',
      line: "import { lull } from './lull.ts';",
    },
    { file: 'trial/scenarios/index.ts', before: '];', line: '  lull,' },
  ],
};

interface Measured {
  readonly load: { readonly own?: Readonly<Record<string, number>> };
  readonly figures?: Readonly<Record<string, number>>;
}

/** Help, lists, tables, files, thresholds and explanations know of it, and nothing else was touched. */
export const aScenarioIsAFileAndALine = (): boolean =>
  grown(addition, ({ folder, speak, say, told, written }) => {
    const thresholds = ['ws lull lull.slowest > 0 ms'];
    writeFileSync(join(folder, 'rtcompare.config.json'), JSON.stringify({ thresholds }));
    const asked = '--transport ws --scenario lull --clients 2 --repeat 2 --quiet --lull 0.1s --json';
    const ran = speak('en', 'run', ...asked.split(' '));
    writeFileSync(join(folder, 'run.json'), ran.stdout);
    const { trials, summary, thresholds: judged } = JSON.parse(ran.stdout);
    const all = trials as readonly Measured[];
    say(
      all.length > 0 && all.every(({ figures }) => Number(figures?.['lull.slowest']) > 0),
      'every trial has the figure',
    );
    say(
      all.every(({ load }) => load.own?.lullMs === 100),
      'every trial says what it was asked',
    );
    const rows = summary as readonly { metric: string }[];
    for (const name of ['lull.slowest', 'lull.slowest / tcp'])
      say(
        rows.some(({ metric }) => metric === name),
        `repeats are told of ${name}`,
      );
    say(judged.length === 1 && judged[0].measured > 0, 'a threshold may speak of it');
    told('en', /^ {2}lull\.slowest +ms$/m, 'list');
    told('ko', /^ {2}lull +한동안 조용하다가/m, 'list');
    told('en', /lull\.slowest/, 'explain', 'lull.slowest');
    told('en', /--lull <time> +scenario lull: for how long \(default: 200ms\)/, 'run', '--help', 'all');
    written('en', 'md', /^\| transport \| slowest ms \| p50 ms /m);
    written('ko', 'md', /^\| 전송 방식 \| 가장 느림 ms \| p50 ms /m);
    written('en', 'csv', /^ws,lull,.*,lull\.slowest,[\d.]+,ms\r?$/m);
  });

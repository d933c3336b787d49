/**
 * What the product grows by, tried in a copy of the tree: a scenario with a metric and a knob of its own is a file and its
 * place in the registry. Nothing else is touched, and help, lists, tables, files, thresholds and explanations know of it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tally } from './command.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** How long it takes to ask again after a while in which nobody spoke. */
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
    metric('lull.slowest', 'ms', ({ figures }) => figures?.['lull.slowest'], {
      head: text('slowest ms', '가장 느림 ms'),
      ratioHead: text('slowest', '가장 느림'),
    }),
  ],
  findings: ({ found }) => ({ figures: { 'lull.slowest': Math.max(...found('lull.slowest')) } }),
} satisfies Scenario;
`;

/** Of the product as it is now, without what a build makes and without history. */
function copied(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-growing-'));
  for (const name of ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.types.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

/** Its import and its place. */
function register(folder: string, name: string): void {
  const path = join(folder, 'src/trial/scenarios/index.ts');
  const registry = readFileSync(path, 'utf8')
    .replace('import type { Scenario }', `import { ${name} } from './${name}.ts';\n$&`)
    .replace('  stream,\n];', `  stream,\n  ${name},\n];`);
  writeFileSync(path, registry);
}

/** What the built copy says, in the language of somebody who reads Korean or English. */
const speaker =
  (folder: string) =>
  (language: 'en' | 'ko', ...args: readonly string[]) =>
    spawnSync(process.execPath, [join(folder, 'dist/cli.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, RTCOMPARE_LANG: language },
    });

export async function growing(): Promise<boolean> {
  const { say, held } = tally();
  const folder = copied();
  try {
    writeFileSync(join(folder, 'src/trial/scenarios/lull.ts'), lull);
    register(folder, 'lull');
    execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    const speak = speaker(folder);
    const thresholds = ['ws lull lull.slowest > 0 ms'];
    writeFileSync(join(folder, 'rtcompare.config.json'), JSON.stringify({ thresholds }));
    const asked = [
      '--transport',
      'ws',
      '--scenario',
      'lull',
      '--clients',
      '2',
      '--repeat',
      '2',
      '--quiet',
      '--lull',
      '0.1s',
    ];
    const ran = speak('en', 'run', ...asked, '--json');
    writeFileSync(join(folder, 'run.json'), ran.stdout);
    const { trials, summary, thresholds: judged } = JSON.parse(ran.stdout);
    type Measured = { load: { own?: Record<string, number> }; figures?: Record<string, number> };
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
    const told = (language: 'en' | 'ko', line: RegExp, ...args: readonly string[]) => {
      const { stdout, stderr } = speak(language, ...args);
      say(
        line.test(stdout),
        `${args.join(' ')} (${language})${line.test(stdout) ? '' : `: ${stdout}${stderr}`}`,
      );
    };
    told('en', /^ {2}lull\.slowest +ms$/m, 'list');
    told('ko', /^ {2}lull +한동안 조용하다가/m, 'list');
    told('en', /lull\.slowest/, 'explain', 'lull.slowest');
    told('en', /--lull <time> +scenario lull: for how long \(default: 200ms\)/, 'run', '--help', 'all');
    const written = (language: 'en' | 'ko', format: string, line: RegExp) => {
      const out = join(folder, `${format}-${language}`);
      speak(language, 'report', 'run.json', '--report', format, '--out', out);
      const text = readdirSync(out).map((file) => readFileSync(join(out, file), 'utf8'));
      say(line.test(text.join('\n')), `${format} (${language})`);
    };
    written('en', 'md', /^\| transport \| slowest ms \| p50 ms /m);
    written('ko', 'md', /^\| 전송 방식 \| 가장 느림 ms \| p50 ms /m);
    written('en', 'csv', /^ws,lull,.*,lull\.slowest,[\d.]+,ms\r?$/m);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return held();
}

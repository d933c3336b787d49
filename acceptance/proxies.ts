/**
 * Behind Debian's nginx and HAProxy: a run of every transport ends with exit 0, each measured with books that balance
 * on both sides, or with the reason why not; the age of an event is that of bare clients through the same proxy; and
 * the tap costs a client behind a proxy no more than elsewhere. What needs a proxy that is not installed is skipped,
 * and the check prints that it was.
 */
import { proxiedEcho } from '../bench/echo.ts';
import { randomStream } from '../src/base/schedule.ts';
import type { Report, Trial } from '../src/document/report.ts';
import { lookForProxy } from '../src/network/proxies/found-proxy.ts';
import { realProxyByName } from '../src/network/proxies/index.ts';
import { rtcompare, tally } from './command.ts';

const asked = [
  ['nginx', '--proxy', 'nginx:stock'],
  ['haproxy', '--proxy', 'haproxy:stock'],
  ['haproxy', '--proxy', 'haproxy:tuned'],
  ['haproxy', '--over', 'h2', '--proxy', 'haproxy'],
  ['squid-forward', '--proxy', 'squid-forward:connect'],
  ['squid-forward', '--proxy', 'squid-forward:denied'],
  ['squid-forward', '--proxy', 'squid-forward:auth-missing'],
] as const;

const isInstalled = (name: string): boolean => {
  const proxy = realProxyByName(name);
  return proxy !== undefined && lookForProxy(proxy) !== undefined;
};

/** A pace that a busy machine can keep: these runs are for bytes and words, not for times. */
const pace = ['--clients', '3', '--rate', '4', '--messages', '8'];

type Say = (holds: boolean, line: string) => void;

export async function proxies(): Promise<boolean> {
  const { say, held } = tally();
  for (const [name, ...options] of asked) {
    if (!isInstalled(name)) console.log(`skipped, ${name} is not installed: ${options.join(' ')}`);
    else await look(name, options, say);
  }
  if (isInstalled('haproxy')) {
    await ages(say);
    await cost(say);
  }
  return held();
}

async function look(name: string, options: readonly string[], say: Say) {
  const { code, stdout, stderr, seconds } = await rtcompare(
    'run',
    '--transport',
    'all',
    ...options,
    ...pace,
    '--json',
    '--quiet',
  );
  const line = options.join(' ');
  if (stdout === '') return say(false, `${line}: exit ${code}, ${stderr.trim()}`);
  const { trials, unconnected, environment } = JSON.parse(stdout) as Report;
  const wrong = trials.flatMap((trial) =>
    problemsOf(trial).map((one) => `${trial.transport} ${trial.scenario}: ${one}`),
  );
  const words = unconnected.map(({ transport, scenario, told }) => `${transport} ${scenario}: ${told.en}`);
  say(
    code === 0 && wrong.length === 0 && trials.length + unconnected.length > 0,
    [
      `${line} (${environment.dependencies[name]}): exit ${code}, ${trials.length} trials in ${seconds.toFixed(0)} s`,
      ...wrong,
      ...(code === 0 ? [] : [stderr.trim()]),
      ...words.map((one) => `in words: ${one}`),
    ].join('\n  '),
  );
}

/** What a trial behind a proxy must not have. */
function problemsOf({ wire, farSide, notes, predictions, verdict }: Trial): string[] {
  const far = farSide?.layers.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  const differs = predictions.filter(({ verdict }) => verdict === 'differs');
  return [
    ...(wire.up + wire.down === wire.socketBytes ? [] : ['not what the clients’ sockets counted']),
    ...(farSide === undefined || far === farSide.socketBytes
      ? []
      : ['not what the server’s sockets counted']),
    ...[...wire.layers, ...(farSide?.layers ?? [])]
      .filter(({ layer }) => layer === 'unparsed')
      .map(() => 'unread bytes'),
    ...(verdict === 'invalid' ? notes.map(({ kind, value }) => `invalid: ${kind} ${value}`) : []),
    ...differs.map(({ law, predicted, measured }) => `${law} says ${predicted}, measured ${measured}`),
  ];
}

/** Long enough that delays of 200 ms average out; runs alternate, so that all see the same noise. */
const stream = [
  '--transport',
  'sse',
  '--scenario',
  'push',
  '--messages',
  '60',
  '--clients',
  '2',
  '--quiet',
  '--json',
];
const times = 5;
/** The period of 20 messages a second. */
const periodMs = 50;

/** Bare clients and ours, through the same proxy in the same run; for comparison, ours without a proxy. */
async function ages(say: Say) {
  for (const proxy of ['haproxy:stock', 'haproxy:tuned']) {
    const found: { ours: number; bare: number; direct: number; periods: number }[] = [];
    for (let time = 0; time < times; time++) {
      const [behind] = await trialsOf('--proxy', proxy);
      const [direct] = await trialsOf();
      const [ours, bare] = [behind?.latency?.p50, behind?.bareStream];
      if (ours != null && bare && direct?.latency?.p50 != null)
        found.push({
          ours: ours / 1e6,
          bare: bare.p50Ms,
          direct: direct.latency.p50 / 1e6,
          periods: 1 - bare.pieces / bare.events,
        });
    }
    const of = (key: 'ours' | 'bare' | 'direct' | 'periods') =>
      found.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? Number.NaN;
    const [ours, bare, direct] = [of('ours'), of('bare'), of('direct')];
    // The age of bare clients is the floor. Ours may be above it by its age without a proxy and, where events share a
    // read, by a period (law PX1).
    const holds = Math.abs(ours - bare) <= direct + of('periods') * periodMs;
    say(
      holds,
      `the age of an event behind ${proxy}: p50 ${ours.toFixed(1)} ms, bare clients ${bare.toFixed(1)} ms, direct ${direct.toFixed(1)} ms (medians of ${found.length})`,
    );
  }
}

async function trialsOf(...options: readonly string[]): Promise<readonly Trial[]> {
  const { stdout, stderr } = await rtcompare('run', ...stream, ...options);
  if (stdout === '') console.log(stderr.trim());
  return stdout === '' ? [] : (JSON.parse(stdout) as Report).trials;
}

/** Fewer pairs than for figures that are quoted: `npm run bench -- proxied-echo` has more. */
const pairs = 8;

async function cost(say: Say) {
  const lines = await proxiedEcho.run({
    pairs,
    suite: false,
    against: undefined,
    random: (purpose) => randomStream(1, purpose),
    progress: () => {},
  });
  const [p50] = lines;
  if (!p50) return say(false, 'the tap behind a proxy was not measured');
  say(
    p50.verdict !== 'not met',
    `${p50.figure}: ${p50.ours} to ${p50.peer}, ratio ${p50.ratio}, ${p50.aim}: ${p50.verdict}`,
  );
}

/**
 * Common load generators, each with how it is run and how its report is read: a further one is a further entry. They
 * are programs on the PATH (autocannon is a package here); those that are not installed are left out.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface Asked {
  readonly url: string;
  readonly body: string;
  readonly connections: number;
  /** Requests per second of all connections together; null sends as fast as answers come. */
  readonly rate: number | null;
  readonly seconds: number;
}

/** As the tool itself reports it; null if it does not. */
export interface Told {
  readonly p90Ms: number | null;
  readonly requests: number;
  readonly downBytes: number | null;
}

export interface LoadTool {
  readonly name: string;
  /** Null if it is not installed. */
  version(): string | null;
  /** @param asked.body empty for a GET. */
  run(asked: Asked): Promise<Told>;
}

const said = (program: string, ...words: string[]): string | null => {
  const { error, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  return error ? null : `${stdout}${stderr}`;
};

/** Ends a tool that waits for ever, such as for the end of an event stream. */
const within = (seconds: number) => ({ timeout: (seconds + 25) * 1000, maxBuffer: 2 ** 26 });

const found = (pattern: RegExp, text: string): number | null => {
  const told = pattern.exec(text)?.[1];
  return told === undefined ? null : Number(told);
};

const hey: LoadTool = {
  name: 'hey',
  // hey does not print its version.
  version: () => (said('hey', '-h') === null ? null : ''),
  async run({ url, body, connections, rate, seconds }) {
    const pace = rate === null ? [] : ['-q', String(rate / connections)];
    const what = body === '' ? [] : ['-m', 'POST', '-T', 'text/plain', '-d', body];
    const words = ['-c', String(connections), '-z', `${seconds}s`, '-t', '5', ...pace, ...what, url];
    const { stdout } = await promisify(execFile)('hey', words, within(seconds));
    const p90 = found(/90% in ([\d.]+) secs/, stdout);
    return {
      p90Ms: p90 === null ? null : p90 * 1000,
      requests: found(/\[200\]\s+(\d+) responses/, stdout) ?? 0,
      downBytes: found(/Total data:\s+(\d+) bytes/, stdout),
    };
  },
};

const wrkScript = fileURLToPath(new URL('./told.lua', import.meta.url));

const wrk: LoadTool = {
  name: 'wrk',
  version: () => /wrk (\S+)/.exec(said('wrk', '-v') ?? '')?.[1] ?? null,
  // It has no option for a rate.
  async run({ url, body, connections, seconds }) {
    const words = [
      '-t',
      '1',
      '-c',
      String(connections),
      '-d',
      `${seconds}s`,
      '-s',
      wrkScript,
      url,
      '--',
      body,
    ];
    const { stdout } = await promisify(execFile)('wrk', words, within(seconds));
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  },
};

const require = createRequire(import.meta.url);

const autocannon: LoadTool = {
  name: 'autocannon',
  version: () => (require('autocannon/package.json') as { version: string }).version,
  async run({ url, body, connections, rate, seconds }) {
    const what = body === '' ? [] : ['-m', 'POST', '-H', 'content-type=text/plain', '-b', body];
    const pace = rate === null ? [] : ['-R', String(rate)];
    const words = [
      '--json',
      '-c',
      String(connections),
      '-d',
      String(seconds),
      '-t',
      '5',
      ...pace,
      ...what,
      url,
    ];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [require.resolve('autocannon/autocannon.js'), ...words],
      within(seconds),
    );
    const told = JSON.parse(stdout) as {
      latency: { p90: number };
      '2xx': number;
      throughput: { total: number };
    };
    return { p90Ms: told.latency.p90, requests: told['2xx'], downBytes: told.throughput.total };
  },
};

const artillery: LoadTool = {
  name: 'Artillery',
  version: () => /Artillery:\s*(\S+)/.exec(said('artillery', '--version') ?? '')?.[1] ?? null,
  async run({ url, body, connections, rate, seconds }) {
    const folder = mkdtempSync(join(tmpdir(), 'rtcompare-artillery-'));
    const [script, report] = [join(folder, 'script.json'), join(folder, 'report.json')];
    const { origin, pathname } = new URL(url);
    const request =
      body === ''
        ? { get: { url: pathname } }
        : { post: { url: pathname, body, headers: { 'content-type': 'text/plain' } } };
    const phase = { duration: seconds, arrivalRate: rate ?? 100 };
    const http = { pool: connections, timeout: 5 };
    writeFileSync(
      script,
      JSON.stringify({ config: { target: origin, phases: [phase], http }, scenarios: [{ flow: [request] }] }),
    );
    try {
      await promisify(execFile)('artillery', ['run', '--quiet', '--output', report, script], within(seconds));
      const { aggregate } = JSON.parse(readFileSync(report, 'utf8')) as {
        aggregate: {
          counters: Record<string, number>;
          summaries: Record<string, { p90: number } | undefined>;
        };
      };
      return {
        p90Ms: aggregate.summaries['http.response_time']?.p90 ?? null,
        requests: aggregate.counters['http.codes.200'] ?? 0,
        downBytes: aggregate.counters['http.downloaded_bytes'] ?? null,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

export const loadTools: readonly LoadTool[] = [hey, wrk, autocannon, artillery];

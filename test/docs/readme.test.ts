/**
 * The READMEs and the help are true: every command they show is run as shown, through the built command line in an
 * empty folder, only with a lighter load than the default (from the environment: what a command says itself wins).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { transports } from '../../src/transports/index.ts';
import { scenarios } from '../../src/trial/scenarios/index.ts';
import { typicalReport } from '../report/fixture.ts';
import { filed, pcapngFile, segmentsOf } from '../support/captures.ts';
import { rtcompare, start, toItsEnd, unlessTooBusy } from '../support/cli.ts';
import { listening } from '../support/inspected.ts';
import { examples as servers } from '../support/wire-formats.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const readmes = ['README.md', 'README.ko.md'] as const;
const folder = mkdtempSync(join(tmpdir(), 'rtcompare-readme-'));
/** What an earlier `run` with `--out reports`, or with `--record`, would have left, for commands that read it. */
mkdirSync(join(folder, 'reports'));
writeFileSync(join(folder, 'reports', 'latest.json'), JSON.stringify(typicalReport()));
for (const name of ['before.json', 'after.json'])
  writeFileSync(join(folder, name), JSON.stringify(typicalReport()));
for (const name of ['old.json', 'new.json', 'reports/baseline.json'])
  writeFileSync(join(folder, name), read('reports/baseline.json'));
writeFileSync(join(folder, 'client.mjs'), 'await (await fetch(process.env.RTCOMPARE_URL)).text();\n');
writeFileSync(join(folder, 'tape.jsonl'), '{"trial":0,"transport":"ws","scenario":"echo"}\n');
writeFileSync(
  join(folder, 'app.pcapng'),
  pcapngFile(filed(segmentsOf([{ from: 'client', text: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' }]))),
);
writeFileSync(
  join(folder, 'recorded.har'),
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'DevTools', version: '1' },
      entries: [
        {
          startedDateTime: '2026-11-30T00:00:00.000Z',
          time: 5,
          cache: {},
          timings: { send: 0, wait: 1, receive: 1 },
          request: {
            method: 'GET',
            url: 'http://a.test/',
            httpVersion: 'HTTP/1.1',
            headers: [],
            cookies: [],
            queryString: [],
            headersSize: 30,
            bodySize: 0,
          },
          response: {
            status: 200,
            statusText: 'OK',
            httpVersion: 'HTTP/1.1',
            headers: [],
            cookies: [],
            redirectURL: '',
            headersSize: 40,
            bodySize: 2,
            content: { size: 2, mimeType: 'text/plain', text: 'hi' },
          },
        },
      ],
    },
  }),
);
/** What a student has written. */
mkdirSync(join(folder, 'submissions'));
for (const name of ['server.js', 'submissions/kim.js'])
  writeFileSync(join(folder, name), servers['ws-echo.cjs'] ?? '');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Whatever a page inspects, this answers for it. */
const application = createHttpServer((_, response) => response.end('hello'));
const applicationPort = await listening(application);
afterAll(() => application.close());

const help = (await rtcompare('--help', 'all')).stdout;
const names = [...help.split('Commands:')[1]!.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => name!);
const helpOf = async (name: string) => (await rtcompare(name, '--help', 'all')).stdout;
const [runHelp, serveHelp] = await Promise.all([helpOf('run'), helpOf('serve')]);
const everyHelp = [help, ...(await Promise.all(names.map(helpOf)))];

/** Lines of `sh` blocks, taken apart at `&&`, and commands that stand in a sentence or a table. */
function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/\s+#.*$/, ''));
  const prose = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const inline = [...prose.matchAll(/`((?:npx )?rtcompare [a-z-][^`]*|npm [^`]+)`/g)].map(
    ([, text = '']) => text,
  );
  const all = [...lines, ...inline].flatMap((line) => line.split('&&')).map((line) => line.trim());
  return [...new Set(all)].filter((line) => /^(npx )?rtcompare |^npm /.test(line)).sort();
}

/** In help, three spaces separate an example from its remark; each begins with the command that this user types. */
const examplesOf = (text: string) =>
  [...text.matchAll(/^ {2}node \S+cli\.js (.+?)(?: {3,}.*)?$/gm)].flatMap(([, line = '']) =>
    `rtcompare ${line}`.replaceAll(/node \S+cli\.js/g, 'rtcompare').split(' && '),
  );

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs to the end; a command that stays up is interrupted once it says how. */
async function outcomeOf(command: string) {
  // A port a page names may be taken on this machine; any other will do.
  const line = command
    .replace(/--port [1-9]\d*/, `--port ${await freePort()}`)
    .replace('127.0.0.1:3000', `127.0.0.1:${applicationPort}`);
  // Slow enough that a busy machine cannot saturate the generator, which would make the run invalid.
  // No student is there to guess: a lesson that would ask takes its answer from here.
  // A gate does not move itself where CI is set.
  const env = {
    CI: '',
    RTCOMPARE_RATE: '20',
    RTCOMPARE_QUICK: '1',
    RTCOMPARE_ID: 'A11,B9',
    RTCOMPARE_ANSWER: '100',
    // Both scenarios of all transports are run by first-look.test.ts, the evidence of both tables by claims.test.ts.
    RTCOMPARE_TRANSPORT: 'ws,sse',
    RTCOMPARE_SCENARIO: 'echo',
    ...(command.startsWith('rtcompare tables') && { RTCOMPARE_TABLE: 'B' }),
  };
  const [args, options] = [line.split(/\s+/).slice(1), { cwd: folder, env }];
  if (!staysUp(command) && !speaksForItself(command)) return toItsEnd(args, options);
  const { child, ended, until } = start(args, options);
  try {
    if (staysUp(command)) {
      await until(/Ctrl-C/);
      child.kill('SIGINT');
    }
    return await ended;
  } finally {
    child.kill('SIGKILL');
  }
}

/** What it starts writes where it writes. */
const speaksForItself = (command: string) => command.includes(' -- ');

const staysUp = (command: string) =>
  /^rtcompare (serve|demo)/.test(command) ||
  (command.startsWith('rtcompare inspect') && !/--duration| -- |\.pcapng|\.har/.test(command));

const shown = readmes.flatMap((name) => commandsOf(read(name)));
const ours = [...shown, ...everyHelp.flatMap(examplesOf)]
  .map((command) => command.replace(/^npx /, ''))
  .filter((command) => command.startsWith('rtcompare '));

test.concurrent.each([...new Set(ours)])('%s', { timeout: 180_000 }, async (command) => {
  const { code, stdout, stderr } = await unlessTooBusy(() => outcomeOf(command));
  expect(code, stderr).toBe(staysUp(command) ? 130 : 0);
  // What only writes files says so on stderr.
  expect(stdout + stderr).not.toBe('');
  if (command.includes('--json')) JSON.parse(stdout);
});

test('there are commands in the READMEs and examples in the help', () => {
  expect(shown).toContain('npx rtcompare run --transport all');
  expect(examplesOf(runHelp).length).toBeGreaterThan(1);
  expect(examplesOf(serveHelp).length).toBeGreaterThan(1);
});

test('both READMEs show the same commands', () => {
  expect(commandsOf(read('README.ko.md'))).toEqual(commandsOf(read('README.md')));
});

test('the npm commands they show exist, and install what `bundle` writes', () => {
  const { scripts, version } = JSON.parse(read('package.json'));
  const own = ['ci', 'install', ...Object.keys(scripts)];
  const asked = shown
    .filter((command) => command.startsWith('npm '))
    .map((command) => /^npm (?:run )?(\S+)/.exec(command)?.[1]);
  expect(asked.filter((name) => !own.includes(name!))).toEqual([]);
  const installed = shown.filter((command) => command.startsWith('npm install'));
  expect(new Set(installed)).toEqual(new Set([`npm install -g ./rtcompare-${version}-bundle.tgz`]));
});

test.each(readmes)('%s has every option of `run`, and its variable, and no other', (name) => {
  const rows = read(name).split('\n');
  const flags = [...runHelp.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag = '']) => flag);
  expect(flags).toContain('--transport');
  const documents = (row: string, flag: string) =>
    row.startsWith(`| \`${flag}\` |`) &&
    row.includes(`\`RTCOMPARE_${flag.slice(2).toUpperCase().replaceAll('-', '_')}\``);
  expect(flags.filter((flag) => !rows.some((row) => documents(row, flag)))).toEqual([]);
  const shownFlags = rows.flatMap((row) => /^\| `(--[a-z-]+)` \|/.exec(row)?.[1] ?? []);
  expect(shownFlags.filter((flag) => !flags.includes(flag))).toEqual([]);
});

test.each(readmes)('%s names every transport and every scenario', (name) => {
  const names = [...transports, ...scenarios].map((entry) => entry.name);
  expect(names.filter((one) => !read(name).includes(`\`${one}\``))).toEqual([]);
});

test.each(readmes)('%s has every exit code of the help', (name) => {
  const codes = [...help.matchAll(/^ {2}(\d+) {2,}/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(3);
  for (const code of codes) expect(read(name)).toMatch(new RegExp(`^\\| \`${code}\``, 'm'));
});

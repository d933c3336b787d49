/** `rtcompare grade` through the built command: one server, a class, wrong lines, and that no process is left. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exercises } from '../../src/questions/grading/exercises/index.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { rtcompare, start } from '../support/cli.ts';
import { spoken } from '../support/spoken.ts';
import { examples } from '../support/wire-formats.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-grade 채점-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A server that also says which process it is. */
const knownBy = (name: string, code: string) =>
  `require('node:fs').appendFileSync(${JSON.stringify(join(folder, `${name}.pid`))}, process.pid + '\\n');\n${code}`;
const pidsOf = (name: string) =>
  readFileSync(join(folder, `${name}.pid`), 'utf8')
    .trim()
    .split('\n')
    .map(Number);

const aClass = join(folder, 'class');
for (const path of ['lee', 'notes only']) mkdirSync(join(aClass, path), { recursive: true });
writeFileSync(join(aClass, 'kim.cjs'), knownBy('kim', examples['ws-echo.cjs']!));
writeFileSync(
  join(aClass, 'lee', 'server.cjs'),
  // Handles the signal but then waits for its clients for ever, and crashes on a broken frame.
  knownBy('lee', examples['ws-echo.cjs']!.replace("socket.on('error', () => {});", '')).concat(
    "process.on('SIGTERM', () => server.close());\n",
  ),
);
writeFileSync(join(aClass, 'park.js'), "require('express');\n");
writeFileSync(join(aClass, 'readme.txt'), 'no server');

test.concurrent('a class is a table, also as JSON and in Korean, and no process is left', async () => {
  const { code, stdout, stderr } = await rtcompare('grade', aClass, '--json', '--lang', 'ko');
  expect(code, stderr).toBe(1);
  const { submissions, ...rest } = JSON.parse(stdout);
  expect(rest).toMatchObject({ schemaVersion: 1, folder: aClass });
  const [kim, lee, notes, park] = submissions;
  expect(submissions).toHaveLength(4);
  expect(kim).toMatchObject({ name: 'kim.cjs', kind: 'ws-echo', points: kim.most });
  const broken = lee.sentences.filter(({ state }: { state: string }) => state !== 'holds');
  expect(broken.map(({ id }: { id: string }) => id)).toEqual(['protocol-error', 'ends']);
  expect(lee.points).toBe(lee.most - 3);
  expect(broken[0].seen).toMatch(/^서버가 끝났습니다: RangeError: Invalid WebSocket frame/);
  expect(broken[0].bytes.map(({ shown }: { shown: string }) => shown)).toContain('<ff 80 01 02 03 04>');
  expect(broken[0].lastWords.at(-1)).toMatch(/^RangeError/);
  expect(notes).toMatchObject({ name: 'notes only', points: 0, why: expect.stringContaining('--start') });
  expect(park.why).toMatch(/시작되지 않았습니다: Error: Cannot find module 'express'/);
  // It crashed and was started again, once or more often.
  expect(pidsOf('lee').length).toBeGreaterThan(1);
  for (const pid of [...pidsOf('kim'), ...pidsOf('lee')])
    expect(() => process.kill(pid, 0), `${pid}`).toThrow(/ESRCH/);
}, 90_000);

test.concurrent('an exercise is written, graded with its faults, hints and bytes, and not written over', async () => {
  const place = join(folder, 'mine');
  expect(await rtcompare('grade', '--exercise', '1', '--write', place)).toMatchObject({ code: 0 });
  const { code, stdout, stderr } = await rtcompare('grade', '--exercise', '1', place);
  expect(code, stderr).toBe(1);
  const flat = stdout.replace(/\s+/g, ' ');
  expect(stdout).toMatch(/^.*server\.cjs: 16 of 19 points \(ws-echo\)\n/);
  expect(exercises[0]!.broken).toEqual(['empty', 'binary']);
  expect(flat).toMatch(
    /DOES NOT HOLD: an empty message .* \(empty, 0 of 1\) - Seen: .* - Hint: An empty string is false/,
  );
  expect(flat).toContain('(binary, 0 of 2) - Seen: message 1 was to be binary, 256 bytes: 00 01');
  expect(stdout.match(/DOES NOT HOLD/g)).toHaveLength(2);
  expect(flat).toMatch(/- bytes, client 1 → server, \d+ B: binary <00 01 02 .*?> \[82 fe 01 00 /);
  expect(flat).toMatch(/- bytes, server → client 1, \d+ B: text <00 01 02 .*?> \[81 7e /);
  expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  const again = await rtcompare('grade', '--exercise', '1', '--write', place);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
});

/** Where `rtcompare serve` has put one of its servers. */
async function serving(...args: string[]) {
  const { child, ended, until } = start(['serve', ...args]);
  let said = '';
  child.stdout?.on('data', (text: string) => (said += text));
  await until(/Ctrl-C ends them/);
  return {
    url: `http://127.0.0.1:${/ port (\d+)$/m.exec(said)?.[1]}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT');
      await ended;
    },
  };
}

test.concurrent.each([
  ['ws', 'echo', 'ws-echo'],
  ['ws', 'chat', 'ws-chat'],
  ['sse', 'chat', 'sse'],
])(
  '`serve %s --behaviour %s` is graded whole, as %s',
  async (name, behaviour, kind) => {
    await using server = await serving(name, '--behaviour', behaviour);
    const { code, stdout, stderr } = await rtcompare('grade', server.url, '--json', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    const { points, most, ...told } = JSON.parse(stdout);
    expect([told.kind, points]).toEqual([kind, most]);
  },
  90_000,
);

test.concurrent.each([
  [['long-polling'], 2, /: it answers like `.* serve long-polling`, .* \(nearest: long-polling\)$/m],
  [['sse'], 1, /: it answers like `.* serve sse`, to the sender alone; with --behaviour chat /],
])(
  '`serve %s` speaks a format of its own, and grade says so in one line',
  async (args, exitCode, told) => {
    await using server = await serving(...args);
    const { code, stderr } = await rtcompare('grade', server.url, '--quiet');
    expect([code, stderr]).toEqual([exitCode, expect.stringMatching(told)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  },
  90_000,
);

test.each([
  [['http://example.com:3000'], 'http://example.com:3000 is not on this machine'],
  [['http://192.168.0.7'], 'only takes servers at 127.0.0.1, localhost or [::1]'],
  [['servr.js'], 'servr.js: there is no such file, folder or URL'],
  [[join(folder, 'class', 'readme.txt')], 'how is it started? Add --start'],
  [[join(folder, 'class', 'notes only')], 'holds no server'],
  [['--exercise', '8'], 'no exercise 8; there are 1 to 7'],
  [['--write', 'here'], '--write does nothing here: add --exercise'],
  [['--kind', 'sse'], '--kind does nothing here: name a server'],
  [['--kind', 'websocket', 'x.js'], 'Allowed choices are ws-echo, ws-chat, sse, long-polling, socket.io.'],
  [['--exercise', '1', '--kind', 'sse', aClass], 'exercise 1 is ws-echo'],
  [['https://localhost:3000'], 'TLS'],
])('%j: exit 2 and one line', async (args, told) => {
  const { code, stdout, stderr } = await spoken(['grade', ...args]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(told);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('nobody listens, or the server ends at once: exit 3, with what it said', async () => {
  const none = await spoken(['grade', 'http://127.0.0.1:9', '--quiet']);
  expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('nothing listens on port 9')]);
  const ended = await spoken(['grade', join(aClass, 'park.js'), '--quiet']);
  expect([ended.code, ended.stdout]).toEqual([3, '']);
  expect(ended.stderr).toContain("Cannot find module 'express'");
  expect(ended.stderr).toContain('could be reached');
});

test('without a word the exercises, one of them with its task, and its solution', async () => {
  for (const language of ['en', 'ko'] as const) {
    const { stdout } = await spoken(['grade'], { language });
    for (const { id, kind, title } of exercises)
      expect(stdout).toContain(`${id}  ${kind.padEnd(12)}  ${title[language]}\n`);
    const given = await spoken(['grade', '--exercise', '1'], { language });
    expect(given.stdout).toContain('data.toString()');
    const solved = await spoken(['grade', '--exercise', '1', '--solution'], { language });
    expect(solved.stdout).toContain('{ binary: isBinary }');
  }
  const json = JSON.parse((await spoken(['grade', '--json'])).stdout);
  expect(json[6]).toMatchObject({ exercise: 7, kind: 'socket.io' });
});

/**
 * Everything that a person reads on the command line is Korean where Korean is asked for: help of every command, errors
 * that are cheap to provoke, progress, hints. A line without Hangul is code, a name, or an example.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { isWindows } from '../../src/base/platform.ts';
import { typicalReport } from '../report/fixture.ts';
import { start, toItsEnd } from '../support/cli.ts';
import { spoken } from '../support/spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-korean-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'broken.json'), '{');
writeFileSync(join(folder, 'none.json'), '{"trials":1}');
writeFileSync(
  join(folder, 'config.json'),
  JSON.stringify({ clints: 3, size: 'big', thresholds: ['ws p95 =< 3'] }),
);
writeFileSync(join(folder, 'stuck.mjs'), 'process.exit(0)');
writeFileSync(join(folder, 'tape.jsonl'), 'nonsense\n');

const hangul = /[가-힣]/;
/** Two English words in a row that are no option, path, example or name in quotes. */
const english = /(?<![\w./<`'"-])[a-z]{2,} [a-z]{2,}(?![\w./=-])/;

/** What is left of a line once code is taken out: what stands in backticks, quotes and angle brackets. */
const prose = (line: string): string =>
  line.replace(/`[^`]*`|'[^']*'|"[^"]*"|<[^>]*>|\[[^\]]*\]|\([a-z0-9, |/.:]+\)/g, '');

/** Lines that say something in English: a sentence, not a name, an example or figures. */
const foreign = (text: string): string[] =>
  text.split('\n').filter((line) => english.test(prose(line)) && !hangul.test(line));

/** A file of the folder by its name, wherever the test runs. */
const placed = (args: readonly string[]) =>
  args.map((word) => (/^\w+\.(json|jsonl|mjs|pcap)$/.test(word) ? join(folder, word) : word));
const korean = (args: readonly string[]) => spoken(placed(args), { language: 'ko' });

test('what is taken for English, and what is not', () => {
  expect(foreign('unknown option')).toHaveLength(1);
  expect(foreign('  node dist/cli.js run --transport ws,socket.io --clients 50')).toEqual([]);
  expect(foreign('  --keep-alive <on|off>  HTTP 연결의 재사용')).toEqual([]);
  expect(foreign('[1/2] echo: ws (약 3초 남음)')).toEqual([]);
});

const { stdout: all } = await spoken(['--help', 'all']);
const commands = [
  ...all
    .split('Commands:')[1]!
    .split('\n\n')[0]!
    .matchAll(/^ {2}([a-z]+) {2}/gm),
].map(([, name]) => name!);

test.each([
  [],
  ['--help'],
  ['--help', 'all'],
  ...commands.flatMap((name) => [
    [name, '--help'],
    [name, '--help', 'all'],
  ]),
  ['list'],
  ['lesson'],
  ['wire'],
  ['completion'],
  ['explain'],
  ['doctor', '--classroom'],
])('%j in Korean', { timeout: 60_000 }, async (...args) => {
  const { code, stdout, stderr } = await korean(args);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(hangul);
  // Every row of a help page has a meaning, beside its term or below.
  const examples = /^ {2}(node|npx|eval) /;
  expect(foreign(stdout).filter((line) => !examples.test(line))).toEqual([]);
});

test('every option and every command says what it is in Korean', { timeout: 60_000 }, async () => {
  for (const name of commands) {
    const { stdout: page } = await korean([name, '--help', 'all']);
    const rows = page.split(/\n(?= {2}-)/).filter((row) => /^ {2}-/.test(row));
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter((row) => !hangul.test(row))).toEqual([]);
  }
});

describe('errors in Korean: one sentence, the same exit code', () => {
  test.each([
    [2, ['runn'], '혹시 run입니까?'],
    [2, ['run', 'ws'], 'run --transport ws`입니까?'],
    [2, ['run', '--transprt', 'ws'], '혹시 --transport입니까?'],
    [2, ['run', '--clients', '0'], '1부터 100000까지의 정수'],
    [2, ['run', '--rate', 'x'], '0보다 크고'],
    [2, ['run', '--timeout', '5'], '단위가 붙은 시간'],
    [2, ['run', '--payload', 'xml'], 'text, binary 가운데 하나'],
    [2, ['run', '--transport', 'wss'], '혹시 ws입니까?'],
    [2, ['run', '--scenario', 'ecko'], '혹시 echo입니까?'],
    [2, ['run', '--link', '5g'], '프리셋'],
    [2, ['run', '--link', 'rtt=x'], '필요한 값'],
    [2, ['run', '--link', 'rtt=1ms,rtt=2ms'], '두 번'],
    [2, ['run', '--proxy', 'x'], '라는 것은 없습니다'],
    [2, ['run', '--sweep', 'x=1'], '잴 수 없습니다'],
    [2, ['run', '--sweep', 'size'], '값을 적어야'],
    [2, ['run', '--sweep', 'size=x'], '정수'],
    [2, ['run', '--host', 'localhost'], '숫자로 된 주소'],
    [2, ['run', '--outage', 'silent'], '더해야 합니다'],
    [2, ['run', '--report', 'pdf'], '형식은 없습니다'],
    [2, ['run', '--transport', 'ws', '--scenario', 'chat', '--size', '8'], '측정할 것이 없습니다'],
    [2, ['run', '--config', 'config.json'], '모르는 키입니다. 혹시 clients입니까?'],
    [2, ['run', '--config', 'broken.json'], 'JSON이 아닙니다'],
    [2, ['run', '--config', 'absent.json'], '읽을 수 없습니다'],
    [2, ['run', '--config', 'stuck.mjs'], '쓸 수 없습니다'],
    [3, ['run', '--host', '192.0.2.1', '--transport', 'ws', '--quiet'], '주소가 없습니다'],
    [3, ['run', '--clients', '100000', '--transport', 'ws'], '열린 파일'],
    [3, ['run', '--out', join(folder, 'broken.json', 'none')], '쓸 수 없습니다'],
    [2, ['check', '--baseline', 'absent.json'], 'check --update`로'],
    [2, ['check', '--baseline', 'none.json'], '필요한 문서가 아닙니다'],
    [2, ['check', '--force'], '더해야 합니다'],
    [2, ['compare', 'broken.json', 'none.json'], '아닙니다'],
    [2, ['report', 'none.json'], '온전하지 않은 문서'],
    [2, ['report'], '필요합니다'],
    [2, ['claims', '--id', 'A99'], '주장은 없습니다'],
    [2, ['claims', '--id', 'A1', '--table', 'B'], '하나도 없습니다'],
    [2, ['lesson', '99'], '수업은 없습니다'],
    [2, ['lesson', '1', '--answer', 'many'], '--answer:'],
    [2, ['reproduce', 'kazing'], '혹시 kaazing입니까?'],
    [2, ['explain', 'pol1'], '혹시 POLL1입니까?'],
    [2, ['wire', 'wss'], '혹시 ws입니까?'],
    [2, ['wire', 'ws', '--step', '--json'], '하나만 골라야'],
    [2, ['wire', 'all', '--project'], '대화 하나'],
    [2, ['wire', 'tcp', '--message', ''], '빈 메시지'],
    [2, ['serve', 'wss'], '혹시 ws입니까?'],
    [2, ['serve', '--port', '65535'], '65'],
    [2, ['grade', 'https://127.0.0.1:1'], 'TLS'],
    [2, ['inspect', 'nowhere'], 'URL이 아닙니다'],
    [3, ['inspect', 'http://127.0.0.1:1'], '먼저 띄워야'],
    [2, ['pcap', 'tape.jsonl', 'out.pcap'], '줄이 아닙니다'],
    [2, ['completion', 'tcsh'], 'bash, zsh, fish 가운데'],
  ] as const)('exit %i: %j', { timeout: 60_000 }, async (expected, args, part) => {
    const { code, stdout, stderr } = await korean(args);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toContain(part);
    expect(stderr).toMatch(hangul);
    expect(foreign(stderr)).toEqual([]);
    // One register: sentences end as -습니다 does, or as a question of it.
    expect(stderr).not.toMatch(/[가-힣](한다|된다|이다|하라|해요|세요|하시오)(?=[.\s]|$)/);
  });

  test('what the environment sets, and a port that is taken', async () => {
    vi.stubEnv('RTCOMPARE_SIZE', 'big');
    const wrong = await korean(['run']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("환경 변수 'RTCOMPARE_SIZE'")]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const taken = await korean(['serve', 'ws', '--port', String(port)]);
    server.close();
    expect([taken.code, taken.stderr]).toEqual([3, expect.stringContaining('이미 쓰이고 있습니다')]);
  });

  test('the locale asks for Korean as well as the flag does', async () => {
    const env = { LANG: 'ko_KR.UTF-8', LC_ALL: '' };
    const { stderr } = await toItsEnd(['lesson', '99'], { env });
    expect(stderr).toMatch(/수업은 없습니다.*lesson`이/);
  });
});

describe('progress in Korean', () => {
  const quick = ['--clients', '1', '--messages', '2', '--scenario', 'echo'];
  test.each([
    [['run', '--transport', 'ws', ...quick], /^\[1\/\d\] echo: \S+ \(약 \d+초 남음\)$/m],
    [['wire', 'tcp'], /^tcp 기록 중$/m],
    [['claims', '--id', 'A11'], /\(약 \d+초 남음\)$/m],
    [['reproduce', 'kaazing'], /^kaazing: .*\(약 \d+초 남음\)$/m],
    [['lesson', '2', '--answer', '100'], /초/],
    [['doctor'], /^살피는 중: 코어$/m],
  ] as const)('%j', { timeout: 60_000 }, async (args, line) => {
    const { stderr } = await korean(args);
    expect(stderr).toMatch(line);
    const lines = stderr.split('\n').filter((one) => one !== '');
    expect(lines.filter((one) => !hangul.test(one))).toEqual([]);
  });

  // Windows has no Ctrl-C that another process could send.
  test.skipIf(isWindows())('where a file went, how the servers end', async () => {
    writeFileSync(join(folder, 'run.json'), JSON.stringify(typicalReport()));
    const run = await korean([...['report', join(folder, 'run.json'), '--report', 'csv', '--out', folder]]);
    expect(run.stderr).toMatch(/rtcompare: \S+ 파일을 썼습니다/);
    const { child, ended, until } = start(['serve', 'ws', '--lang', 'ko']);
    await until(/Ctrl-C를 누르면 끝납니다\./);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
  });
});

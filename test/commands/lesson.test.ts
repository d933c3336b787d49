/** `rtcompare lesson` through the built command: who asks, what counts as an answer, and its exit codes. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/commands/program.ts';
import { pageFile, repairedPage, repairs } from '../../src/questions/lessons/chat.ts';
import { lessons } from '../../src/questions/lessons/index.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { cliFile, rtcompare } from '../support/cli.ts';
import { spoken } from '../support/spoken.ts';

const flat = (text: string) => text.replace(/\s+/g, ' ');

/** Runs it with this on its stdin, as a pipe would bring it. */
function piped(input: string, ...args: string[]) {
  const child = spawn(process.execPath, [cliFile, 'lesson', ...args], {
    env: { ...process.env, LANG: 'C', NO_COLOR: '1' },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (text: Buffer) => {
      said[name] += text.toString();
    });
  child.stdin.end(input);
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...said })),
  );
}

test('without a number the list: which for a class, which for home, in the language asked', async () => {
  const { code, stdout } = await rtcompare('lesson');
  expect(code).toBe(0);
  expect(stdout.match(/^ ?\d+ {2}.+ {2} ?\d+ min(, measures for \d+ s)?$/gm)).toHaveLength(lessons.length);
  expect(stdout).toMatch(/^In a class of 50 minutes\n 1 .*\n 2 .*\n 3 .*\n10 .*\n\nAt home\n 4 /);
  const korean = await rtcompare('lesson', '--lang', 'ko');
  expect(korean.stdout).toMatch(/^50분 수업에서\n 1 {2}핸드셰이크 {2}.*8분\n/);
  for (const { stdout: list } of [{ stdout }, korean])
    expect(Math.max(...list.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  const json = JSON.parse((await rtcompare('lesson', '--json')).stdout);
  expect(json[9]).toMatchObject({ lesson: 10, where: 'class', minutes: 15 });
});

test('it asks, asks again for what is no answer, measures, scores and explains', async () => {
  const { code, stdout, stderr } = await piped('lots\n\n570\n999\n', '1');
  expect(code, stderr).toBe(0);
  const question = stdout.indexOf('Question: How many bytes');
  const prompts = [...stdout.matchAll(/Your guess \(bytes; q leaves\): /g)].map(({ index }) => index);
  expect(prompts).toHaveLength(3);
  expect(prompts[0]).toBeGreaterThan(question);
  expect(stdout).toContain('“lots” is no number; write one such as 120.');
  expect(stdout).toMatch(/^bytes until the first message +570 B +WS3 +285 B +285 B$/m);
  expect(stdout).toContain('the right order of magnitude. You said 570 B; measured: 285 B.');
  expect(flat(stdout)).toContain('Your guess is 2.0 times that.');
  expect(stdout).toMatch(/Why\n- .*\n[\s\S]*`.* explain WS3`[\s\S]*`.* wire ws`/);
  expect(stderr).toContain('measuring');
});

test('the last line needs no line end, and Korean is asked in Korean', async () => {
  const { code, stdout } = await piped('c', '10', '--lang', 'ko', '--quiet');
  expect(code).toBe(0);
  expect(stdout).toContain('예상은? (a, b, c, d, q를 누르면 나감): ');
  expect(stdout).toContain('점수: 맞았습니다. 답은 c)');
  expect(flat(stdout)).toContain('ReferenceError: io is not defined');
  // Page and server stand before the question.
  expect(stdout.indexOf('new WebSocketServer({ server })')).toBeGreaterThan(0);
  expect(stdout.indexOf('const socket = io();')).toBeLessThan(stdout.indexOf('질문:'));
});

test('q leaves before anything is measured', async () => {
  const { code, stdout, stderr } = await piped('q\n', '3');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).not.toContain('measured');
});

test('an input that ends without a guess: exit 2, with the remedy', async () => {
  for (const input of ['', 'no idea\n']) {
    const { code, stderr } = await piped(input, '2');
    expect(code).toBe(2);
    expect(stderr).toMatch(/give it with --answer, such as `\S+ \S+ lesson 2 --answer 100`/);
  }
});

test('--json: one document on stdout, in the unit of the question, and the question on stderr if it must be asked', async () => {
  const given = await rtcompare('lesson', '6', '--answer', '1', '--json', '--quiet');
  expect([given.code, given.stderr]).toEqual([0, '']);
  expect(JSON.parse(given.stdout)).toMatchObject({
    lesson: 6,
    unit: 'count',
    guess: 1,
    predicted: [4, 5],
    score: 'far',
    holds: true,
    law: 'SIO4',
    question: expect.stringContaining('HTTP requests'),
    measured: expect.any(Number),
    explanation: [expect.stringContaining('polling GET'), expect.stringContaining('42["echo"')],
  });
  const asked = await piped('285 bytes\n', '1', '--json');
  expect(JSON.parse(asked.stdout)).toMatchObject({ guess: 285, measured: 285, score: 'on-the-mark' });
  expect(asked.stderr).toContain('Your guess (bytes; q leaves): ');
});

test('--ascii draws no box, and what was typed cannot write escape codes', async () => {
  const { code, stdout } = await piped('\u001b[31mred\n8\n', '5', '--ascii', '--quiet');
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/[─═│]/);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('Score: on the mark.');
  expect(stdout).toContain('"\\x1b[31mred" is no number');
  expect((await rtcompare('lesson', '--ascii')).stdout).toMatch(/^[\n -~]+$/);
});

test.each([
  [['99'], `no lesson "99"; there are 1 to ${lessons.length}`],
  [['two'], `no lesson "two"; there are 1 to ${lessons.length}`],
  [['2', '--answer', 'much'], '--answer: “much” is no number'],
  [['10', '--answer', 'e'], '--answer: “e” is none of a, b, c, d'],
  [['3', '--try', 'page.html'], '--try does nothing here: only lesson 10 has files'],
  [['--write', 'x'], '--write does nothing here: only lesson 10 has files'],
  [['1', '--again'], '--again does nothing here: leave the number of the lesson out'],
  [['--seed', '3'], '--seed does nothing here: add --again'],
  [['10', '--try', 'nowhere.html'], ' lesson 10 --write my-chat`'],
  [['10', '--try', 'docs'], '--try: docs is a folder; name the page in it'],
  [['10', '--try', 'package-lock.json'], 'package-lock.json is no page with a script of its own'],
])('%j: exit 2, one line, nothing printed', async (args, remedy) => {
  const { code, stdout, stderr } = await spoken(['lesson', ...args]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(remedy);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('--again asks without measuring, in an order by its seed, and names what to repeat', async () => {
  const { code, stdout, stderr } = await piped('no\n1\n2\nq\n', '--again', '4', '--seed', '6');
  expect([code, stderr]).toEqual([0, '']);
  const turns = [...stdout.matchAll(/^(\d)\/4 · Lesson (\d+): /gm)].map(([, turn, id]) => [turn, id]);
  expect(turns.map(([turn]) => turn)).toEqual(['1', '2', '3']);
  expect(stdout).toContain('“no” is no number');
  expect(stdout).toMatch(/^You knew \d of 2\.$/m);
  expect(flat(stdout)).toMatch(/Repeat: `.* lesson \d+`/);
  const again = await piped('q\n', '--again', '4', '--seed', '6');
  expect(again.stdout).toContain(`1/4 · Lesson ${turns[0]![1]}: `);
  expect(again.stdout).toContain('No question was answered.');
});

test('--again --json: answers, what the laws say, and the lessons to repeat', async () => {
  const { stdout } = await piped('240\nc\n'.repeat(lessons.length), '--again', '--json');
  const { answers, knew, repeat } = JSON.parse(stdout);
  const polling = answers.find(({ lesson }: { lesson: number }) => lesson === 3);
  expect(polling).toEqual({ lesson: 3, answer: 240, law: 'POLL1', predicted: [240], score: 'on-the-mark' });
  expect(repeat).not.toContain(3);
  expect([answers.length, knew + repeat.length]).toEqual([lessons.length, lessons.length]);
});

const folder = () => mkdtempSync(join(tmpdir(), 'rtcompare-lesson-'));

test('--write gives both files, and never over somebody’s work', async () => {
  const chat = join(folder(), 'my-chat');
  const { code, stdout } = await rtcompare('lesson', '10', '--write', chat, '--lang', 'ko');
  expect(code).toBe(0);
  expect(readFileSync(join(chat, 'page.html'), 'utf8')).toBe(pageFile.content);
  expect(existsSync(join(chat, 'server.mjs'))).toBe(true);
  expect(stdout.replaceAll('\n', '')).toContain('--lang ko`');
  // A class without a network has no way to install it.
  expect(existsSync(join(chat, 'node_modules', 'ws', 'package.json'))).toBe(true);
  const second = await rtcompare('lesson', '10', '--write', chat);
  expect(second.code).toBe(2);
  expect(second.stderr).toContain('is there already; name another folder');
});

/** Tries a page of this text, as a student would. */
async function tried(page: string | Buffer, ...args: string[]) {
  const path = join(folder(), 'page.html');
  writeFileSync(path, page);
  return rtcompare('lesson', '10', '--try', path, ...args);
}

test('--try: the page as it is does not work, and it is said where it stops', async () => {
  const { code, stdout } = await tried(pageFile.content);
  expect(code).toBe(1);
  expect(stdout).toContain('- NO: its script runs without an error\n');
  expect(stdout).toContain('- ReferenceError: io is not defined, in line 9 of the page\n');
  expect(stdout).toMatch(/\*\*\* It does not work yet\.\n$/);
});

test('--try: one place of the two repaired points to the other', async () => {
  const { code, stdout } = await tried(pageFile.content.replace(...repairs[0]), '--lang', 'ko');
  expect(code).toBe(1);
  expect(stdout).toContain('됨: 각 페이지가 서버에 WebSocket으로 연결합니다: 2개 중 2개');
  expect(stdout).toContain('TypeError: socket.on is not a function, 페이지의 19번째 줄');
});

test('--try: the repaired page works, also as an editor of Windows writes it', async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(repairedPage, 'utf16le')]);
  const { code, stdout } = await tried(utf16, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    works: true,
    rests: true,
    connected: 2,
    greeted: 2,
    heard: 8,
    expected: 8,
    stopped: null,
  });
});

test('--try: a page that loops for ever is ended', { timeout: 60_000 }, async () => {
  const { code, stdout } = await tried(repairedPage.replace('const list', 'for (;;);\nconst list'), '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ works: false, rests: false });
});

test('--try: a page that breaks out of its stand-in still writes no file and starts no program', async () => {
  const proof = join(folder(), 'proof');
  const breakOut = `
const node = this.constructor.constructor('return process')();
const said = [];
for (const run of [
  () => node.getBuiltinModule('fs').writeFileSync(${JSON.stringify(proof)}, ''),
  () => node.getBuiltinModule('child_process').execFileSync('touch', [${JSON.stringify(proof)}]),
])
  try { run(); said.push('done'); } catch (error) { said.push(error.code); }
throw new Error(said.join());
const list`;
  const { stdout } = await tried(repairedPage.replace('const list', breakOut), '--json');
  expect(JSON.parse(stdout).stopped.message).toBe('ERR_ACCESS_DENIED,ERR_ACCESS_DENIED');
  expect(existsSync(proof)).toBe(false);
});

test.each([
  ['too large', 'x'.repeat(300 * 1024), /is too large \(300 kB of at most 256 kB\)/],
  ['no ids', '<input id="input"><script>1;</script>', /no element with the id send, list/],
])('--try: a file that is not the page (%s): exit 2, with the remedy', async (_, page, remedy) => {
  const { code, stderr } = await tried(page);
  expect(code).toBe(2);
  expect(stderr).toMatch(remedy);
});

test.each(lessons.map(({ id, next, title }) => [id, next, title.en] as const))(
  'what lesson %i prints to try next can be typed in Korean too',
  async (_, next) => {
    const commands = [
      next.command,
      ...[...next.why.en.matchAll(/`(rtcompare[^`]*)`/g)].map(([, one]) => one!),
    ];
    for (const printed of commands) {
      const [, name, ...args] = `${printed} --lang ko`.split(' ');
      const program = await createProgram({ signal: new AbortController().signal, done: () => {} }, [name!]);
      const command = program.commands.find((one) => one.name() === name)!;
      expect(command.parseOptions(args).unknown, printed).toEqual([]);
      // On one line of 80 columns, however it was started.
      expect(`\`npx ${printed} --lang ko\``.length, printed).toBeLessThanOrEqual(80);
    }
  },
);

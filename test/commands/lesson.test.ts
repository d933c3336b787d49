/** `rtcompare lesson` through the built command: who asks, what counts as an answer, and its exit codes. */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { lessons } from '../../src/lessons/index.ts';
import { cliFile, rtcompare } from '../support/cli.ts';

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

test('without a number the list: a line each, with its minutes', async () => {
  const { code, stdout } = await rtcompare('lesson');
  expect(code).toBe(0);
  expect(stdout.match(/^ ?\d+ {2}.+ {2}5 min$/gm)).toHaveLength(lessons.length);
  const korean = await rtcompare('lesson', '--lang', 'ko');
  expect(korean.stdout).toContain(' 1  핸드셰이크  ');
  const json = JSON.parse((await rtcompare('lesson', '--json')).stdout);
  expect(json[9]).toMatchObject({ lesson: 10, minutes: 5 });
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
  expect(stdout).toContain('That is\n2.0 times too high.');
  expect(stdout).toMatch(/Why\n- .*\n[\s\S]*`rtcompare law WS3`[\s\S]*`rtcompare wire ws`/);
  expect(stderr).toContain('measuring');
});

test('the last line needs no line end, and Korean is asked in Korean', async () => {
  const { code, stdout } = await piped('c', '10', '--lang', 'ko', '--quiet');
  expect(code).toBe(0);
  expect(stdout).toContain('예상은? (a, b, c, d, q를 누르면 나감): ');
  expect(stdout).toContain('점수: 맞았습니다. 답은 c)');
  expect(stdout).toContain('ReferenceError: io is not defined');
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
    ...{ lesson: 6, unit: 'count', guess: 1, predicted: [4, 5], score: 'far', holds: true, law: 'SIO4' },
    question: expect.stringContaining('HTTP requests'),
    measured: expect.any(Number),
    explanation: [expect.stringContaining('polling GET')],
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
  [['11'], 'no lesson "11"; there are 1 to 10'],
  [['two'], 'no lesson "two"; there are 1 to 10'],
  [['2', '--answer', 'much'], '--answer: “much” is no number'],
  [['10', '--answer', 'e'], '--answer: “e” is none of a, b, c, d'],
])('%j: exit 2, one line, nothing printed', async (args, remedy) => {
  const { code, stdout, stderr } = await rtcompare('lesson', ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(remedy);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

/** docs/recommend.md is true: its commands are run, and what stands below them is what they print. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { spoken } from '../support/spoken.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/recommend.md', import.meta.url)), 'utf8');
const examples = [...page.matchAll(/```sh\nrtcompare (.+)\n```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, command = '', printed = '']) => ({ command, printed }),
);

test('there are three examples', () => expect(examples).toHaveLength(3));

test.each(examples)('$command', { timeout: 60_000 }, async ({ command, printed }) => {
  const env = { RTCOMPARE_POLL_INTERVAL: undefined };
  const { code, stdout, stderr } = await spoken([...command.split(' '), '--quiet'], { env });
  expect(code, stderr).toBe(0);
  const [lines, wanted] = [stdout, printed].map((text) => text.trim().split('\n')) as [string[], string[]];
  const from = lines.indexOf(wanted[0]!);
  expect(lines.slice(from, from + wanted.length), 'docs/recommend.md shows what it printed before').toEqual(
    wanted,
  );
});

/** An environment variable that is almost one of ours is reported; those of other programs are ignored. */
import { expect, test } from 'vitest';
import { spoken } from '../support/spoken.ts';

const env = {
  RTCOMPARE_CLIENT: '3',
  RTCOMPARE_PRIVILEGED: '0',
  RTCOMPARE_: '1',
  RTCOMPARE_URL: 'http://[::1]',
};

test('a misspelt variable is told once, with the one that was probably meant, and nothing is refused', async () => {
  const { code, stdout, stderr } = await spoken(['list'], { env });
  expect(code).toBe(0);
  expect(stdout).not.toBe('');
  expect(stderr).toBe(
    'rtcompare: warning: RTCOMPARE_CLIENT is no variable of this program; did you mean RTCOMPARE_CLIENTS?\n',
  );
});

test('in Korean', async () => {
  const { stderr } = await spoken(['list'], { env, language: 'ko' });
  expect(stderr).toMatch(/^rtcompare: 경고: RTCOMPARE_CLIENT: .*RTCOMPARE_CLIENTS입니까\?\n$/);
});

test('a shell that completes words hears nothing of it', async () => {
  expect((await spoken(['completion', 'bash'], { env })).stderr).toBe('');
});

/** What cannot be measured is refused with its reason, from the command line and from a program alike. */
import { expect, test } from 'vitest';
import { measure } from '../src/library.ts';
import { checkFileLimit } from '../src/limits.ts';

test.each([
  [{ transport: 'http', scenario: 'push' }, 'push: the server of http cannot speak first'],
  [{ transport: 'tcp', load: { size: 0 } }, 'echo: tcp cannot carry an empty message'],
  [
    { transport: 'ws', scenario: 'chat', load: { size: 8 } },
    'chat: messages of 8 B cannot say who they are, which takes 12 B',
  ],
  [
    { transport: 'ws', scenario: 'outage', load: { size: 8 } },
    'outage: messages of 8 B cannot say who they are, which takes 12 B',
  ],
])('%o: %s', async (asked, reason) => {
  await expect(measure(asked)).rejects.toThrow(
    expect.objectContaining({ name: 'UsageError', message: reason }),
  );
});

test('more clients than files: the number that fits, and the limit that would do', () => {
  expect(() => checkFileLimit(100, 2, 240)).not.toThrow();
  expect(() => checkFileLimit(101, 2, 240)).toThrow(
    /need about 242 open files.*--clients 100 or fewer.*ulimit -n 242/,
  );
});

/** What a machine has run out of, and a library made for another Node, are told as such: no bug, one line, a remedy. */
import { afterEach, expect, test, vi } from 'vitest';
import { shortageIn } from '../src/base/failure.ts';
import { cannotLoad, loadLibraries } from '../src/base/libraries.ts';
import { complaintAbout } from '../src/commands/help/misuse.ts';
import { createProgram } from '../src/commands/program.ts';

const coded = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: it failed`), { code, ...more });

test.each<[error: unknown, remedy: RegExp]>([
  [
    coded('EMFILE'),
    /no more files may be opened \(EMFILE: it failed\); raise the limit with `ulimit -n 4096`/,
  ],
  [coded('ENFILE'), /ulimit -n/],
  [coded('ENOMEM'), /no memory is left .*fewer clients/],
  [new RangeError('Array buffer allocation failed'), /no memory is left/],
  [coded('ERR_WORKER_OUT_OF_MEMORY'), /no memory is left/],
  [coded('EAGAIN', { syscall: 'spawn node' }), /no more processes/],
  [new Error('fetch failed', { cause: coded('EMFILE') }), /no more files/],
])('%s', async (error, remedy) => {
  const program = await createProgram({ signal: new AbortController().signal, done: () => {} }, []);
  const complaint = await complaintAbout(error, program, []);
  expect(complaint).toMatchObject({ exitCode: 3 });
  expect(complaint!.told.en).toMatch(remedy);
  expect(complaint!.told.en).not.toContain('\n');
  expect(complaint!.told.ko).toMatch(/십시오$/);
});

test('anything else is still a bug', () => {
  for (const error of [
    new Error('x'),
    new RangeError('Invalid array length'),
    coded('EAGAIN'),
    undefined,
    'EMFILE',
  ])
    expect(shortageIn(error)).toBeNull();
});

afterEach(() => {
  vi.doUnmock('eventsource-parser');
  vi.resetModules();
});

test('a library that this Node cannot load is named, with what broke and which Node it is', async () => {
  vi.doMock('eventsource-parser', () => {
    throw new TypeError('webidl.util.markAsUncloneable is not a function');
  });
  await expect(loadLibraries(['eventsource-parser'])).rejects.toThrow(
    new RegExp(`^eventsource-parser cannot be loaded by Node ${process.versions.node}: `),
  );
  const { message } = cannotLoad('undici', new TypeError('x is not a function\nand more'));
  expect(message).toMatch(/: x is not a function; use the version of Node that it needs/);
  expect(cannotLoad('undici', coded('EMFILE')).message).toMatch(/no more files/);
});

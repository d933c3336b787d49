/** Both languages side by side: what the compiler refuses, how a sentence is filled, and what a person can type. */
import { expect, test } from 'vitest';
import { UsageError } from '../../src/base/failure.ts';
import { asTyped, inEveryLanguage, say, text } from '../../src/base/text.ts';

const won = text('{names} won in {time}', '{names}: {time}');
const english = { language: 'en' } as const;
const korean = { language: 'ko' } as const;

test('a sentence is said in the language of its reader', () => {
  expect(say(english, won, { names: 'ws', time: '1 ms' })).toBe('ws won in 1 ms');
  expect(say(korean, won, { names: 'ws', time: '1 ms' })).toBe('ws: 1 ms');
  expect(say(english, text('done', '끝'))).toBe('done');
});

test('the compiler refuses a translation with other placeholders, and a call that leaves one out or has one more', () => {
  // @ts-expect-error the Korean sentence lacks {time}
  text('{names} won in {time}', '{names}');
  // @ts-expect-error the Korean sentence has one more
  text('{names} won', '{names}: {time}');
  // @ts-expect-error {time} is not filled
  expect(say(english, won, { names: 'ws' })).toBe('ws won in {time}');
  // @ts-expect-error nothing is called {place}
  expect(say(english, won, { names: 'ws', time: '1 ms', place: '1' })).toBe('ws won in 1 ms');
  // @ts-expect-error nothing is to be filled
  expect(say(english, text('done', '끝'), { time: '1 ms' })).toBe('done');
  // @ts-expect-error nothing is filled
  expect(say(english, won)).toBe('{names} won in {time}');
});

test('a value that looks like a placeholder or a command stays what it is', () => {
  const quoted = text('{a} and {b}', '{a}, {b}');
  const reader = { ...english, command: { start: 'npx rtcompare', end: '' } };
  expect(say(reader, quoted, { a: '{b}', b: '`rtcompare run`' })).toBe('{b} and `rtcompare run`');
});

test('a command stands as this person types it, with the language that was asked for', () => {
  const reader = { ...korean, command: { start: 'npx rtcompare', end: ' --lang ko' } };
  const hint = text('see `rtcompare explain {id}`', '`rtcompare explain {id}` 참고');
  expect(say(reader, hint, { id: 'POLL1' })).toBe('`npx rtcompare explain POLL1 --lang ko` 참고');
  expect(asTyped(reader, '`rtcompare`, `rtcompare-x`, rtcompare')).toBe(
    '`npx rtcompare --lang ko`, `rtcompare-x`, rtcompare',
  );
  expect(asTyped(english, '`rtcompare run`')).toBe('`rtcompare run`');
  // After `--` comes the command of another program.
  expect(asTyped(reader, '`rtcompare inspect URL -- npm test`')).toBe(
    '`npx rtcompare inspect URL --lang ko -- npm test`',
  );
});

test('a failure is told in every language, and its message is the English one', () => {
  const failure = new UsageError(
    inEveryLanguage(text('{what} is too large', '{what}: 너무 큽니다'), {
      what: text('the number of clients', '클라이언트 수'),
    }),
  );
  expect(failure.message).toBe('the number of clients is too large');
  expect(failure.told.ko).toBe('클라이언트 수: 너무 큽니다');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeMailbox } from '../../src/protocols/contract.ts';
import { readMailbox } from '../../src/protocols/mailbox/mailbox.ts';
import { alone, sumOf, tell, tellEveryWay } from '../support/bytes.ts';

test('netstrings: "hello world!" is 12:hello world!, and the empty string is 0:,', () => {
  expect(tellEveryWay(alone(readMailbox), [['down', '12:hello world!,0:,']]).down).toEqual([
    '* mailbox length 3',
    '* payload message 12',
    '- mailbox comma 1',
    '* mailbox length 2',
    '* payload message 0',
    '- mailbox comma 1',
  ]);
});

test.each([
  ['a length with a leading zero', '01:a,', ['* unparsed malformed 5']],
  ['a length that is no number', 'x:a,', ['* unparsed malformed 4']],
  ['a length without end', '12345678901234567890', ['* unparsed too-long 20']],
  [
    'a message without its comma',
    '1:ab,',
    ['* mailbox length 2', '* payload message 1', '* unparsed malformed 2'],
  ],
  ['a message that breaks off', '5:ab', ['* mailbox length 2', '* payload message 2']],
])('%s is not lost', (_, body, spans) => {
  expect(tellEveryWay(alone(readMailbox), [['down', body]], 'open').down).toEqual(spans);
});

test('any messages cost digits(n) + 2 bytes each above their payload', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: fc.constantFrom('a', 'é', ',', '😀') }),
          fc.uint8Array({ maxLength: 300 }),
        ),
      ),
      (messages) => {
        const { down } = tell(alone(readMailbox), [['down', encodeMailbox(messages)]]);
        const sizes = messages.map((message) => Buffer.from(message as string).length);
        expect(down.filter((span) => span.startsWith('* payload'))).toEqual(
          sizes.map((n) => `* payload message ${n}`),
        );
        expect(sumOf(down, /mailbox/)).toBe(sizes.reduce((sum, n) => sum + String(n).length + 2, 0));
      },
    ),
  );
});

test('a length may have fifteen digits, and no more', () => {
  const told = (body: string) => tellEveryWay(alone(readMailbox), [['down', body]], 'open').down;
  expect(told('123456789012345:ab')).toEqual(['* mailbox length 16', '* payload message 2']);
  expect(told('1234567890123456:ab')).toEqual(['* unparsed too-long 19']);
  expect(told('1x:a,')).toEqual(['* unparsed malformed 5']);
  expect(told('x1:a,')).toEqual(['* unparsed malformed 5']);
  expect(told('00:,')).toEqual(['* unparsed malformed 4']);
});

import { expect, test } from 'vitest';
import { rawConversation } from '../../src/protocols/payload/raw.ts';
import { tellEveryWay } from '../support/bytes.ts';

test('every byte of the floor is payload, one unit a message, both ways', () => {
  const told = tellEveryWay(
    rawConversation(4),
    [
      ['up', 'aaaabbbbcc'],
      ['down', 'aaaa'],
    ],
    'open',
  );
  expect(told.up).toEqual(['* payload message 4', '* payload message 4', '* payload message 2']);
  expect(told.down).toEqual(['* payload message 4']);
});

/** The join code of a classroom: a client that guesses is slowed down, and no other client is. */
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/base/clock.ts';
import { closedDoor } from '../../src/classroom/site/join-code.ts';

const codes = { join: 'RIGHT1', lead: 'RIGHTFORTHELEADER' };

test('after ten wrong codes in a second not even the right one opens, from there; a second later it does', async () => {
  const clock = virtualClock();
  const door = closedDoor(codes, clock);
  for (let k = 0; k < 10; k++) expect(door.join('WRONG1', 'here')).toBeNull();
  expect(door.join(codes.join, 'here')).toBeNull();
  expect(door.join(codes.join, 'the next seat')).not.toBeNull();
  await clock.advance(1e9);
  expect(door.join(codes.join, 'here')).not.toBeNull();
});

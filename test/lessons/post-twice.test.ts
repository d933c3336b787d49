/** Lesson 18 without a browser: the client that replaces it sends its server the same as a page does. */
import { expect, test } from 'vitest';
import { askingAgain } from '../../src/questions/lessons/post-senders.ts';
import { cameOf } from '../../src/questions/lessons/post-twice.ts';

test('on a reused connection the stand-in asks again and is answered, on a fresh one it has failed', async () => {
  expect(await cameOf(askingAgain, true)).toEqual({ came: 2, known: 1, isAnswered: true });
  expect(await cameOf(askingAgain, false)).toEqual({ came: 1, known: 1, isAnswered: false });
});

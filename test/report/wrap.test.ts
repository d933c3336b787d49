import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth, narrowest, wrap } from '../../src/report/skins/wrap.ts';

test('Hangul takes two columns, Latin one, a place to break none', () => {
  expect(['지연', 'p50', 'web\u200bsocket'].map(displayWidth)).toEqual([4, 3, 9]);
});

test('a number stays with its unit', () => {
  expect(wrap('median 0.21 ms', 11)).toEqual(['median', '0.21 ms']);
  expect(wrap('about 12 kB.', 8)).toEqual(['about', '12 kB.']);
});

test('a word breaks where it may before it is cut', () => {
  expect(wrap('socket.io:\u200bwebsocket', 12)).toEqual(['socket.io:', 'websocket']);
  expect(wrap('socket.io:\u200bwebsocket', 30)).toEqual(['socket.io:websocket']);
  expect(narrowest('socket.io:\u200bwebsocket')).toBe(10);
});

test('what nothing else helps is cut, Hangul never in half', () => {
  expect(wrap('abcdef', 4)).toEqual(['abcd', 'ef']);
  expect(wrap('전송방식', 5)).toEqual(['전송', '방식']);
});

test('continued lines hang', () => {
  expect(wrap('one two three', 8, 2)).toEqual(['one two', '  three']);
});

test('no text makes a line wider than asked, and no letter is lost', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', '-', ':', '한', '글', '1', 'ms', '\u200b'),
  });
  fc.assert(
    fc.property(letters, fc.integer({ min: 4, max: 30 }), fc.constantFrom(0, 2), (text, columns, hang) => {
      const lines = wrap(text, columns, hang);
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
      expect(lines.join('').replace(/[ \u200b]/g, '')).toBe(text.replace(/[ \u200b]/g, ''));
    }),
  );
});

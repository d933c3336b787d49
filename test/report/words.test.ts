import { expect, test } from 'vitest';
import { fill } from '../../src/base/text.ts';
import { catalogues, wordsOf } from '../../src/report/words.ts';

const placeholders = (phrase: string) => (phrase.match(/\{\w+\}/g) ?? []).sort();

test('both catalogues have the same keys in the same order', () => {
  expect(Object.keys(catalogues.ko)).toEqual(Object.keys(catalogues.en));
});

test('both catalogues have the same placeholders under every key', () => {
  const shape = (language: 'en' | 'ko') =>
    Object.entries(catalogues[language]).map(([key, phrase]) => [key, placeholders(phrase)]);
  expect(shape('ko')).toEqual(shape('en'));
});

test('no phrase of either catalogue is empty', () => {
  expect(
    Object.values(catalogues)
      .flatMap((words) => Object.values(words))
      .filter((phrase) => !phrase.trim()),
  ).toEqual([]);
});

test('every Korean sentence is Korean', () => {
  const sentences = Object.entries(catalogues.ko).filter(([key]) =>
    /^(legend|notes?|caption|latency|cost|push|verdict)\./.test(key),
  );
  const latin = sentences.filter(
    ([, phrase]) => /\w{3}/.test(phrase.replace(/\{\w+\}/g, '')) && !/[가-힣]/.test(phrase),
  );
  expect(latin).toEqual([]);
});

test('a value that looks like a placeholder is not filled again', () => {
  expect(fill('{kind}: {value}', { kind: '{value}', value: 'x' })).toBe('{value}: x');
});

test('a key of another machine never reaches the prototype', () => {
  expect(wordsOf('en').find('constructor')).toBeNull();
});

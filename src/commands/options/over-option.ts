/** `--over http,h2`: what HTTP goes over, one trial for each. */
import { unknownWord } from '../../base/did-you-mean.ts';
import { text } from '../../base/text.ts';
import { type Over, overs } from '../../protocols/over.ts';
import { option } from './values.ts';

/** What browsers and servers speak with each other. */
const all: readonly Over[] = ['http', 'https', 'h2'];

/** In the order of the registry, each once. Throws a `UsageError` that names the word. */
export function parseOver(typed: string): readonly Over[] {
  const wanted = new Set<Over>();
  for (const word of typed.split(',').map((one) => one.trim().toLowerCase())) {
    const found = word === 'all' ? all : overs.filter((over) => over === word);
    if (found.length === 0) throw unknownWord(unknown, word, ['all', ...overs]);
    for (const over of found) wanted.add(over);
  }
  return overs.filter((over) => wanted.has(over));
}

const unknown = text('--over: unknown protocol "{word}"', '--over: "{word}"라는 프로토콜은 없습니다');

/** `--over` of `claims` and `tables`: each protocol takes as long as the first. */
export const documentsOverOption = () =>
  option(
    '--over <protocols>',
    text(
      'the verdicts over each of these: http, https, h2, h2c, or all (the first three)',
      '이 프로토콜마다 판정: http, https, h2, h2c 또는 all(앞의 세 가지)',
    ),
  ).default('http');

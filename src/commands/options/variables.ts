/**
 * Variables of the environment that are almost ours: whoever set one would otherwise believe that it counts. Other programs
 * may have some that begin like ours, so only what is near a known one is told, and nothing is refused.
 */
import type { Command } from 'commander';
import { nearest } from '../../base/did-you-mean.ts';
import { say, text } from '../../base/text.ts';
import { readerOf } from './language.ts';
import { prefix, variableOf } from './values.ts';

const misspelt = text(
  'warning: {variable} is no variable of this program; did you mean {candidate}?',
  '경고: {variable}: 이 프로그램에 없는 환경 변수입니다. 혹시 {candidate}입니까?',
);

export function tellMisspelt(program: Command): void {
  const known = new Set(program.commands.flatMap(({ options }) => options.map(variableOf)));
  for (const variable of Object.keys(process.env)) {
    const name = variable.startsWith(prefix) ? variable.slice(prefix.length) : '';
    if (name === '' || known.has(name)) continue;
    const candidate = nearest(name, [...known]);
    if (candidate === undefined) continue;
    const told = say(readerOf(), misspelt, { variable, candidate: prefix + candidate });
    process.stderr.write(`rtcompare: ${told}\n`);
  }
}

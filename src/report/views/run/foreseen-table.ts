/** What the laws predict before anything is measured: the figures of a run's predictions, in the same words. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Block } from '../../blocks/block.ts';
import { admissible, type Foreseen, metricText } from './prediction-words.ts';
import { haveSeveral, lawTable } from './predictions-table.ts';
import { type Swept, sweptAxes } from './sweep-axes.ts';

const phrases = {
  title: text('What the laws predict', '법칙의 예측'),
  next: text(
    '`rtcompare explain ID` explains a law; `rtcompare run` with the same options measures it.',
    '`rtcompare explain ID`는 법칙을 설명하고, 같은 옵션으로 `rtcompare run`을 실행하면 측정합니다.',
  ),
  nothing: text(
    'No law has anything to say about this plan before it is measured.',
    '측정하기 전에 이 계획에 대해 예측할 수 있는 법칙이 없습니다.',
  ),
};

interface ForeseenHere extends Foreseen, Swept {
  readonly transport: string;
  readonly scenario: string;
}

/** @param scenarios those of the plan, even if no law applies to them. */
export function foreseenBlock(
  foreseen: readonly ForeseenHere[],
  scenarios: readonly string[],
  reader: Reader,
): Block {
  if (foreseen.length === 0) return { kind: 'paragraph', text: say(reader, phrases.nothing) };
  const [axis] = scenarios.flatMap((name) => sweptAxes(foreseen.filter(({ scenario }) => scenario === name)));
  const all = foreseen.map((one) => ({
    ...one,
    predictions: [one] as const,
    ...(axis && { at: axis.text(axis.value(one)) }),
  }));
  const table = lawTable(
    all,
    ({ predictions: [one] }) => [one.law, metricText(one, reader), admissible(one, reader)],
    { scenario: haveSeveral(scenarios), swept: axis ? say(reader, axis.name) : null },
    reader,
  );
  return {
    kind: 'table',
    table: { ...table, title: say(reader, phrases.title), notes: [say(reader, phrases.next)] },
  };
}

/** Why a transport that both sides were to measure is not compared. */
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import type { NotCompared } from '../../../gate/gate.ts';
import { reasonText } from '../../../metrics/verdict.ts';
import { gathered } from '../../blocks/gathered.ts';

const cannotBeRead = {
  invalid: {
    before: text(
      '{name}: not compared (invalid before: {reasons})',
      '{name}: 비교하지 않음. 이전 측정이 유효하지 않음({reasons})',
    ),
    after: text(
      '{name}: not compared (invalid now: {reasons})',
      '{name}: 비교하지 않음. 이번 측정이 유효하지 않음({reasons})',
    ),
    both: text(
      '{name}: not compared (invalid in both; now: {reasons})',
      '{name}: 비교하지 않음. 두 측정 모두 유효하지 않음(이번: {reasons})',
    ),
  },
  unconnected: {
    before: text(
      '{name}: not compared (could not connect before: {reasons})',
      '{name}: 비교하지 않음. 이전에는 연결하지 못함({reasons})',
    ),
    after: text(
      '{name}: not compared (cannot connect now: {reasons})',
      '{name}: 비교하지 않음. 이번에는 연결하지 못함({reasons})',
    ),
    both: text(
      '{name}: not compared (could connect in neither; now: {reasons})',
      '{name}: 비교하지 않음. 두 번 모두 연결하지 못함(이번: {reasons})',
    ),
  },
  interrupted: {
    before: text(
      '{name}: not compared (the run before was ended early)',
      '{name}: 비교하지 않음. 이전 실행이 도중에 중단됨',
    ),
    after: text(
      '{name}: not compared (the run now was ended early)',
      '{name}: 비교하지 않음. 이번 실행이 도중에 중단됨',
    ),
    both: text(
      '{name}: not compared (both runs were ended early)',
      '{name}: 비교하지 않음. 두 실행 모두 도중에 중단됨',
    ),
  },
} as const;

export function notComparedText({ name, side, why, notes, told }: NotCompared): Text {
  if (why === 'interrupted') return inEveryLanguage(cannotBeRead.interrupted[side], { name });
  return inEveryLanguage(cannotBeRead[why][side], { name, reasons: told ?? reasonText(notes) });
}

/** Transports left out for the same reason share a line. */
export const notComparedTexts = (all: readonly NotCompared[]): Text[] =>
  gathered(all, ({ name: _, ...why }) => why).map(([first, ...others]) =>
    notComparedText({ ...first, name: [first, ...others].map(({ name }) => name).join(', ') }),
  );

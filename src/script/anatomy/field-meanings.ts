/**
 * What each field means, as its layer says. A field that no layer explains gets an explanation that says so,
 * because a learner must never meet a byte without a name.
 */

import { protocols } from '../../protocols/index.ts';
import type { Explanation, RawField, Unit } from '../../protocols/unit.ts';
import { requestOf } from '../../wire/message.ts';
import type { Specimen } from '../specimen.ts';
import { unitsOf } from './units.ts';

const unknown: Explanation = {
  lines: [{ en: 'a field this tool has no explanation for', ko: '이 도구에 설명이 없는 필드' }],
  specification: null,
};

/** The units of a specimen, every field explained. */
export const explainedUnits = ({ spans }: Pick<Specimen, 'spans'>): Unit[] => unitsOf(spans).map(explained);

function explained(unit: Unit<RawField>): Unit {
  const asked = requestOf(unit.message);
  return {
    ...unit,
    fields: unit.fields.map((field, index) => ({
      ...field,
      explanation:
        protocols[field.layer].explain({ field, unit, asked, before: unit.fields.slice(0, index) }) ??
        unknown,
    })),
  };
}

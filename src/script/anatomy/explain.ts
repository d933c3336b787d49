/**
 * What each field means: a table of layers, each with its own file. A field nobody knows still gets an explanation,
 * marked as such, because a learner must never meet a byte without a name.
 */

import { explainChunk } from '../../protocols/chunked/explanation.ts';
import { explainEngineIo } from '../../protocols/engine-io/explanation.ts';
import type { Explain } from '../../protocols/explanation.ts';
import { explainHttp } from '../../protocols/http1/explanation.ts';
import { explainMailbox } from '../../protocols/mailbox/explanation.ts';
import { explainJsonLine } from '../../protocols/ndjson/explanation.ts';
import { explainEncoding, explainPayload, explainUnparsed } from '../../protocols/payload/explanation.ts';
import { explainSocketIo } from '../../protocols/socket-io/explanation.ts';
import { explainEvent } from '../../protocols/sse/explanation.ts';
import type { Explanation, RawField, Unit } from '../../protocols/unit.ts';
import { explainFrame } from '../../protocols/websocket/explanation.ts';
import type { Layer } from '../../wire/span.ts';
import type { Specimen } from '../specimen.ts';
import { askedBy, unitsOf } from './units.ts';

const table: Readonly<Record<Layer, Explain>> = {
  http: explainHttp,
  chunk: explainChunk,
  sse: explainEvent,
  ndjson: explainJsonLine,
  websocket: explainFrame,
  mailbox: explainMailbox,
  'engine.io': explainEngineIo,
  'socket.io': explainSocketIo,
  encoding: explainEncoding,
  payload: explainPayload,
  unparsed: explainUnparsed,
};

const unknown: Explanation = {
  lines: [{ en: 'a field this tool has no explanation for', ko: '이 도구에 설명이 없는 필드' }],
  specification: null,
};

/** The units of a specimen, every field explained. */
export const explainedUnits = ({ spans }: Pick<Specimen, 'spans'>): Unit[] => unitsOf(spans).map(explained);

function explained(unit: Unit<RawField>): Unit {
  const asked = unit.kind === 'request' ? askedBy(unit) : unit.asked;
  return {
    ...unit,
    fields: unit.fields.map((field, index) => ({
      ...field,
      explanation: table[field.layer]({ field, unit, asked, before: unit.fields.slice(0, index) }) ?? unknown,
    })),
  };
}

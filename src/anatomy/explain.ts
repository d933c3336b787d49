/**
 * What each field means: a table of layers, each with its own file. A field nobody knows still gets an explanation,
 * marked as such, because a learner must never meet a byte without a name.
 */
import type { Specimen } from '../gate/specimen.ts';
import type { Layer } from '../wire/span.ts';
import { explainChunk } from './chunk.ts';
import { explainEngineIo } from './engine-io.ts';
import { explainHttp } from './http.ts';
import { explainMailbox } from './mailbox.ts';
import { explainJsonLine } from './ndjson.ts';
import { explainEncoding, explainPayload, explainUnparsed } from './payload.ts';
import type { Explain } from './reading.ts';
import { explainSocketIo } from './socket-io.ts';
import { explainEvent } from './sse.ts';
import type { Explanation, RawField, Unit } from './unit.ts';
import { askedBy, unitsOf } from './units.ts';
import { explainFrame } from './websocket.ts';

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

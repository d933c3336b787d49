/**
 * The same conversation as one JSON document: every span with its place, bytes and meaning, and the sums that prove it.
 */
import { type Reader, say } from '../../base/text.ts';
import { byteCount, type Unit, type UnitField } from '../../protocols/unit.ts';
import { explainedUnits } from '../../script/anatomy/field-meanings.ts';
import { gistOf } from '../../script/anatomy/one-sentence.ts';
import { balanceOf } from '../../script/anatomy/owners.ts';
import { contentOf, titleOf } from '../../script/anatomy/title.ts';
import type { Specimen } from '../../script/specimen.ts';

/**
 * Bytes are hexadecimal, times are nanoseconds since the client's first dial, offsets count within connection and
 * direction.
 */
export const wireDocument = (specimens: readonly Specimen[], message: string, reader: Reader) => ({
  schemaVersion: 1,
  kind: 'wire',
  message,
  conversations: specimens.map((specimen) => conversationOf(specimen, reader)),
});

function conversationOf(specimen: Specimen, reader: Reader) {
  const units = explainedUnits(specimen);
  const { owners, up, down, written, read, balances } = balanceOf(specimen, units);
  return {
    transport: specimen.transport,
    over: specimen.over,
    steps: specimen.steps,
    bytes: { up, down, bySockets: { up: written, down: read }, balances, owners },
    connections: specimen.connections,
    units: units.map((unit, index) => ({
      unit: index,
      kind: unit.kind,
      connection: unit.connection,
      direction: unit.direction,
      step: unit.step,
      at: unit.at,
      bytes: byteCount(unit),
      title: say(reader, titleOf(unit)),
      content: contentOf(unit),
      gist: gistText(unit, reader),
    })),
    spans: units.flatMap((unit, index) => unit.fields.map((field) => spanOf(field, unit, index, reader))),
  };
}

function gistText(unit: Unit, reader: Reader): string | null {
  const gist = gistOf(unit);
  return gist && say(reader, gist);
}

function spanOf(field: UnitField, { connection, direction, step, at }: Unit, unit: number, reader: Reader) {
  const { layer, name, bytes, clear, isCoded, offset, explanation } = field;
  const hex = (of: Uint8Array) => Buffer.from(of).toString('hex');
  return {
    unit,
    connection,
    direction,
    step,
    at,
    offset,
    bytes: bytes.length,
    layer,
    name,
    hex: hex(bytes),
    ...(isCoded && { clear: hex(clear) }),
    explanation: explanation.lines.map((line) => say(reader, line)),
    specification: explanation.specification,
  };
}

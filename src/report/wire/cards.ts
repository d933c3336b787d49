/**
 * For a projector: one field a card, in 40 columns, so that a terminal set to a huge font still holds it. A few bytes
 * are drawn five rows high, a few letters are spaced out; all bytes stand below.
 */

import { hexPairs } from '../../base/hex.ts';
import { textOf } from '../../protocols/explanation.ts';
import type { Unit, UnitField } from '../../protocols/unit.ts';
import { explainedUnits } from '../../script/anatomy/field-meanings.ts';
import { gistOf } from '../../script/anatomy/one-sentence.ts';
import type { Specimen } from '../../script/specimen.ts';
import { displayWidth, wrap } from '../skins/wrap.ts';
import { bigHex, bytesThatFit } from './big-digits.ts';
import { explanationRows, printable } from './field-rows.ts';
import { cutTo, type Look, pad } from './look.ts';
import { phrases } from './phrases.ts';
import { labelOf, wayOf } from './unit-head.ts';

const cardColumns = 40;
/** The most rows shown of a long field: a card should fit the screen. */
const mostRows = 6;

/** Each card ends with a line end. */
export function wireCards(specimen: Specimen, look: Look): string[] {
  const places = explainedUnits(specimen).flatMap((unit) => unit.fields.map((field) => ({ unit, field })));
  return places.map(({ unit, field }, index) => {
    const place = look.say(phrases.card, { place: String(index + 1), count: String(places.length) });
    const rows = cardRows(unit, field, `${specimen.transport}  ${place}`, look);
    return `${rows.map((row) => row.trimEnd()).join('\n')}\n`;
  });
}

function cardRows(unit: Unit, field: UnitField, title: string, look: Look): string[] {
  const { line } = look.signs;
  const gist = gistOf(unit);
  return [
    look.ink.faint(title),
    look.ink.strong(labelOf(unit, cardColumns, look)),
    ...wrap(`${wayOf(unit, look)}${gist ? `. ${look.say(gist)}` : ''}`, cardColumns),
    line.repeat(cardColumns),
    '',
    ...bytesRows(field, look),
    '',
    ...ownerRows(field, look),
    '',
    ...explanationRows(field, cardColumns, look),
    '',
  ];
}

function bytesRows(field: UnitField, look: Look): string[] {
  const { bytes, clear, isCoded, layer, offset } = field;
  const most = bytesThatFit(cardColumns);
  // The decrypted bytes: they are what the receiver reads, and encrypted bytes all look alike.
  const big = clear.length <= most ? bigHex(clear, look.signs.full) : largeText(clear, look);
  const place = look.say(phrases.byteAt, { offset: String(offset) });
  return [
    ...big.map((row) => look.ink.layer(layer, row.trimEnd())),
    ...(big.length > 0 ? [''] : []),
    look.ink.faint(place),
    ...plainRows(bytes, '', look),
    ...(isCoded ? plainRows(clear, '= ', look) : []),
  ];
}

/** Letters with space around them if they fit, else the text as it is. Empty if the bytes are not text. */
function largeText(bytes: Uint8Array, look: Look): string[] {
  const text = textOf(bytes);
  if (text === null) return [];
  const clean = look.clean(text);
  const spaced = Array.from(clean).join(' ');
  const rows = wrap(displayWidth(spaced) <= cardColumns ? spaced : clean, cardColumns);
  return rows.length <= mostRows ? rows : [...rows.slice(0, mostRows), look.signs.cut];
}

/** Eight bytes a row as hexadecimal, and the characters they stand for. */
function plainRows(bytes: Uint8Array, before: string, look: Look): string[] {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 8) {
    const part = bytes.subarray(at, at + 8);
    rows.push(`${pad(before, 2)}${pad(hexPairs(part), 23)}  ${printable(part, look.signs.unprintable)}`);
  }
  return rows.length <= mostRows ? rows : [...rows.slice(0, mostRows), `${pad(before, 2)}${look.signs.cut}`];
}

function ownerRows(field: UnitField, look: Look): string[] {
  const owner = look.layerName(field.layer);
  const name = cutTo(look.clean(field.name), cardColumns - displayWidth(owner) - 2, look.signs.cut);
  return [`${look.ink.layer(field.layer, owner)}  ${look.ink.strong(name)}`];
}

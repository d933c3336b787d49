/**
 * One field in 80 columns: its offset, its bytes as hexadecimal and as text, eight a row; to their right its layer, its
 * name and its meaning. If the receiver reads other bytes (after TLS, masking or HPACK), those follow.
 */

import { hexPairs } from '../../base/hex.ts';
import type { UnitField } from '../../protocols/unit.ts';
import { wrap } from '../skins/wrap.ts';
import { cutTo, type Look, pad } from './look.ts';
import { phrases } from './phrases.ts';

const perRow = 8;
const widths = { offset: 5, hex: 3 * perRow - 1, text: perRow, meaning: 38 } as const;
const gap = '  ';
/** More rows would bury the conversation. */
const mostRows = 24;

/** @param known whether the same explanation was shown before. */
export function fieldRows(field: UnitField, known: boolean, look: Look): string[] {
  const left = bytesRows(field, look);
  const right = meaningRows(field, known, look);
  const blank = ' '.repeat(widths.offset + widths.hex + widths.text + 2 * gap.length);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    `${left[index] ?? blank}${gap}${right[index] ?? ''}`.trimEnd(),
  );
}

function bytesRows(field: UnitField, look: Look): string[] {
  const { bytes, clear, isCoded, offset } = field;
  const most = isCoded ? mostRows / 2 : mostRows;
  return [
    ...cutRows(field, bytes, (at) => String(offset + at), most, look),
    ...(isCoded ? cutRows(field, clear, () => '=', most, look) : []),
  ];
}

function cutRows(
  { layer }: UnitField,
  bytes: Uint8Array,
  label: (at: number) => string,
  most: number,
  look: Look,
): string[] {
  const shown = Math.min(bytes.length, most * perRow);
  const rows: string[] = [];
  for (let at = 0; at < shown || at === 0; at += perRow) {
    const part = bytes.subarray(at, at + perRow);
    const text = printable(part, look.signs.unprintable);
    const [hex, characters] = [pad(hexPairs(part), widths.hex), pad(text, widths.text)];
    // Only the text is coloured, not the blanks after it.
    const painted = (cell: string) =>
      look.ink.layer(layer, cell.trimEnd()) + ' '.repeat(cell.length - cell.trimEnd().length);
    const place = look.ink.faint(pad(label(at), widths.offset, 'right'));
    rows.push(`${place}${gap}${painted(hex)}${gap}${painted(characters)}`);
  }
  if (shown === bytes.length) return rows;
  const more = look.say(phrases.more, { bytes: String(bytes.length - shown) });
  const columns = widths.offset + widths.hex + widths.text + 2 * gap.length;
  return [...rows, ...wrap(`${look.signs.cut} ${more}`, columns).map((row) => pad(row, columns))];
}

/** One character for each byte; a byte that is not printable ASCII is a dot, so that columns stay aligned. */
export const printable = (bytes: Uint8Array, unprintable: string): string =>
  Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : unprintable)).join(
    '',
  );

function meaningRows(field: UnitField, known: boolean, look: Look): string[] {
  const owner = look.layerName(field.layer);
  const name = look.clean(field.name);
  const again = known ? ` ${look.signs.again}` : '';
  const head = cutTo(`${owner} ${name}${again}`, widths.meaning, look.signs.cut);
  const painted = look.ink.layer(field.layer, owner) + look.ink.strong(head.slice(owner.length));
  return [painted, ...(known ? [] : explanationRows(field, widths.meaning, look))];
}

/** The explanation, one sentence a line, with its section at the end. */
export function explanationRows({ explanation }: UnitField, columns: number, look: Look): string[] {
  const { lines, specification } = explanation;
  const last = lines.length - 1;
  return lines.flatMap((line, index) => {
    const section = index === last && specification ? ` (${unbroken(look.clean(specification))})` : '';
    return wrap(`${look.say(line)}${section}`, columns, 2);
  });
}

/** The reference to a section never breaks inside, so that it can be searched for. */
const unbroken = (specification: string): string =>
  specification.replaceAll(' §', '\u00a0§').replace(/(RFC|HTML|Hints|Metadata) (?=[\d§])/g, '$1\u00a0');

/**
 * An exchange of the page, byte by byte: the same units, fields and explanations as in `rtcompare wire`, as data for
 * the page. Of a stream only its opening and its newest pieces.
 */

import { hexPairs } from '../../base/hex.ts';
import { type Language, text } from '../../base/text.ts';
import { byteCount, type Unit, type UnitField } from '../../protocols/unit.ts';
import { printable } from '../../report/wire/field-rows.ts';
import { lookOf } from '../../report/wire/look.ts';
import { explainedUnits } from '../../script/anatomy/field-meanings.ts';
import { contentOf, titleOf } from '../../script/anatomy/title.ts';
import type { WireField, WireUnit } from '../page/control-talk.ts';
import type { Exchange } from './exchange.ts';

const json = text('the site’s JSON, your message in it', '메시지를 담은 사이트의 JSON');

const unitsShown = 6;
const bytesShown = 192;

export function wireUnits(exchange: Exchange | null, language: Language): WireUnit[] {
  if (!exchange) return [];
  const look = lookOf({ language, ascii: false, colour: false });
  // In the chat only the typed text is payload, and it lies within the site's JSON.
  const isChat = exchange.place?.room === 'chat';
  const ownerOf = (layer: UnitField['layer']) =>
    isChat && layer === 'payload' ? json[language] : look.layerName(layer);
  const fieldOf = ({ bytes, clear, isCoded, layer, name, offset, explanation }: UnitField): WireField => ({
    offset,
    layer,
    owner: ownerOf(layer),
    name,
    hex:
      hexPairs(bytes.subarray(0, bytesShown)) +
      (isCoded ? ` = ${hexPairs(clear.subarray(0, bytesShown))}` : ''),
    text: printable(clear.subarray(0, bytesShown), '·'),
    lines: explanation.lines.map((line) => look.say(line)),
    specification: explanation.specification,
  });
  const unitOf = (unit: Unit): WireUnit => ({
    direction: unit.direction,
    title: look.say(titleOf(unit)),
    content: contentOf(unit).slice(0, 120),
    bytes: byteCount(unit),
    fields: unit.fields.map(fieldOf),
  });
  const units = explainedUnits({ spans: exchange.spans.map((span) => ({ ...span, step: 0 })) }).map(unitOf);
  return units.length <= unitsShown ? units : [...units.slice(0, 2), ...units.slice(2 - unitsShown)];
}

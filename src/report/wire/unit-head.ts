/** The line above a unit: direction, time, connection, kind and bytes; below it, what the unit does. */

import { byteCount, type Unit } from '../../protocols/unit.ts';
import { gistOf } from '../../script/anatomy/one-sentence.ts';
import { contentOf, titleOf } from '../../script/anatomy/title.ts';
import { tenths } from '../blocks/quantities.ts';
import { displayWidth, wrap } from '../skins/wrap.ts';
import { cutTo, type Look, pad } from './look.ts';
import { phrases } from './phrases.ts';

/** `POST /message "hello"`, cut to what fits. */
export function labelOf(unit: Unit, columns: number, look: Look): string {
  const content = contentOf(unit);
  const title = look.say(titleOf(unit));
  const label = content === '' ? title : `${title}  ${look.clean(content)}`;
  return cutTo(label, columns, look.signs.cut);
}

export function wayOf({ direction }: Unit, look: Look): string {
  return `${look.say(phrases.client)} ${look.signs[direction]} ${look.say(phrases.server)}`;
}

export function unitHead(unit: Unit, width: number, look: Look): string[] {
  const start = `${wayOf(unit, look)}  ${tenths(unit.at)} ms  #${unit.connection + 1}  `;
  const bytes = `  ${byteCount(unit)} B`;
  const room = width - displayWidth(start) - displayWidth(bytes);
  const gist = gistOf(unit);
  return [
    look.ink.strong(`${start}${pad(labelOf(unit, room, look), room)}${bytes}`),
    ...(gist ? wrap(look.say(gist), width - 2).map((row) => `  ${row}`) : []),
  ];
}

/**
 * One conversation: the sequence, then every unit with its fields, then the sums. There is a page for each field, so
 * that a presenter can stop at each; printed one after the other they are the whole.
 */

import type { Text } from '../../base/text.ts';
import { isSealed } from '../../protocols/over.ts';
import type { Unit, UnitField } from '../../protocols/unit.ts';
import { explainedUnits } from '../../script/anatomy/field-meanings.ts';
import { type Specimen, waitMs } from '../../script/specimen.ts';
import { displayWidth, wrap } from '../skins/wrap.ts';
import { fieldRows } from './field-rows.ts';
import { cutTo, type Look } from './look.ts';
import { ownerRows } from './owners-table.ts';
import { carriages, phrases, rawCarriages, stepNames } from './phrases.ts';
import { sequenceRows } from './sequence-rows.ts';
import { unitHead } from './unit-head.ts';

export const columns = 80;

/** Each page ends with a line end. @param message the message that was sent, as text. */
export function wirePages(specimen: Specimen, message: string, look: Look): string[] {
  const units = explainedUnits(specimen);
  const pages = [
    opening(specimen, units, message, look),
    ...stepPages(specimen, units, look),
    ['', ...ownerRows(specimen, units, columns, look)],
  ];
  return pages.map((rows) => `${rows.join('\n')}\n`);
}

export function heading(text: string, rule: string, look: Look): string[] {
  const rows = wrap(text, columns);
  return [...rows.map(look.ink.strong), rule.repeat(Math.max(...rows.map(displayWidth)))];
}

function opening(specimen: Specimen, units: readonly Unit[], message: string, look: Look): string[] {
  const { double, line, again } = look.signs;
  return [
    ...heading(look.say(phrases.title, { transport: specimen.transport }), double, look),
    ...conditions([specimen], message, look),
    '',
    ...heading(look.say(phrases.sequenceTitle), line, look),
    ...sequenceRows(specimen, units, columns, look),
    '',
    ...heading(look.say(phrases.bytesTitle), line, look),
    ...wrap(look.say(phrases.legend, { again }), columns),
  ];
}

/** The conditions under which the conversations were held. */
export function conditions(specimens: readonly Specimen[], message: string, look: Look): string[] {
  const waits = specimens.some(({ steps }) => steps.length > 3);
  const carriage = look.say(carriageOf(specimens));
  const said = look.say(phrases.conditions, { carriage, message: cutTo(message, 60, look.signs.cut) });
  return wrap(waits ? `${said} ${look.say(phrases.waits, { wait: `${waitMs} ms` })}` : said, columns);
}

/** Conversations shown together were held over the same protocol. */
function carriageOf(specimens: readonly Specimen[]): Text {
  const over = specimens[0]?.over ?? 'http';
  const hasHttp = specimens.some(({ spans }) => spans.some(({ layer }) => layer === 'http'));
  return hasHttp ? carriages[over] : rawCarriages[isSealed(over) ? 'sealed' : 'clear'];
}

/** A page for each field; the head of its unit and the name of its step stand above the first. */
function stepPages({ steps, connections }: Specimen, units: readonly Unit[], look: Look): string[][] {
  const known = new Set<string>();
  return steps.flatMap((step, index) => {
    const title = ['', ...heading(`${index + 1}. ${look.say(stepNames[step])}`, look.signs.line, look)];
    const pages = units.filter((unit) => unit.step === index).flatMap((unit) => unitPages(unit, known, look));
    const opens = connections.some((connection) => connection.step === index);
    const [first = noByte(index, opens, look), ...rest] = pages;
    return [[...title, ...first.slice(first[0] === '' ? 1 : 0)], ...rest];
  });
}

function noByte(step: number, opens: boolean, look: Look): string[] {
  const silent = step > 0 ? phrases.noBytes : opens ? phrases.onlyTcp : phrases.noBytesYet;
  return wrap(look.say(silent), columns);
}

function unitPages(unit: Unit, known: Set<string>, look: Look): string[][] {
  return unit.fields.map((field, index) => [
    ...(index === 0 ? ['', ...unitHead(unit, columns, look)] : []),
    ...fieldRows(field, isKnown(field, known), look),
  ]);
}

/** Whether the same field has been explained in the same words; marks it as explained. */
function isKnown({ layer, name, explanation }: UnitField, known: Set<string>): boolean {
  const key = JSON.stringify([layer, name, explanation]);
  const before = known.has(key);
  known.add(key);
  return before;
}

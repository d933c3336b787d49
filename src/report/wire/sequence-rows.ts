/**
 * The conversation as arrows between two lines: time on the left, a row for each unit, and which side waits during
 * silence.
 */

import { say } from '../../base/text.ts';
import { byteCount, type Unit } from '../../protocols/unit.ts';
import { type Happening, sequenceOf } from '../../script/anatomy/poll-arc.ts';
import type { Specimen } from '../../script/specimen.ts';
import { tenths } from '../blocks/quantities.ts';
import { displayWidth, wrap } from '../skins/wrap.ts';
import { type Look, pad } from './look.ts';
import { phrases, stepNames } from './phrases.ts';
import { labelOf } from './unit-head.ts';

const timeColumns = 9;

export function sequenceRows(
  specimen: Specimen,
  units: readonly Unit[],
  width: number,
  look: Look,
): string[] {
  const between = width - timeColumns - 3;
  const happenings = sequenceOf(specimen, units);
  return [
    ends(between, look),
    ...happenings.flatMap((happening, index) => {
      const isNewStep = happening.step !== happenings[index - 1]?.step;
      return [
        ...(isNewStep ? [stepRow(specimen, happening.step, look)] : []),
        ...happeningRows(happening, between, look),
      ];
    }),
  ];
}

function ends(between: number, look: Look): string {
  const [client, server] = [look.say(phrases.client), look.say(phrases.server)];
  const blanks = ' '.repeat(Math.max(1, between + 2 - displayWidth(client) - displayWidth(server)));
  return `${pad('ms', timeColumns, 'right')} ${look.ink.strong(`${client}${blanks}${server}`)}`;
}

function stepRow({ steps }: Specimen, step: number, look: Look): string {
  const name = steps[step];
  return name ? `${step + 1}. ${look.say(stepNames[name])}` : '';
}

function happeningRows(happening: Happening, between: number, look: Look): string[] {
  if (happening.kind === 'silence') return silenceRows(happening, between, look);
  const { side } = look.signs;
  const body =
    happening.kind === 'unit' ? arrow(happening, between, look) : dialled(happening, between, look);
  return [`${pad(tenths(happening.at), timeColumns, 'right')} ${side}${body}${side}`];
}

function arrow(
  { unit, answersAfter }: Extract<Happening, { kind: 'unit' }>,
  between: number,
  look: Look,
): string {
  const { line, up, down } = look.signs;
  const waited = answersAfter === null ? '' : `, ${look.say(phrases.after, { time: tenths(answersAfter) })}`;
  const bytes = ` ${byteCount(unit)} B${waited} `;
  const room = between - displayWidth(bytes) - 8;
  const label = ` #${unit.connection + 1} ${labelOf(unit, room - 5, look)} `;
  const shaft = line.repeat(Math.max(1, between - displayWidth(label) - displayWidth(bytes) - 3));
  return unit.direction === 'up'
    ? `${line}${look.ink.strong(label)}${shaft}${bytes}${line}${up}`
    : `${down}${line}${bytes}${shaft}${look.ink.strong(label)}${line}`;
}

function dialled(
  { connection }: Extract<Happening, { kind: 'dialled' }>,
  between: number,
  look: Look,
): string {
  const { dots, up } = look.signs;
  const label = ` ${look.say(phrases.dials, { connection: String(connection + 1) })} `;
  return `${dots}${label}${dots.repeat(between - displayWidth(label) - 2)}${up}`;
}

function silenceRows(
  { lasted, who }: Extract<Happening, { kind: 'silence' }>,
  between: number,
  look: Look,
): string[] {
  const { silence } = look.signs;
  const text = look.say(phrases.silence, { time: tenths(lasted), who: say(look.reader, who) });
  return wrap(text, between - 4).map((row) => {
    const blanks = between - displayWidth(row);
    const before = Math.floor(blanks / 2);
    return `${' '.repeat(timeColumns)} ${silence}${' '.repeat(before)}${row}${' '.repeat(blanks - before)}${silence}`;
  });
}

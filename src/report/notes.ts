/**
 * Notes are data, a kind and a value; here they become sentences. A kind this version does not know is printed
 * as it is: a warning must not disappear because its reader is older.
 */

import { own } from '../base/lookup.ts';
import { type Phrase, say, text } from '../base/text.ts';
import type { Note, Report } from '../document/report.ts';
import { gathered } from './groups.ts';
import { bytes, count, decimal, time } from './units.ts';
import type { Words } from './words.ts';

const ms = (value: number): string => time(value * 1e6);

/** What the value of a kind is measured in; everything else is a plain number. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  'late-generator': ms,
  saturated: ms,
  'loop-delay-client': ms,
  'loop-delay-relay': ms,
  'loop-delay-server': ms,
  unbalanced: bytes,
  unparsed: bytes,
  compressed: bytes,
  'few-samples': count,
  'nothing-arrived': count,
  overloaded: count,
  ports: count,
  unseen: count,
  'samples-capped': count,
};

const phrases: Readonly<Record<string, Phrase<'value'>>> = {
  'measured-again': text(
    'the machine was busy, so that it was measured again: times {value}',
    '컴퓨터가 바빠 다시 측정함: {value}번',
  ),
  'nothing-arrived': text(
    'of {value} messages that were sent none arrived',
    '보낸 메시지 {value}개 중 하나도 도착하지 않음',
  ),
  unseen: text(
    'the sockets of {value} clients were not seen: nothing of theirs was counted',
    '클라이언트 {value}개의 소켓이 보이지 않아 아무것도 세지 못함',
  ),
};

const formatOf = (kind: string) => own(formats, kind) ?? decimal;

function noteText(kind: string, value: string, words: Words): string {
  const phrase = own(phrases, kind);
  if (phrase) return say(words, phrase, { value });
  return words.find(`note.${kind}`, { value }) ?? words.say('notes.unknown', { kind, value });
}

function written({ kind, value }: Note, words: Words): string {
  if (typeof value === 'string') return noteText(kind, value, words);
  const known = own(phrases, kind) !== undefined || words.find(`note.${kind}`) !== null;
  return noteText(kind, known ? formatOf(kind)(value) : String(value), words);
}

interface Noted {
  readonly transport: string;
  readonly scenario: string;
  readonly note: Note;
}

/** More lines than this of one kind tell no more than their range does. */
const linesOfAKind = 3;

/** Transports with the same sentence share it. */
function lines(noted: readonly Noted[], words: Words): string[] {
  return gathered(noted, ({ note }) => written(note, words)).map((same) =>
    told(same, written(same[0].note, words), words),
  );
}

function told(noted: readonly Noted[], note: string, words: Words): string {
  const transports = [...new Set(noted.map(({ transport }) => transport))].join(', ');
  return words.say('notes.line', { transports, scenario: noted[0]?.scenario ?? '', note });
}

/** The notes of one kind in one scenario: line by line, or, where repeats or a sweep made many, as a range. */
function ofAKind(noted: readonly Noted[], words: Words): string[] {
  const apart = lines(noted, words);
  const values = noted.flatMap(({ note: { value } }) => (typeof value === 'number' ? value : []));
  const kind = noted[0]?.note.kind ?? '';
  if (apart.length <= linesOfAKind || values.length < noted.length) return apart;
  const format = formatOf(kind);
  const value = words.say('load.range', {
    from: format(Math.min(...values)),
    to: format(Math.max(...values)),
  });
  return [told(noted, noteText(kind, value, words), words)];
}

/** One line a sentence. */
export function noteLines(report: Pick<Report, 'trials'>, words: Words): string[] {
  const noted = report.trials.flatMap(({ transport, scenario, notes }) =>
    notes.map((note): Noted => ({ transport, scenario, note })),
  );
  return gathered(noted, ({ scenario, note }) => [scenario, note.kind]).flatMap((same) =>
    ofAKind(same, words),
  );
}

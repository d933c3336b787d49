/**
 * Notes are data, a kind and a value; here they become sentences. A kind this version does not know is printed
 * as it is: a warning must not disappear because its reader is older.
 */
import type { Note, Report } from '../metrics/report.ts';
import { bytes, count, decimal, time } from './units.ts';
import type { Words } from './words.ts';

const ms = (value: number): string => time(value * 1e6);

/** What the value of a kind is measured in; everything else is a plain number. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  'late-generator': ms,
  saturated: ms,
  'loop-delay': ms,
  'loop-delay-client': ms,
  'loop-delay-server': ms,
  'heartbeat-default': ms,
  unbalanced: bytes,
  unparsed: bytes,
  compressed: bytes,
  'payload-mismatch': bytes,
  'few-samples': count,
  'samples-capped': count,
};

function noteText({ kind, value }: Note, words: Words): string {
  const format = (Object.hasOwn(formats, kind) ? formats[kind] : undefined) ?? decimal;
  const written = typeof value === 'number' ? format(value) : value;
  return (
    words.find(`note.${kind}`, { value: written }) ??
    words.say('notes.unknown', { kind, value: String(value) })
  );
}

/** One line a sentence; transports with the same sentence share it. */
export function noteLines(report: Pick<Report, 'trials'>, words: Words): string[] {
  const transports = new Map<string, { scenario: string; note: string; names: Set<string> }>();
  for (const { transport, scenario, notes } of report.trials) {
    for (const raw of notes) {
      const note = noteText(raw, words);
      const key = JSON.stringify([scenario, note]);
      const known = transports.get(key);
      if (known) known.names.add(transport);
      else transports.set(key, { scenario, note, names: new Set([transport]) });
    }
  }
  return [...transports.values()].map(({ scenario, note, names }) =>
    words.say('notes.line', { transports: [...names].join(', '), scenario, note }),
  );
}

/**
 * What the laws give for a link with a round trip, beside times of loopback: transports with the same figures together.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { gathered } from '../../blocks/gathered.ts';
import { decimal } from '../../blocks/quantities.ts';

const phrases = {
  both: text(
    'Over a link of {rtt} ms the laws give, echo / event in ms: {details}.',
    '왕복 {rtt} ms 링크라면 법칙에 따라 에코 / 이벤트(ms): {details}.',
  ),
  echo: text(
    'Over a link of {rtt} ms the laws give for an echo, in ms: {details}.',
    '왕복 {rtt} ms 링크라면 법칙에 따라 에코(ms): {details}.',
  ),
  age: text(
    'Over a link of {rtt} ms the laws give for an event, in ms: {details}.',
    '왕복 {rtt} ms 링크라면 법칙에 따라 이벤트(ms): {details}.',
  ),
};

type Known = NonNullable<Trial['overDistance']>;

const rangeOf = ({ lowMs, highMs }: Known): string =>
  lowMs === highMs ? decimal(lowMs) : `${decimal(lowMs)}–${decimal(highMs)}`;

/** @param trials one for each transport and scenario; references are left out. */
export function overDistanceSentence(trials: readonly Trial[], reader: Reader): string[] {
  const known = trials.flatMap(({ overDistance, ...trial }) =>
    overDistance === null || trial.reference ? [] : [{ ...trial, overDistance }],
  );
  const [first] = known;
  if (first === undefined) return [];
  const kindOf = ({ latency }: Pick<Trial, 'latency'>) => latency?.kind ?? 'echo';
  const kinds = [...new Set(known.map(kindOf))];
  const each = gathered(known, ({ transport }) => transport).map((ofOne) => ({
    transport: ofOne[0].transport,
    said: kinds
      .map((kind) => ofOne.find((trial) => kindOf(trial) === kind))
      .map((trial) => (trial ? rangeOf(trial.overDistance) : '–'))
      .join(' / '),
  }));
  const details = gathered(each, ({ said }) => said)
    .map((same) => `${same.map(({ transport }) => transport).join(', ')} ${same[0].said}`)
    .join('; ');
  const phrase = kinds.length > 1 ? phrases.both : phrases[kinds[0] ?? 'echo'];
  return [say(reader, phrase, { rtt: decimal(first.overDistance.rttMs), details })];
}

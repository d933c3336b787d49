/** The names of trials whose times, or all of whose figures, must be read with care. */
import { type Reader, say, text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';

export const doubtfulText = text(
  'Read with care, these were not valid: {trials}.',
  '주의해서 볼 것, 잡음이 섞였거나 무효인 측정: {trials}.',
);

const names = {
  valid: text('{transport}', '{transport}'),
  noisy: text('{transport} (noisy)', '{transport}(잡음)'),
  invalid: text('{transport} (invalid)', '{transport}(무효)'),
} as const;

/** Each once, with its verdict. */
export const doubtfulNames = (
  trials: readonly Pick<Trial, 'transport' | 'verdict'>[],
  reader: Reader,
): string =>
  [...new Set(trials.map(({ transport, verdict }) => say(reader, names[verdict], { transport })))].join(', ');

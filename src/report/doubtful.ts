/** How the trials are named whose times, or all of it, must be read with care. */
import { type Reader, say, text } from '../base/text.ts';
import type { Trial } from '../document/report.ts';

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

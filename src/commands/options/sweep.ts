/** `--sweep NAME=VALUE,VALUE,…`: one trial for each value, everything else the same. */
import { InvalidArgumentError } from 'commander';
import { unknownWord } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/failure.ts';
import { own } from '../../base/lookup.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { Link, Load } from '../../document/report.ts';
import { bounds, greatestRate } from '../../trial/knobs.ts';
import { parseDuration, parsePositive, parseWhole, toldOf } from './values.ts';

/** What one value of a sweep changes. */
export interface SweepPoint {
  readonly load?: Partial<Load>;
  readonly link?: Partial<Link>;
}

/** Of those that carry a unit. */
const examples: Readonly<Record<string, string>> = { rtt: '10ms,80ms', 'poll-interval': '100ms,1s' };

const dimensions: Readonly<Record<string, (text: string) => SweepPoint>> = {
  clients: (text) => ({ load: { clients: parseWhole(...bounds.clients)(text) } }),
  messages: (text) => ({ load: { messages: parseWhole(...bounds.messages)(text) } }),
  size: (text) => ({ load: { size: parseWhole(...bounds.size)(text) } }),
  rate: (text) => ({ load: { rate: parsePositive(greatestRate)(text) } }),
  'poll-interval': (text) => ({ load: { pollIntervalMs: parseDuration(text) } }),
  rtt: (text) => {
    const oneWayMs = text === '0ms' ? 0 : parseDuration(text) / 2;
    return { link: { name: `rtt=${text}`, upDelayMs: oneWayMs, downDelayMs: oneWayMs } };
  },
};

export const sweepable = Object.keys(dimensions);

/** Throws a `UsageError` that names the part and what was expected. */
export function parseSweep(typed: string): SweepPoint[] {
  const [name = '', values] = typed.split('=', 2);
  const dimension = own(dimensions, name);
  if (!dimension)
    throw unknownWord(
      text('--sweep: cannot sweep "{word}"', '--sweep: "{word}"의 값은 바꾸어 가며 잴 수 없습니다'),
      name,
      sweepable,
    );
  if (!values) {
    const example = `${name}=${own(examples, name) ?? '1,10,100'}`;
    throw new UsageError(
      inEveryLanguage(
        text(
          '--sweep {typed}: write values after the name, such as {example}',
          '--sweep {typed}: 이름 뒤에 {example}처럼 값을 적어야 합니다',
        ),
        { typed, example },
      ),
    );
  }
  return values.split(',').map((value) => {
    try {
      return dimension(value.trim());
    } catch (error) {
      if (error instanceof InvalidArgumentError)
        throw new UsageError(
          inEveryLanguage(
            text('--sweep {name}: "{value}": {problem}', '--sweep {name}: "{value}": {problem}'),
            {
              ...{ name, value },
              problem: toldOf(error),
            },
          ),
        );
      throw error;
    }
  });
}

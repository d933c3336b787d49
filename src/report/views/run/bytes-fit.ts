/**
 * What the bytes of one client are made of: set-up, and a cost for each of its n messages. Both are exact, so the
 * message from which one transport is cheaper than another is computed, not guessed.
 */

import { own } from '../../../base/lookup.ts';
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { setupBytesPerClient } from '../../../questions/claims/cost.ts';
import { bytes, count } from '../../blocks/quantities.ts';

const phrases = {
  bytes: text('{transport}: {setup} + n × {perMessage}', '{transport}: {setup} + n × {perMessage}'),
};

const comparisons = {
  from: text(
    'cheaper than {reference} from the {nth} message on',
    '{nth}번째 메시지부터 바이트가 적음(비교: {reference})',
  ),
  until: text(
    'cheaper than {reference} only up to the {nth} message',
    '{nth}번째 메시지까지만 바이트가 적음(비교: {reference})',
  ),
  always: text(
    'cheaper than {reference} from the first message on',
    '첫 메시지부터 바이트가 적음(비교: {reference})',
  ),
  never: text('never cheaper than {reference}', '언제나 바이트가 더 많음(비교: {reference})'),
};

const ordinals = {
  one: text('{count}st', '{count}'),
  two: text('{count}nd', '{count}'),
  few: text('{count}rd', '{count}'),
  other: text('{count}th', '{count}'),
};

export interface BytesFit {
  readonly transport: string;
  readonly setup: number;
  /** Payload included, both directions, with all that is sent while waiting. */
  readonly perMessage: number;
}

/** Null without messages. In a chat one message is one that was said; its cost includes all its copies. */
function bytesFit(trial: Trial): BytesFit | null {
  const messages = trial.messages.up || trial.messages.down;
  const setup = setupBytesPerClient(trial);
  if (messages === 0 || setup === null) return null;
  const steady = trial.wire.layers.filter(({ phase }) => phase === 'steady');
  const perMessage = steady.reduce((sum, row) => sum + row.bytes, 0) / messages;
  return { transport: trial.transport, setup, perMessage };
}

export type BreakEven =
  | { readonly kind: 'from'; readonly message: number }
  | { readonly kind: 'until'; readonly message: number }
  | { readonly kind: 'always' | 'never' };

/** From which message on, or up to which, one costs fewer bytes in all than the other. */
export function breakEven(one: BytesFit, other: BytesFit): BreakEven {
  const dearer = one.setup - other.setup;
  const saved = other.perMessage - one.perMessage;
  if (saved > 0) {
    const message = Math.floor(dearer / saved) + 1;
    return message <= 1 ? { kind: 'always' } : { kind: 'from', message };
  }
  if (dearer >= 0) return { kind: 'never' };
  if (saved === 0) return { kind: 'always' };
  const message = Math.ceil(dearer / saved) - 1;
  return message < 1 ? { kind: 'never' } : { kind: 'until', message };
}

/** 1st, 2nd, 3rd, by the rules of the language. */
function nth(value: number, reader: Reader): string {
  const rule = new Intl.PluralRules(reader.language, { type: 'ordinal' }).select(value);
  const figure = { count: count(value) };
  return say(reader, own<Phrase<'count'>>(ordinals, rule) ?? ordinals.other, figure);
}

function comparison(fit: BytesFit, reference: BytesFit, reader: Reader): string {
  const even = breakEven(fit, reference);
  const { transport } = reference;
  return 'message' in even
    ? say(reader, comparisons[even.kind], { reference: transport, nth: nth(even.message, reader) })
    : say(reader, comparisons[even.kind], { reference: transport });
}

/** One sentence for each transport, compared with the reference that speaks HTTP if that was measured. */
export function byteSentences(trials: readonly Trial[], reader: Reader): string[] {
  const rounded = (value: number): string => bytes(Math.round(value * 10) / 10);
  const plain = trials.find(({ reference, requests }) => reference && requests > 0);
  const reference = plain === undefined ? null : bytesFit(plain);
  return trials.flatMap((trial) => {
    const fit = bytesFit(trial);
    if (fit === null) return [];
    const said = say(reader, phrases.bytes, {
      transport: fit.transport,
      setup: rounded(fit.setup),
      perMessage: rounded(fit.perMessage),
    });
    // tcp carries no protocol, so that it is cheapest says nothing.
    const compared = reference !== null && !trial.reference;
    return [compared ? `${said}; ${comparison(fit, reference, reader)}.` : `${said}.`];
  });
}

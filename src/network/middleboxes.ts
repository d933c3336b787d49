/** Which middleboxes there are, and the row of them that stands before a server. */

import type { Clock } from '../base/clock.ts';
import { UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import { inRow, type OpenBox, passing } from './box.ts';
import { buffering } from './buffering.ts';
import { idleTimeout } from './idle-timeout.ts';
import { noUpgrade, stripUpgrade, swallowUpgrade } from './no-upgrade.ts';

/** Plain data; what is not named is not there. */
export interface Middleboxes {
  /** Answers every request with an `Upgrade` field with 403, and closes. */
  readonly noUpgrade?: boolean;
  /** Passes every request on without its `Upgrade` field, as reverse proxies do by default. */
  readonly stripUpgrade?: boolean;
  /** Takes every request with an `Upgrade` field, and answers nothing. */
  readonly swallowUpgrade?: boolean;
  /** Holds each response back until it is complete. */
  readonly buffering?: boolean;
  /** Closes a connection on which nothing was said for so long, both ways. */
  readonly idleTimeoutMs?: number;
}

/** How each is written on the command line; a further box is a line. */
const written: Readonly<Record<string, (value: string | undefined) => Middleboxes | null>> = {
  none: (value) => (value === undefined ? {} : null),
  'no-upgrade': (value) => (value === undefined ? { noUpgrade: true } : null),
  'strip-upgrade': (value) => (value === undefined ? { stripUpgrade: true } : null),
  'swallow-upgrade': (value) => (value === undefined ? { swallowUpgrade: true } : null),
  buffering: (value) => (value === undefined ? { buffering: true } : null),
  'idle-timeout': (value) => {
    const [, digits, unit] = /^(\d{1,6})(ms|s)$/.exec(value ?? '') ?? [];
    const idleTimeoutMs = Number(digits) * (unit === 's' ? 1000 : 1);
    return idleTimeoutMs > 0 ? { idleTimeoutMs } : null;
  },
};

export const boxNames = Object.keys(written).filter((name) => name !== 'none');

/** One as it is written; null where it is none of them. */
export function readBox(part: string): Middleboxes | null {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(part.trim()) ?? [];
  return own(written, name)?.(value) ?? null;
}

/** Reads `no-upgrade`, `strip-upgrade`, `buffering`, `idle-timeout=30s`, several with commas, or `none`. Throws `UsageError`. */
export function parseProxy(typed: string): Middleboxes {
  const row: Middleboxes = {};
  for (const part of typed.split(',')) {
    const box = readBox(part);
    if (!box) {
      throw new UsageError(
        inEveryLanguage(
          text(
            '--proxy {typed}: write none, no-upgrade, strip-upgrade, swallow-upgrade, buffering or idle-timeout=30s, or several with commas',
            '--proxy {typed}: none, no-upgrade, strip-upgrade, swallow-upgrade, buffering, idle-timeout=30s 가운데 하나 또는 쉼표로 여러 개를 적어야 합니다',
          ),
          { typed: JSON.stringify(typed) },
        ),
      );
    }
    Object.assign(row, box);
  }
  return row;
}

/** The first in this list is the nearest to the client, in whatever order they were named. */
export function openMiddleboxes(middleboxes: Middleboxes, clock: Clock): OpenBox {
  const row: OpenBox[] = [];
  if (middleboxes.idleTimeoutMs !== undefined) row.push(idleTimeout(middleboxes.idleTimeoutMs, clock));
  if (middleboxes.noUpgrade) row.push(noUpgrade);
  if (middleboxes.swallowUpgrade) row.push(swallowUpgrade);
  if (middleboxes.stripUpgrade) row.push(stripUpgrade);
  if (middleboxes.buffering) row.push(buffering);
  return row.reduce(inRow, passing);
}

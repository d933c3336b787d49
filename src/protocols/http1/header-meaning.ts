/** What a header field means: for any value, or for this one. */

import type { Text } from '../../base/text.ts';
import type { Request } from '../../wire/message.ts';
import type { Direction } from '../../wire/span.ts';
import { line } from '../explanation.ts';

export interface HeaderMeaning {
  readonly specification: string | null;
  readonly lines: (value: string, asked: Request | null, direction: Direction) => readonly Text[];
}

/** The same whatever its value is. */
export const fixed = (specification: string | null, en: string, ko: string): HeaderMeaning => ({
  specification,
  lines: () => [line(en, ko)],
});

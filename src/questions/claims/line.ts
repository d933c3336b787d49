/** A sentence with its values: numbers leave here with their unit, and the views write them. */

import type { Text } from '../../base/text.ts';

/** A value and what it is measured in; a null is a quantile that had too few samples. */
export type Quantity =
  | {
      readonly unit: 'nanoseconds' | 'milliseconds' | 'bytes' | 'count' | 'share' | 'decimal' | 'flag';
      readonly value: number | null;
      /** A time of a noisy trial. */
      readonly noisy?: true | undefined;
    }
  | { readonly unit: 'name'; readonly value: string }
  | { readonly unit: 'names'; readonly value: readonly string[] };

export interface Line {
  readonly text: Text;
  readonly values?: Readonly<Record<string, Quantity>>;
}

/** Whether everything that the sentence quotes was measured; otherwise it is left out. */
export const isWhole = ({ text, values = {} }: Line): boolean =>
  [...text.en.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => (values[name]?.value ?? null) !== null);

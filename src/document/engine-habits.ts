/** What a browser engine does by itself, as it was probed; docs/browsers.json is a kept run. */
import type { RequestHead } from './browser-side.ts';

export const habitNames = [
  'clock-step-isolated',
  'clock-step',
  'retry',
  'after-204',
  'after-429',
  'after-500',
  'after-wrong-type',
  'fetches-at-once',
  'streams-at-once',
  'socket-beside-streams',
  'tabs-with-streams',
  'posts-in-turn',
  'resent-post',
  'own-back-off',
  'frames-of-a-mebibyte',
  'close-time-out',
  'idle-close',
  'told-idle-close',
  'preflights-of-one-url',
  'preflights-of-queries',
  'preflight-again',
  'hidden-timer',
  'hidden-timer-later',
] as const;
export type HabitName = (typeof habitNames)[number];

export type HabitUnit = 'ms' | 'times' | 'connections' | 'frames' | 'state';

export interface Habit {
  readonly name: HabitName;
  readonly unit: HabitUnit;
  /** `closed`, `retries`, `opens`, `waits`, `heeds`, `ignores`, `kept` of a state. */
  readonly value: number | string;
}

export interface EngineHabits {
  readonly engine: string;
  readonly version: string;
  readonly userAgent: string;
  /** The day on which it was probed. */
  readonly probedOn: string;
  readonly platform: string;
  readonly habits: readonly Habit[];
  /** Headers of requests; the page's GET with `cache: no-store` has the kind `GET no-store`. */
  readonly heads: readonly (Omit<RequestHead, 'kind' | 'lastBytes'> & { readonly kind: string })[];
}

/** The registry of reproductions. */
import { johannessen } from './johannessen.ts';
import { kaazing } from './kaazing.ts';
import { pimentel } from './pimentel.ts';
import type { Reproduction } from './reproduction.ts';
import { rfc6202 } from './rfc6202.ts';
import { tangen } from './tangen.ts';

export const reproductions: readonly Reproduction[] = [kaazing, rfc6202, pimentel, johannessen, tangen];

/** The registry of reproductions. */
import { abril } from './abril.ts';
import { johannessen } from './johannessen.ts';
import { kaazing } from './kaazing.ts';
import { netsekure } from './netsekure.ts';
import { pimentel } from './pimentel.ts';
import type { Reproduction } from './reproduction.ts';
import { rfc6202 } from './rfc6202.ts';
import { rfc7541 } from './rfc7541.ts';
import { sslconfig } from './sslconfig.ts';
import { tangen } from './tangen.ts';

export const reproductions: readonly Reproduction[] = [
  ...[kaazing, rfc6202, pimentel, johannessen, tangen],
  ...[netsekure, rfc7541, abril, sslconfig],
];

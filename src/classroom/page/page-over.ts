/** The HTTP version that carried this page, from the browser: not what the site offers, but what both agreed on. */
import { type Text, text } from '../../base/text.ts';
import type { HttpVersion } from './control-talk.ts';

/** Keys as in ALPN (RFC 7301) and in `nextHopProtocol` of Resource Timing. */
export const versionNames: Readonly<Record<HttpVersion, Text>> = {
  'http/1.1': text('HTTP/1.1', 'HTTP/1.1'),
  h2: text('HTTP/2', 'HTTP/2'),
};

const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];

export const pageOver: HttpVersion = navigation?.nextHopProtocol === 'h2' ? 'h2' : 'http/1.1';

export const isSealed = location.protocol === 'https:';

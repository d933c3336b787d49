/**
 * Whether a stream speaks HTTP/1, told from its first bytes (RFC 9112 §2.1). A box that reads HTTP must not sit
 * on another protocol's bytes waiting for a line end that never comes.
 */

export type StreamStart = 'undecided' | 'http' | 'foreign';

const starts = {
  // RFC 9110 §9.1: all standardised methods are capital letters, and short.
  up: { http: /^[A-Z]{1,16} /, undecided: /^[A-Z]{0,16}$/ },
  down: { http: /^HTTP\/1\./, undecided: /^(|H|HT|HTT|HTTP|HTTP\/|HTTP\/1)$/ },
} as const;

const enough = 17;

/** Judges a stream piece by piece; once decided, the verdict stays. */
export function httpStart(direction: keyof typeof starts): (bytes: Uint8Array) => StreamStart {
  let start = '';
  let verdict: StreamStart = 'undecided';
  return (bytes) => {
    if (verdict !== 'undecided') return verdict;
    start += Buffer.from(bytes.subarray(0, enough - start.length)).toString('latin1');
    if (starts[direction].http.test(start)) verdict = 'http';
    else if (!starts[direction].undecided.test(start)) verdict = 'foreign';
    return verdict;
  };
}

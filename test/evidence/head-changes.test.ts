/** What is said of two heads of one message: added, removed, renamed, re-framed, another version. */
import { expect, test } from 'vitest';
import type { Head } from '../../src/ledger/exchange-heads.ts';
import { headChanges } from '../../src/ledger/head-changes.ts';

const head = (version: string, ...lines: readonly (readonly [string, string])[]): Head => ({
  version,
  fields: lines.map(([name, value]) => [name.toLowerCase(), value]),
  spelled: lines.map(([name]) => name),
});
const request = { message: 'request', bodiless: false } as const;
const response = { message: 'response', bodiless: false } as const;

test('a request: added, removed, changed, downgraded', () => {
  const near = head('HTTP/1.1', ['Host', 'a:1'], ['X-Probe', '1'], ['Accept', '*/*']);
  const far = head('HTTP/1.0', ['Host', 'b:2'], ['Accept', '*/*'], ['Via', '1.1 proxy']);
  expect(headChanges(near, far, request).map(({ change, name }) => `${change} ${name}`)).toEqual([
    'version version',
    'changed host',
    'removed x-probe',
    'added via',
  ]);
});

test('a name in another case is renamed, as the message goes', () => {
  const upper = head('HTTP/1.1', ['Content-Type', 'text/plain']);
  const lower = head('HTTP/1.1', ['content-type', 'text/plain']);
  const renamed = { change: 'renamed', name: 'content-type' };
  expect(headChanges(upper, lower, request)).toEqual([
    { ...renamed, message: 'request', near: 'Content-Type', far: 'content-type' },
  ]);
  expect(headChanges(lower, upper, response)).toEqual([
    { ...renamed, message: 'response', near: 'content-type', far: 'Content-Type' },
  ]);
});

test('another name with the value of one that is gone is renamed; another value is not', () => {
  const near = head('HTTP/1.1', ['X-Request-Id', '7f3a'], ['X-Empty', '']);
  const far = head('HTTP/1.1', ['X-Tracked', '7f3a'], ['X-None', '']);
  expect(headChanges(near, far, request)).toEqual([
    { message: 'request', change: 'renamed', name: 'x-tracked', near: 'x-request-id', far: 'x-tracked' },
    { message: 'request', change: 'removed', name: 'x-empty', near: '', far: null },
    { message: 'request', change: 'added', name: 'x-none', near: null, far: '' },
  ]);
});

test('an answer whose length became chunks is re-framed, and its fields are not told again', () => {
  const near = head('HTTP/1.1', ['Transfer-Encoding', 'chunked']);
  const far = head('HTTP/1.1', ['Content-Length', '5']);
  expect(headChanges(near, far, response)).toEqual([
    { message: 'response', change: 'framing', name: 'framing', near: 'chunked', far: 'content-length' },
  ]);
});

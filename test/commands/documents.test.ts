/** Files that commands read: every encoding a shell writes is read, and whatever cannot be is told by what it is. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../src/base/failure.ts';
import { kindOf } from '../../src/commands/files/document-kinds.ts';
import { readPair, readReport, readWeighing } from '../../src/commands/files/documents.ts';
import { jsonBreak, placeOf } from '../../src/commands/options/json-break.ts';
import { report, trial, typicalReport } from '../report/fixture.ts';
import { rtcompare } from '../support/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function fileOf(content: string | Uint8Array): string {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, content);
  return path;
}
const json = JSON.stringify(report([trial({ transport: 'ws' })]));
const good = fileOf(json);
const weighing = fileURLToPath(new URL('../../reports/baseline.json', import.meta.url));

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('read', () => {
  test.each([
    ['UTF-8', json],
    ['UTF-8 with a byte order mark', `\ufeff${json}`],
    ['UTF-16, little endian, as `>` writes it in PowerShell', utf16(json)],
    ['UTF-16, big endian', Buffer.from(utf16(json)).swap16()],
    ['lines ended as in Windows', JSON.stringify(JSON.parse(json), null, 2).replaceAll('\n', '\r\n')],
  ])('%s', async (_, content) => {
    expect(await readReport(fileOf(content))).toEqual(await readReport(good));
  });

  test('a weighing in UTF-16', async () => {
    const read = await readWeighing(fileOf(utf16(readFileSync(weighing, 'utf8'))));
    expect(read).toEqual(await readWeighing(weighing));
  });
});

/** What is said of such a file, in English and in Korean, without its path. */
async function told(path: string): Promise<readonly [string, string]> {
  const error: unknown = await readReport(path).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(UsageError);
  const { told: said, message } = error as UsageError;
  expect(message).toBe(said.en);
  return [said.en.replaceAll(path, 'FILE'), said.ko.replaceAll(path, 'FILE')];
}

const pretty = '{\n  "schemaVersion": 1,\n  "trials": [\n    { "transport": "ws" }\n  ]\n}\n';

test.concurrent.each([
  ['nothing', '', 'FILE is empty; write it again'],
  ['blank lines', '\n \n', 'FILE is empty; write it again'],
  [
    'a key without quotes',
    '{\n  trials: []\n}',
    'FILE is no JSON: line 2, column 3: got t, expected a key in double quotes or }; mend it there, or write it again',
  ],
  ['a comma too many', '{"a": 1,\n}', 'line 2, column 1: got }, expected a key in double quotes;'],
  ['a comma too few', '[1 2]', 'line 1, column 4: got 2, expected a comma or ]'],
  ['a comment', '{"a": 1 // one\n}', 'line 1, column 9: got /, expected a comma or }'],
  ['a word', '{"a": NaN}', 'line 1, column 7: got N, expected a value'],
  [
    'a line break in a string',
    '{"a": "b\nc"}',
    'line 1, column 9: got \\n, expected the rest of a string, or its closing quote',
  ],
  ['a word behind the end', '{}\n\nx', 'FILE is no JSON document but JSON lines: line 3'],
  [
    'a document that was cut off',
    pretty.slice(0, 55),
    'FILE is no JSON: it ends in the middle, at line 4, column 18; it was cut off, so write it again',
  ],
  ['a key twice', '{"a":1,"a":2}', 'FILE: the key "a" stands twice in one object; keep one of them'],
  ['HTML', '<!doctype html>\n<html></html>', 'FILE is no JSON: it is HTML or XML'],
  [
    'the tables of a run',
    'rtcompare: real-time transports side by side\n════\n',
    'FILE is no JSON: it is what rtcompare prints for people; write it again with --json',
  ],
  [
    'a tape',
    '{"trial":0,"transport":"ws","scenario":"echo"}\n{"at":0,"connection":0,"direction":"up","bytes":""}\n',
    'FILE is a tape of `rtcompare run --record`, one JSON object a line, and no JSON document; `rtcompare pcap FILE OUT` turns it',
  ],
  ['JSON lines', '{"a":1}\n{"a":2}\n', 'line 2 begins another one; keep one'],
  ['a number', '17', 'FILE is just 17, not a report; write one with `rtcompare run --json`'],
  ['null', 'null', 'FILE is just null, not a report'],
  ['a list', '[]', 'FILE is a list, not a report'],
  ['an empty object', '{}', 'FILE is an empty object, not a report'],
  ['another object', '{"a":1,"b":2}', 'FILE is an object with the keys a, b, not a report'],
  ['what is called like a property of every object', '{"toString":1}', 'an object with the keys toString'],
  ['a weighing', '{"kind":"weighing","transports":[]}', 'FILE is a weighing, not a report'],
  ['an inspection', '{"kind":"inspection"}', 'FILE is an inspection of `rtcompare inspect`, not a report'],
  ['verdicts', '{"schemaVersion":1,"claims":[]}', 'FILE is verdicts of `rtcompare claims`, not a report'],
  ['a package', '{"name":"shop","version":"1.0.0"}', 'FILE is a package.json, not a report'],
  ['a configuration', '{"thresholds":[]}', 'FILE is a configuration of rtcompare, not a report'],
  [
    'a report of a later version',
    '{"schemaVersion":2,"trials":[]}',
    'FILE is a report of version 2, and this rtcompare reads version 1; use the rtcompare that wrote it',
  ],
  [
    'a report that lost its parts',
    '{"schemaVersion":1,"trials":[{"transport":"ws"}]}',
    'FILE is a report, but a damaged one: tool: Invalid input: expected object, received undefined; write one with `rtcompare run --json`',
  ],
  ['gzip', gzipSync(json), 'FILE is compressed with gzip; unpack it first'],
  ['a ZIP archive', Buffer.from('PK\u0003\u0004....'), 'FILE is a ZIP archive; unpack it first'],
  ['a packet capture', Buffer.from('4d3cb2a1020004000000', 'hex'), 'FILE is a packet capture'],
  ['bytes', Buffer.from([1, 2, 0xff, 0xfe]), 'FILE is no text: it is binary, or in an encoding'],
  ['UTF-16 without its mark', Buffer.from(json, 'utf16le'), 'FILE is no text: it is binary'],
  ['half a character of UTF-16', utf16(json).subarray(0, 9), 'FILE is no text: it is binary'],
])('%s is told by what it is, where it breaks, and with a remedy', async (_, content, expected) => {
  const [en, ko] = await told(fileOf(content));
  expect(en).toContain(expected);
  expect(en).not.toMatch(/a weighing(?!, not a report)/);
  expect(ko).toMatch(/[가-힣]/);
  expect(ko).not.toMatch(/Invalid|expected/);
});

test('what is not there, and a folder, are told as such', async () => {
  const path = join(folder, 'folder');
  mkdirSync(path);
  expect((await told(path))[0]).toBe('cannot read FILE: it is a folder; name a file in it');
  expect((await told(join(folder, 'none')))[0]).toMatch(/^cannot read FILE: there is no such file;/);
});

test('two documents of different kinds are told by what each is', async () => {
  const refused: unknown = await readPair(weighing, good).catch((error: unknown) => error);
  expect((refused as Error).message).toMatch(
    /baseline\.json is a weighing, .*\.json is a report; compare two/,
  );
  const inspections = await Promise.all([1, 2].map(() => fileOf('{"kind":"inspection"}')));
  await expect(readPair(inspections[0]!, inspections[1]!)).rejects.toThrow(/is an inspection of/);
});

test('a text breaks off exactly where it is no JSON, and a text that is JSON nowhere', () => {
  const isJson = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const cut = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '1', 'x', '\u0001'));
  const anything = fc.oneof(
    fc.json(),
    fc.string(),
    cut.map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put),
  );
  fc.assert(
    fc.property(anything, (text) => {
      expect(jsonBreak(text) === null).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

test('lines and columns are counted as an editor does', () => {
  expect(placeOf('a\r\nbc', 4)).toEqual({ line: 2, column: 2 });
  expect(placeOf('가😀x', 3)).toEqual({ line: 1, column: 3 });
});

test('a report of a run is known as one, whatever else it holds', () => {
  expect(kindOf(typicalReport()).name).toBe('report');
});

const broken = fileOf('{"trials": [}');
test.concurrent.each([
  [['compare', good, broken], /: line 1, column 13: got \}, expected a value or \]/],
  [['compare', weighing, broken], /: line 1, column 13: got \}/],
  [['report', broken], /: line 1, column 13: got \}/],
  [['check', '--baseline', broken], /: line 1, column 13: got \}/],
  [['run', '--config', broken], /: line 1, column 13: got \}/],
  [['run', '--config', folder], /it is a folder; name a file in it/],
  [['pcap', good, join(folder, 'x.pcap')], /is a report, not a tape; write one with `\S+ \S+ run --record`/],
  [['pcap', fileOf(''), join(folder, 'x.pcap')], /is empty; write a tape with `\S+ \S+ run --record`/],
])('%j is refused before anything starts', async (args, message) => {
  const { code, stdout, stderr } = await rtcompare(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('a weighing');
});

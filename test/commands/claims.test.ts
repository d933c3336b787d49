/**
 * `rtcompare claims` through the built command: one document, verdicts that follow from its evidence, clear mistakes.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import type { Over } from '../../src/protocols/over.ts';
import { answerOf } from '../../src/questions/claims/by-protocol.ts';
import { kindOf } from '../../src/questions/claims/fact-kinds.ts';
import { claims } from '../../src/questions/claims/index.ts';
import { rule } from '../../src/questions/claims/judgement.ts';
import type { Fact } from '../../src/questions/probes/fact.ts';
import { markdownBlocks } from '../../src/report/skins/markdown.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { claimsBlocks } from '../../src/report/views/documents/claims-blocks.ts';
import { rtcompare, start } from '../support/cli.ts';

interface Told {
  id: string;
  table: 'A' | 'B' | null;
  row: string;
  verdict: string | null;
  evidence: (Fact & { unit: string })[];
  explanation: string;
  answers?: (Pick<Told, 'verdict' | 'evidence'> & { over: Over })[];
}

const claimOf = (id: string) => claims.find((claim) => claim.id === id)!;
const docs = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), 'utf8');

let told: Told[] = [];
let markdown = '';
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-claims-'));
  const { code, stdout, stderr } = await rtcompare('claims', '--quick', '--json', '--out', folder);
  expect(code, stderr).toBe(0);
  told = (JSON.parse(stdout) as { claims: Told[] }).claims;
  expect(readFileSync(join(folder, 'claims.json'), 'utf8')).toBe(stdout);
  markdown = readFileSync(join(folder, 'claims.md'), 'utf8');
  rmSync(folder, { recursive: true });
}, 180_000);

test('there are 34 claims, and each verdict follows from its own evidence', () => {
  expect(told.map(({ id }) => id)).toEqual(claims.map(({ id }) => id));
  for (const { id, verdict, evidence, explanation } of told) {
    expect(rule(claimOf(id).judgement, evidence)?.verdict ?? null, id).toBe(verdict);
    for (const { metric, unit } of evidence)
      expect([kindOf(metric) !== undefined, unit !== ''], metric).toEqual([true, true]);
    expect(explanation).not.toMatch(/[{}]/);
  }
});

test('what no noise can change comes out as it must', () => {
  const verdictOf = (id: string) => told.find((claim) => claim.id === id)?.verdict;
  // New connections only with keep-alive off; 2 to 14 bytes, not none; polling first; the server's close.
  for (const id of ['A2', 'A5', 'B7', 'B13', 'B15']) expect(verdictOf(id), id).toBe('refined');
  for (const id of ['A11', 'A12', 'A13', 'A16', 'B1', 'B4', 'B9', 'B10', 'B11', 'B12', 'B16', 'B17', 'B18'])
    expect(verdictOf(id), id).toBe('confirmed');
  for (const id of ['A6', 'B6']) expect(verdictOf(id), id).toBe('opinion');
});

test('the written Markdown has every claim and what its verdict stands on', () => {
  for (const { id, row } of told) expect(markdown).toContain(`${id} ${row.replace(/[()]/g, '$&')}`);
  expect(markdown).toContain('Evidence of A5');
});

test('docs/claims.md is what its own evidence and the claims of today make of it', () => {
  const { claims: kept, ...about } = JSON.parse(docs('claims.json')) as { claims: Told[] } & Parameters<
    typeof claimsBlocks
  >[0]['about'];
  const answered = kept.map(({ id, evidence, answers = [{ over: 'http', evidence }] }) => {
    const claim = claimOf(id);
    return { claim, answers: answers.map(({ over, evidence }) => answerOf(claim.judgement, over, evidence)) };
  });
  expect(answered.map(({ claim }) => claim.id)).toEqual(claims.map(({ id }) => id));
  const blocks = claimsBlocks({ answered, about, withEvidence: true, wide: true }, readerOfFiles('en'));
  expect(docs('claims.md')).toBe(markdownBlocks(blocks));
});

test('what is exact in docs/claims.json is what is measured today', () => {
  // What a crowd was asked to be: `--quick` asks for a smaller herd, for one server, and for readers that read.
  const asked = ['herd-clients', 'cluster-clients', 'unread-message'];
  const exact = (claim: Told) =>
    claim.evidence.filter(({ metric }) => kindOf(metric)?.exact && !asked.includes(metric));
  const kept = JSON.parse(docs('claims.json')) as { claims: Told[] };
  const before = Object.fromEntries(kept.claims.map((claim) => [claim.id, exact(claim)]));
  const now = Object.fromEntries(told.map((claim) => [claim.id, exact(claim)]));
  expect(Object.values(now).flat().length).toBeGreaterThan(50);
  expect(now).toEqual(before);
});

test('two claims in Korean: every line fits 80 columns, with the evidence below', async () => {
  const { code, stdout } = await rtcompare('claims', '--id', 'B9,b16', '--lang', 'ko');
  expect(code).toBe(0);
  expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
  expect(stdout).toContain('맞음');
  expect(stdout).toContain('B9의 근거');
  expect(stdout).not.toContain('표 A');
});

test.each([
  [['--id', 'A99'], /--id: no claim "A99"; did you mean A9\?/],
  [['--table', 'A', '--id', 'B7'], /none of them is a row of table A; leave --table out/],
  [['--over', 'h3'], /--over: unknown protocol "h3"/],
  [['--table', 'C'], /--table <A\|B>.*Allowed choices are A, B/],
])('claims %j is a mistake that is told in one line', async (args, message) => {
  const { code, stdout, stderr } = await rtcompare('claims', ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});

test('interrupted, it prints what it has', async () => {
  const { child, ended, until } = start(['claims', '--id', 'A2,B9']);
  await until(/\[2\//);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  expect(stdout).toContain('INTERRUPTED');
  expect(stdout).toMatch(/B9[\s\S]*confirmed/);
  expect(stdout).toMatch(/A2[\s\S]*no verdict/);
});

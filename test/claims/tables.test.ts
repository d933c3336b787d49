import { expect, test } from 'vitest';
import { type Language, readerOfFiles } from '../../src/base/text.ts';
import type { TableAClaim, TableBClaim } from '../../src/questions/claims/claim.ts';
import { evidenceOf } from '../../src/questions/claims/evidence.ts';
import { claims, tableA, tableB } from '../../src/questions/claims/index.ts';
import type { Line } from '../../src/questions/claims/line.ts';
import { lineText } from '../../src/report/views/documents/document-tables.ts';
import { echoTrials, pushTrials, report, trial, typicalReport } from '../report/fixture.ts';

type Trials = Parameters<typeof report>[0];
const told = (lines: readonly Line[], language: Language = 'en') =>
  lines.map((line) => lineText(line, readerOfFiles(language)));

function cellsOf(id: string, trials: Trials, keepAlive = true) {
  const full = report(trials);
  const evidence = evidenceOf({ ...full, plan: { ...full.plan, keepAlive } });
  const measured = rows.find((claim) => claim.id === id)!.measure(evidence);
  const cells = Object.fromEntries(
    Object.entries(measured.cells).map(([column, lines]) => [column, told(lines)]),
  );
  return { what: measured.what ? told([measured.what])[0] : null, cells };
}

const rows: readonly (TableAClaim | TableBClaim)[] = [...tableA, ...tableB];
const typical = [...echoTrials(), ...pushTrials()];

test('the ids are A1 to A6 and B1 to B6, in order', () => {
  expect(tableA.map(({ id }) => id)).toEqual(['A1', 'A2', 'A3', 'A4', 'A5', 'A6']);
  expect(tableB.map(({ id }) => id)).toEqual(['B1', 'B2', 'B3', 'B4', 'B5', 'B6']);
});

test('every text of a claim has the same placeholders in both languages', () => {
  const evidence = evidenceOf(typicalReport());
  const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const claim of rows) {
    const { what, cells } = claim.measure(evidence);
    const lines = [...(what ? [what] : []), ...Object.values(cells).flat()];
    for (const text of [claim.title, ...Object.values(claim.says), ...lines.map((line) => line.text)]) {
      expect(placeholders(text.ko)).toEqual(placeholders(text.en));
    }
    // What is measured would be told in full: no placeholder is left over.
    for (const language of ['en', 'ko'] as const) expect(told(lines, language).join()).not.toMatch(/[{}]/);
  }
});

test('every title and every saying is Korean in Korean', () => {
  for (const claim of claims) {
    for (const text of [claim.title, ...Object.values(claim.says)]) expect(text.ko).toMatch(/[가-힣]/);
  }
});

test('A1: a stream opened at set-up needs no request, a poll carries what waited', () => {
  expect(cellsOf('A1', typical).cells).toEqual({
    http: [
      'http: only answers',
      'polling: 1.25 (300/240)',
      'long-polling: 1.02 (300/294)',
      'sse: 300, no request',
    ],
    websocket: ['ws: 300, no request'],
  });
});

test('A2: says whether connections were kept alive', () => {
  expect(cellsOf('A2', typical).what).toContain('keep-alive on');
  expect(cellsOf('A2', typical, false).what).toContain('keep-alive off');
});

test('A2: connections stand beside what they carried, never divided by it', () => {
  const http = trial({ transport: 'http', reference: true, requests: 350, connections: 350 });
  expect(cellsOf('A2', [http], false).cells).toEqual({
    http: ['http: 350 for 350 requests', 'not measured: polling, long-polling, sse'],
    websocket: [],
  });
  const [ws] = echoTrials().filter(({ transport }) => transport === 'ws');
  expect(cellsOf('A2', [ws!]).cells.websocket).toEqual(['ws: 10 for 300 messages']);
});

test('A3 and A4: without a push nobody was seen to speak first, and A4 falls back to the echo', () => {
  expect(cellsOf('A3', echoTrials()).cells).toEqual({ http: [], websocket: [] });
  expect(cellsOf('A4', echoTrials()).what).toContain('echo');
  expect(cellsOf('A4', typical).what).toContain('age of an event');
});

test('A5: ws costs 6 bytes up and 2 down, no more and no less', () => {
  expect(cellsOf('A5', typical).cells.websocket).toEqual(['ws: 6 + 2 B']);
});

test('A6: the winner of each load follows from the figures', () => {
  const [, quickest] = cellsOf('A6', typical).cells.http!;
  expect(quickest).toBe('quickest, within 3 ms: ws, http, sse, long-polling (0.21 ms)');
  const others = typical.map((one) =>
    one.transport === 'http' ? trial({ transport: 'http', reference: true, p50: 0.05, steady: {} }) : one,
  );
  expect(cellsOf('A6', others).cells.http).toContain('fewest bytes: http (0 B)');
  const noisy = typical.map((one) => ({ ...one, verdict: 'noisy' as const }));
  expect(cellsOf('A6', noisy).cells.http).toEqual(['when the client asks:', 'fewest bytes: ws (8 B)']);
});

test('A6: one transport alone wins nothing', () => {
  expect(cellsOf('A6', [trial({ transport: 'ws' })]).cells).toEqual({ http: [], websocket: [] });
});

test('Socket.IO stands only in table B', () => {
  const evidence = evidenceOf(typicalReport());
  const lines = tableA.flatMap((claim) => Object.values(claim.measure(evidence).cells).flat());
  expect(told(lines).join()).not.toContain('socket.io');
});

test('B1: the exchanges of set-up show the upgrade', () => {
  expect(cellsOf('B1', typical).cells).toEqual({
    ws: ['10 × GET /ws 101'],
    socketIo: ['30 × GET /socket.io/ 200', '10 × POST /socket.io/ 200', '10 × GET /socket.io/ 101'],
  });
});

test('B2, B3 and B4 are asked of running servers: with what was found they are filled, without it empty', () => {
  for (const id of ['B2', 'B3', 'B4'])
    expect(cellsOf(id, typical)).toEqual({ what: null, cells: { ws: [], socketIo: [] } });
  const found = (metric: string, ws: number, socketIo: number) => [
    { metric, transport: 'ws', value: ws },
    { metric, transport: 'socket.io', value: socketIo },
  ];
  const probed = [
    ...found('rooms', 0, 1),
    ...found('packages-server', 1, 22),
    ...found('messages-delivered-blocked', 0, 5),
  ];
  const filled = (id: string) =>
    told(
      Object.values(
        rows.find((row) => row.id === id)!.measure(evidenceOf(report(typical, { probed }))).cells,
      ).flat(),
    );
  expect(filled('B2')).toEqual(['rooms: no', 'rooms: yes']);
  expect(filled('B3')).toEqual(['packages of a server: 1', 'packages of a server: 22']);
  expect(filled('B4')).toEqual(['answered: 0', 'answered: 5']);
});

test('B5: framing per message and bytes of set-up, per client', () => {
  expect(cellsOf('B5', typical).cells).toEqual({
    ws: ['ws: 6 + 2 B', 'set-up: 289 B'],
    socketIo: ['socket.io: 19 + 15 B', 'set-up: 2,147 B'],
  });
});

test('B6: a variant that ran in the place of the default is named', () => {
  expect(cellsOf('B6', [trial({ transport: 'socket.io:websocket', p50: 0.3 })]).cells.socketIo).toEqual([
    'socket.io:websocket:',
    'echo: 0.30 ms',
  ]);
});

test('an invalid trial is no evidence', () => {
  expect(cellsOf('A5', [trial({ transport: 'ws', verdict: 'invalid' })]).cells).toEqual({
    http: [],
    websocket: [],
  });
});

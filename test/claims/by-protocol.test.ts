/**
 * The documents on trial over several protocols: each verdict from the trials of its own protocol, and a sentence where
 * they differ.
 */
import { expect, test } from 'vitest';
import { type Language, readerOfFiles } from '../../src/base/text.ts';
import { reportSchema, type Trial } from '../../src/document/report.ts';
import type { Over } from '../../src/protocols/over.ts';
import { byProtocol } from '../../src/questions/claims/by-protocol.ts';
import { carriagesOf } from '../../src/questions/claims/evidence.ts';
import { tableA, tableB } from '../../src/questions/claims/index.ts';
import { documentVerdicts } from '../../src/questions/claims/report-verdicts.ts';
import { trialsOf } from '../../src/questions/evidence/experiments.ts';
import { displayWidth } from '../../src/report/skins/wrap.ts';
import { partingSentences } from '../../src/report/views/documents/protocol-tables.ts';
import { sheetBlocks } from '../../src/report/views/documents/sheet-blocks.ts';
import { tablesSheet } from '../../src/report/views/documents/tables-sheet.ts';
import { renderMarkdown } from '../../src/report/views/run/run-markdown.ts';
import { renderHtml } from '../../src/report/views/run/run-page.ts';
import { renderTerminal } from '../../src/report/views/run/run-terminal.ts';
import { echoTrials, pushTrials, report } from '../report/fixture.ts';

const isCarried = (over: Over) => (trial: Trial) =>
  over !== 'h2' || !/^(socket\.io|tcp)/.test(trial.transport);

/** HTTP/2 as its law has it: one connection a client, for every transport. */
const oneConnection = (verdict: 'holds' | 'differs'): Trial['predictions'][number] => ({
  law: 'H2C',
  metric: 'connections a client',
  unit: 'connections',
  tolerance: 0,
  predicted: 1,
  measured: verdict === 'holds' ? 1 : 2,
  verdict,
});

const over = (name: Over, law: 'holds' | 'differs' = 'holds'): Trial[] =>
  [...echoTrials(), ...pushTrials()].filter(isCarried(name)).map((trial) => ({
    ...trial,
    over: name,
    predictions: name === 'h2' ? [...trial.predictions, oneConnection(law)] : trial.predictions,
  }));

const rooms = [
  { metric: 'rooms', transport: 'ws', value: 0 },
  { metric: 'rooms', transport: 'socket.io', value: 1 },
];
const reportOver = (...trials: Trial[][]) => {
  const made = report(trials.flat(), { probed: rooms });
  return {
    ...made,
    plan: { ...made.plan, over: [...new Set(made.trials.map((one) => one.over))].join(',') },
  };
};
const three = (law?: 'holds' | 'differs') => reportOver(over('http'), over('https'), over('h2', law));

const answersOf = (id: string, law?: 'holds' | 'differs') => {
  const claim = [...tableA, ...tableB].find((one) => one.id === id)!;
  return byProtocol([claim], carriagesOf(three(law)))[0]!.answers;
};
const sentences = (language: Language, law?: 'holds' | 'differs') =>
  partingSentences(byProtocol([...tableA, ...tableB], carriagesOf(three(law))), readerOfFiles(language));

test('A2 is contradicted where the law of one connection holds, and refined where it was not measured', () => {
  expect(answersOf('A2').map((one) => [one.over, one.ruling?.verdict])).toEqual([
    ['http', 'refined'],
    ['https', 'refined'],
    ['h2', 'contradicted'],
  ]);
  expect(answersOf('A2', 'differs').map(({ ruling }) => ruling?.verdict)).toEqual([
    'refined',
    'refined',
    'refined',
  ]);
});

test('a sentence says where verdicts part, in both languages, and another one where none does', () => {
  expect(sentences('en')).toHaveLength(1);
  expect(sentences('en')[0]).toMatch(
    /^A2 Connection: refined over HTTP\/1\.1, HTTP\/1\.1 \+ TLS; contradicted over HTTP\/2 \+ TLS\. HTTP\/2 \+ TLS: Not as said: \d+ HTTP requests took \d+ TCP connections/,
  );
  expect(sentences('ko')[0]).toMatch(/^A2 연결 유지: .*HTTP\/2 \+ TLS에서는 측정과 다름\./);
  expect(sentences('en', 'differs')).toEqual([
    'No verdict depends on the protocol: each is the same over HTTP/1.1, HTTP/1.1 + TLS, HTTP/2 + TLS.',
  ]);
});

test('each protocol is judged by its own trials', () => {
  const heavier = over('https').map((trial) =>
    trial.transport === 'ws'
      ? { ...trial, perMessage: { ...trial.perMessage, up: 5000, down: 5000 } }
      : trial,
  );
  const answers = byProtocol([tableA[4]!], carriagesOf(reportOver(over('http'), heavier)))[0]!.answers;
  expect(answers.map(({ ruling }) => ruling?.verdict)).toEqual(['refined', 'contradicted']);
  const wsUp = answers.map(
    ({ facts }) => facts.find((fact) => fact.metric === 'overhead-up' && fact.transport === 'ws')?.value,
  );
  expect(wsUp).toEqual([6, 4936]);
});

test('noise that withholds a verdict is no difference', () => {
  const noisy = over('https').map((trial) => ({ ...trial, verdict: 'noisy' as const }));
  const answered = byProtocol(tableA, carriagesOf(reportOver(over('http'), noisy)));
  const verdicts = answered.map(({ answers }) => answers.map(({ ruling }) => ruling?.verdict));
  expect(verdicts[3]).toEqual(['refined', 'withheld']);
  expect(partingSentences(answered, readerOfFiles('en'))[0]).toMatch(/^No verdict depends/);
});

test('what a protocol does not carry, and what was asked over another, says so', () => {
  const [, , h2] = answersOf('B5');
  expect(h2).toMatchObject({ ruling: null, why: { reason: { transport: 'socket.io' } } });
  expect(answersOf('B2').map(({ why }) => why?.line.text.en ?? null)).toEqual([
    null,
    'asked over HTTP/1.1 only',
    'asked over HTTP/1.1 only',
  ]);
  expect(
    trialsOf('echo', true, new AbortController().signal, 'h2').map(({ plan }) => plan.transport.name),
  ).toEqual(['http', 'polling', 'long-polling', 'sse', 'ws']);
});

test('the JSON of a run has each verdict, or why there is none; a report without them is read', () => {
  const made = three();
  const documents = documentVerdicts(made);
  expect(documents.filter(({ claim }) => claim === 'A2').map(({ verdict }) => verdict)).toEqual([
    'refined',
    'refined',
    'contradicted',
  ]);
  expect(documents.find((one) => one.claim === 'B5' && one.over === 'h2')).toMatchObject({
    verdict: null,
    why: { en: expect.stringMatching(/^no socket\.io over it: its server takes .* HTTP\/1\.1 only/) },
  });
  expect(reportSchema.parse({ ...made, documents }).documents).toEqual(documents);
  const { documents: _, ...older } = made;
  expect(reportSchema.parse(older).documents).toEqual([]);
});

test.each(['en', 'ko'] as const)(
  'in %s a run tells it in 80 columns, in Markdown and as a page',
  (language) => {
    const made = three();
    for (const short of [true, false]) {
      const told = renderTerminal(made, { language, short });
      expect(Math.max(...told.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
      for (const sentence of sentences(language))
        expect(told.replace(/\s+/g, '')).toContain(sentence.replace(/\s+/g, ''));
    }
    const markdown = renderMarkdown(made, { language });
    const [says] = language === 'en' ? ['the document says'] : ['문서의 설명'];
    expect(markdown).toContain(`| ${says} | HTTP/1.1 | HTTP/1.1 + TLS | HTTP/2 + TLS |`);
    const page = renderHtml(made, { language });
    for (const name of ['HTTP/1.1 + TLS', 'HTTP/2 + TLS'])
      expect(page).toContain(`<th scope="col" class="left">${name}</th>`);
  },
);

test('over one protocol there are no columns, and nothing parts', () => {
  const [one] = [reportOver(over('http'))];
  expect(renderMarkdown(one!, { language: 'en' })).not.toContain('by what HTTP goes over');
  expect(partingSentences(byProtocol(tableA, carriagesOf(one!)), readerOfFiles('en'))).toEqual([]);
});

test('the sheet has an answer for each protocol, and in a terminal a line', () => {
  const made = three();
  const filled = { carriages: carriagesOf(made), environment: made.environment, startedAt: made.startedAt };
  const told = tablesSheet(filled, readerOfFiles('en'), true);
  const [, a2] = told.sheet.tables[0]!.rows;
  expect(a2?.answers?.map(({ over, verdict }) => [over, verdict.text])).toEqual([
    ['HTTP/1.1', 'refined'],
    ['HTTP/1.1 + TLS', 'refined'],
    ['HTTP/2 + TLS', 'contradicted'],
  ]);
  expect(told.sheet.partings).toEqual(sentences('en'));
  const [tableOfA] = sheetBlocks(told, readerOfFiles('en'), false).flatMap((block) =>
    block.kind === 'table' ? [block.table] : [],
  );
  expect(tableOfA?.rows[1]?.at(-1)).toHaveLength(3);
  const one = tablesSheet({ ...filled, carriages: filled.carriages.slice(0, 1) }, readerOfFiles('en'), true);
  expect(one.sheet.tables[0]?.rows[1]).not.toHaveProperty('answers');
});

/**
 * Tables A and B of the documents: a row's measured figures beside what the document says, and its verdict. The figures
 * were measured by one page, or by the site's bots; an empty cell says how to fill it.
 */
import { type Reader, say, text } from '../../base/text.ts';
import type { Claim } from '../../questions/claims/claim.ts';
import type { Evidence } from '../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../questions/claims/index.ts';
import { rule } from '../../questions/claims/judgement.ts';
import { isWhole, type Line } from '../../questions/claims/line.ts';
import { documentTexts, lineText } from '../../report/views/documents/document-tables.ts';
import { verdictWords } from '../../report/views/documents/verdict-words.ts';
import { type DocumentTable, fewestSamples, type TableSource } from '../page/tables-talk.ts';

interface Filled {
  readonly from: TableSource;
  readonly evidence: Evidence;
  readonly reader: Reader;
}

export function filledTables(from: TableSource, evidence: Evidence, reader: Reader): DocumentTable[] {
  const filled: Filled = { from, evidence, reader };
  return [
    {
      title: say(reader, documentTexts.tableA),
      head: [
        say(reader, documentTexts.row),
        say(reader, documentTexts.http),
        say(reader, documentTexts.websocket),
        say(reader, texts.verdict),
      ],
      rows: tableA.map((claim) => rowOf(claim, ['http', 'websocket'], filled)),
      notes: notesOf(filled),
    },
    {
      title: say(reader, documentTexts.tableB),
      head: [
        say(reader, documentTexts.row),
        say(reader, documentTexts.ws),
        say(reader, documentTexts.socketIo),
        say(reader, texts.verdict),
      ],
      rows: tableB.map((claim) => rowOf(claim, ['ws', 'socketIo'], filled)),
      notes: notesOf(filled),
    },
  ];
}

function rowOf<Column extends string>(
  claim: Claim<'A' | 'B', Column>,
  columns: readonly Column[],
  { from, evidence, reader }: Filled,
): string[][] {
  const { what, cells } = claim.measure(evidence);
  const ruling = rule(claim.judgement, claim.judgement.facts(evidence));
  const title = [`${claim.id} ${say(reader, claim.title)}`, ...(what ? [lineText(what, reader)] : [])];
  const cellOf = (column: Column): string[] => {
    const measured = cells[column].map((line) => lineText(line, reader));
    // Some rows have their figures only in the sentence of their verdict.
    const isEmpty = measured.length === 0 && ruling === null;
    return [`“${say(reader, claim.says[column])}”`, ...(isEmpty ? [wayOf(claim, from, reader)] : measured)];
  };
  const decided = ruling
    ? [say(reader, verdictWords[ruling.verdict]), ...told(ruling.explanation, reader)]
    : [say(reader, from === 'bots' ? texts.again : texts.bots)];
  return [title, ...columns.map(cellOf), decided];
}

const told = (explanation: Line, reader: Reader): string[] =>
  isWhole(explanation) ? [lineText(explanation, reader)] : [];

const texts = {
  verdict: text('Verdict', '판정'),
  race: text(
    'The race fills this, after {fewest} events.',
    '경주에서 이벤트를 {fewest}개 받으면 채워집니다.',
  ),
  chat: text(
    'The chat fills this: send a message by each transport.',
    '채팅에서 전송 방식마다 메시지를 하나씩 보내면 채워집니다.',
  ),
  both: text(
    'The race ({fewest} events) and the chat fill this.',
    '경주(이벤트 {fewest}개)와 채팅으로 채워집니다.',
  ),
  bots: text(
    'The button “Bots: fill every row” fills this.',
    '“봇: 모든 행 채우기” 버튼을 누르면 채워집니다.',
  ),
  again: text(
    'This could not be measured: let the bots measure again.',
    '측정하지 못했습니다. 봇으로 다시 측정하십시오.',
  ),
  byBrowser: text(
    'Not measured here: what the race or the chat has not sent yet, and plain requests (http), which only the bots make.',
    '측정 안 함: 경주나 채팅에서 아직 주고받지 않은 것과, 봇만 보내는 일반 요청(http)입니다.',
  ),
  byBots: text(
    'Measured by bots on the computer of this page, over the link “{link}”; polls are {interval} ms apart. The same in a terminal: `rtcompare tables`.',
    '이 페이지를 연 컴퓨터에서 봇이 측정했습니다(링크: {link}). 폴링 간격은 {interval} ms입니다. 터미널에서는 `rtcompare tables`로 봅니다.',
  ),
} as const;

/** Says what the page's user can do to fill a cell of this row. */
function wayOf(
  { judgement: { needs } }: Claim<'A' | 'B', string>,
  from: TableSource,
  reader: Reader,
): string {
  if (from === 'bots') return say(reader, texts.again);
  const [push, echo] = [needs.includes('push'), needs.includes('echo')];
  const fewest = String(fewestSamples);
  if (push && echo) return say(reader, texts.both, { fewest });
  if (push) return say(reader, texts.race, { fewest });
  return say(reader, echo ? texts.chat : texts.bots);
}

function notesOf({ from, evidence, reader }: Filled): string[] {
  const legend = say(reader, documentTexts.legend);
  if (from === 'browser') return [legend, say(reader, texts.byBrowser)];
  const [trial] = evidence.trials('push');
  if (!trial) return [legend];
  const interval = String(trial.load.pollIntervalMs);
  return [legend, say(reader, texts.byBots, { link: trial.link.name, interval })];
}

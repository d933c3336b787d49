/**
 * Claims as "the document says, measured here, verdict"; with a column or a line for each protocol if there are
 * several. The verdicts are given; nothing is judged here.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import {
  type AnsweredClaim,
  byProtocol,
  isAskedOnce,
  type ProtocolAnswer,
} from '../../../questions/claims/by-protocol.ts';
import type { AnyClaim } from '../../../questions/claims/claim.ts';
import { carriagesOf } from '../../../questions/claims/evidence.ts';
import { proseA, proseB } from '../../../questions/claims/index.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { documentTexts, lineText } from './document-tables.ts';
import { partingSentences, protocolTable } from './protocol-tables.ts';
import { verdictWords } from './verdict-words.ts';

export const proseTitle = text('What they say in the text around the tables', '표 주변 본문의 설명');

const phrases = {
  measured: text('measured here', '여기서 측정한 결과'),
  once: text('{table} (asked over HTTP/1.1 only)', '{table}(HTTP/1.1에서만 확인)'),
  others: text(
    '{others} more are tried by `rtcompare claims`: they ask for more than this run.',
    '나머지 {others}개는 이 실행보다 많은 측정이 필요합니다. `rtcompare claims`로 판정할 수 있습니다.',
  ),
};

/** The name of the document's column, printed before what it says there. Sentences of the prose have no column. */
const columnHeads = {
  http: documentTexts.http,
  websocket: documentTexts.websocket,
  ws: documentTexts.ws,
  socketIo: documentTexts.socketIo,
} as const;

function sayings(claim: AnyClaim, reader: Reader): string[] {
  return Object.entries(claim.says).map(([column, said]) => {
    const quoted = `“${say(reader, said)}”`;
    return column in columnHeads
      ? `${say(reader, columnHeads[column as keyof typeof columnHeads])}: ${quoted}`
      : quoted;
  });
}

export function explanationText({ ruling, why }: ProtocolAnswer, reader: Reader): string {
  if (ruling) return lineText(ruling.explanation, reader);
  return why ? lineText(why.line, reader) : say(reader, noFigure.notMeasured);
}

/**
 * With several protocols, each has a column or a line. Rows that probes decide then stand in a table of their own,
 * because probes ask over one protocol only.
 */
export function claimTables(
  title: string,
  answered: readonly AnsweredClaim[],
  wide: boolean,
  reader: Reader,
): Table[] {
  const saysOf = (claim: AnyClaim) => sayings(claim, reader);
  if (answered.every(({ answers }) => answers.length <= 1))
    return [plainTable(title, answered, saysOf, reader)];
  const isOnce = (one: AnsweredClaim) => isAskedOnce(one.claim.judgement) && one.answers[0]?.over === 'http';
  const each = answered.filter((one) => !isOnce(one));
  const once = answered.filter(isOnce);
  return [
    ...(each.length > 0 ? [protocolTable(each, { title, telling: 'explained', wide, saysOf }, reader)] : []),
    ...(once.length > 0
      ? [plainTable(say(reader, phrases.once, { table: title }), once, saysOf, reader)]
      : []),
  ];
}

function plainTable(
  title: string,
  answered: readonly AnsweredClaim[],
  saysOf: (claim: AnyClaim) => string[],
  reader: Reader,
): Table {
  const rows = answered.flatMap(({ claim, answers: [answer] }) => (answer ? [{ claim, answer }] : []));
  return {
    title,
    notes: [],
    shape: 'prose',
    ...columns(rows, reader, [
      [documentTexts.row, 'left', ({ claim }) => `${claim.id} ${say(reader, claim.title)}`],
      [documentTexts.says, 'left', ({ claim }) => saysOf(claim)],
      [phrases.measured, 'left', ({ answer }) => explanationText(answer, reader)],
      [
        heads.verdict,
        'left',
        ({ answer }) => say(reader, verdictWords[answer.ruling?.verdict ?? 'unmeasured']),
      ],
    ]),
  };
}

const isDecided = ({ answers }: AnsweredClaim): boolean => answers.some(({ ruling }) => ruling !== null);

/** Sentences of the prose that a run alone decides; the others need measurements that only `rtcompare claims` makes. */
export function proseBlocks(report: Report, reader: Reader, wide: boolean): Block[] {
  const answered = byProtocol([...proseA, ...proseB], carriagesOf(report));
  const decided = answered.filter(isDecided);
  if (decided.length === 0) return [];
  const others = String(answered.length - decided.length);
  return [
    ...claimTables(say(reader, proseTitle), decided, wide, reader).map(
      (table) => ({ kind: 'table', table }) as const,
    ),
    ...partingSentences(decided, reader).map((text) => ({ kind: 'paragraph', text }) as const),
    { kind: 'paragraph', text: say(reader, phrases.others, { others }) },
  ];
}

/**
 * The documents' rows with a column for each protocol that HTTP went over, each with its own verdict; with a line for
 * each if the terminal has no room for columns. Below them a sentence for every row whose verdict depends on the
 * protocol.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Over } from '../../../protocols/over.ts';
import {
  type AnsweredClaim,
  byProtocol,
  isAskedOnce,
  type ProtocolAnswer,
  sidesOf,
} from '../../../questions/claims/by-protocol.ts';
import type { AnyClaim } from '../../../questions/claims/claim.ts';
import { carriagesOf } from '../../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../../questions/claims/index.ts';
import { isWhole } from '../../../questions/claims/line.ts';
import type { Block, Cell, Table } from '../../blocks/block.ts';
import { noFigure } from '../../blocks/table-words.ts';
import { carriageNames } from '../run/sweep-axes.ts';
import { documentTexts, lineText, verdictLine } from './document-tables.ts';
import { verdictWords } from './verdict-words.ts';

const phrases = {
  inColumns: text('{table}, by what HTTP goes over', '{table}(프로토콜별)'),
  above: text('Tables A and B above speak of {over}.', '위의 표 A와 표 B는 {over}에서 측정한 것입니다.'),
  lines: text('measured here, by what HTTP goes over', '여기서 측정한 결과(프로토콜별)'),
  decided: text('{over}, {verdict}: {measured}', '{over}, {verdict}: {measured}'),
  open: text('{over}: {measured}', '{over}: {measured}'),
  differ: text('Where the verdict depends on the protocol', '프로토콜에 따라 판정이 다른 것'),
  agree: text(
    'No verdict depends on the protocol: each is the same over {overs}.',
    '프로토콜에 따라 달라지는 판정은 없습니다: {overs}에서 모두 같습니다.',
  ),
  sides: text('{id} {row}: {sides}.', '{id} {row}: {sides}.'),
  side: text('{verdict} over {overs}', '{overs}에서는 {verdict}'),
  there: text('{over}: {explanation}', '{over}: {explanation}'),
  absent: text('{transport} over {over}: {why}.', '{over} 위의 {transport}: {why}.'),
};

/** How a cell gives an answer: with its sentence, or in one line. */
export type Telling = 'explained' | 'in short';

function measuredText({ brief, ruling, why }: ProtocolAnswer, telling: Telling, reader: Reader): string {
  if (why) return lineText(why.line, reader);
  if (telling === 'explained' && ruling && isWhole(ruling.explanation))
    return lineText(ruling.explanation, reader);
  return brief ? lineText(brief, reader) : say(reader, noFigure.notMeasured);
}

const over = (answer: ProtocolAnswer): string => carriageNames[answer.over];

function columnCell(answer: ProtocolAnswer, telling: Telling, reader: Reader): Cell {
  const measured = measuredText(answer, telling, reader);
  return answer.ruling ? [measured, verdictLine(answer.ruling.verdict, reader)] : [measured];
}

function lineOf(answer: ProtocolAnswer, telling: Telling, reader: Reader): string {
  const measured = measuredText(answer, telling, reader);
  return answer.ruling
    ? say(reader, phrases.decided, {
        over: over(answer),
        measured,
        verdict: say(reader, verdictWords[answer.ruling.verdict]),
      })
    : say(reader, phrases.open, { over: over(answer), measured });
}

/** A probe asks over one protocol only: the others have no answer, and need no line that says so. */
const linesOf = ({ claim, answers }: AnsweredClaim, telling: Telling, reader: Reader): string[] => {
  const decided = answers.filter(({ ruling }) => ruling !== null);
  const told = isAskedOnce(claim.judgement) && decided.length > 0 ? decided : answers;
  return told.map((answer) => lineOf(answer, telling, reader));
};

interface Shape {
  readonly title: string;
  readonly telling: Telling;
  /** Whether each protocol has a column; otherwise it has a line. */
  readonly wide: boolean;
  readonly saysOf: (claim: AnyClaim) => Cell;
}

export function protocolTable(
  answered: readonly AnsweredClaim[],
  { title, telling, wide, saysOf }: Shape,
  reader: Reader,
): Table {
  const overs = answered[0]?.answers.map(over) ?? [];
  const columns = wide ? overs : [say(reader, phrases.lines)];
  const head = [say(reader, documentTexts.row), say(reader, documentTexts.says), ...columns];
  return {
    title,
    shape: 'prose',
    head,
    align: head.map(() => 'left' as const),
    rows: answered.map((one) => [
      `${one.claim.id} ${say(reader, one.claim.title)}`,
      saysOf(one.claim),
      ...(wide
        ? one.answers.map((answer) => columnCell(answer, telling, reader))
        : [linesOf(one, telling, reader)]),
    ]),
    notes: reasonsOf(answered, reader),
  };
}

/** Why a transport has no figure over a protocol, each reason once. */
export const reasonsOf = (answered: readonly AnsweredClaim[], reader: Reader): string[] => [
  ...new Set(
    answered.flatMap(({ answers }) =>
      answers.flatMap(({ over, why }) =>
        why?.reason
          ? [
              absentText(
                { transport: why.reason.transport, over, why: why.reason.text[reader.language] },
                reader,
              ),
            ]
          : [],
      ),
    ),
  ),
];

export const absentText = (
  { transport, over, why }: { readonly transport: string; readonly over: Over; readonly why: string },
  reader: Reader,
): string => say(reader, phrases.absent, { transport, over: carriageNames[over], why });

function sidesText(one: AnsweredClaim, reader: Reader): string {
  const sides = sidesOf(one);
  const [, ...others] = sides;
  const said = say(reader, phrases.sides, {
    id: one.claim.id,
    row: say(reader, one.claim.title),
    sides: sides
      .map(({ verdict, answers }) =>
        say(reader, phrases.side, {
          verdict: say(reader, verdictWords[verdict]),
          overs: answers.map(over).join(', '),
        }),
      )
      .join('; '),
  });
  const reasons = others.flatMap(({ answers: [answer] }) =>
    answer.ruling && isWhole(answer.ruling.explanation)
      ? [
          say(reader, phrases.there, {
            over: over(answer),
            explanation: lineText(answer.ruling.explanation, reader),
          }),
        ]
      : [],
  );
  return [said, ...reasons].join(' ');
}

/** A sentence for each row whose verdict depends on the protocol; if there is none, one sentence that says so. */
export function partingSentences(answered: readonly AnsweredClaim[], reader: Reader): string[] {
  const differing = answered.filter((one) => sidesOf(one).length > 1);
  if (differing.length > 0) return differing.map((one) => sidesText(one, reader));
  const compared = answered.some((one) => sidesOf(one).some(({ answers }) => answers.length > 1));
  if (!compared) return [];
  const overs = answered[0]?.answers.map(over).join(', ') ?? '';
  return [say(reader, phrases.agree, { overs })];
}

export function partings(answered: readonly AnsweredClaim[], reader: Reader): Block[] {
  const items = partingSentences(answered, reader);
  return items.length > 0 ? [{ kind: 'list', title: say(reader, phrases.differ), items }] : [];
}

/** For a run over several protocols: tables A and B with a column for each. Otherwise nothing. */
export function protocolBlocks(
  report: Parameters<typeof carriagesOf>[0],
  reader: Reader,
  wide: boolean,
): Block[] {
  const carriages = carriagesOf(report);
  const [first, ...others] = carriages;
  if (!first || others.length === 0) return [];
  const both = [
    { named: documentTexts.tableA, answered: byProtocol(tableA, carriages) },
    { named: documentTexts.tableB, answered: byProtocol(tableB, carriages) },
  ];
  return [
    { kind: 'paragraph', text: say(reader, phrases.above, { over: carriageNames[first.over] }) },
    ...both.map(({ named, answered }): Block => {
      const title = say(reader, phrases.inColumns, { table: say(reader, named) });
      const saysOf = ({ says }: AnyClaim) => Object.values(says).map((said) => `“${say(reader, said)}”`);
      return {
        kind: 'table',
        table: protocolTable(answered, { title, telling: 'in short', wide, saysOf }, reader),
      };
    }),
    ...partings(
      both.flatMap(({ answered }) => answered),
      reader,
    ),
  ];
}

/**
 * The documents on trial, told: table A, table B and the prose claims as "the document says, measured here, verdict",
 * and the same as one JSON document. Verdicts come in; nothing is judged here.
 */

import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import { evidenceOf } from '../../../questions/claims/evidence.ts';
import { kindOf } from '../../../questions/claims/fact-kinds.ts';
import { proseA, proseB } from '../../../questions/claims/index.ts';
import { quantityOf } from '../../../questions/claims/judgement.ts';
import { onTrial, type Tried } from '../../../questions/claims/trial.ts';
import type { Fact } from '../../../questions/probes/fact.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { doubtfulText } from '../../blocks/doubtful.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { claimsTitle } from '../../blocks/titles.ts';
import { interruptedText } from '../run/caption.ts';
import { documentTexts, formatted, lineText } from './document-tables.ts';
import { verdictWords } from './verdict-words.ts';

const phrases = {
  prose: text('What they say in the text around the tables', '표 주변 본문의 설명'),
  evidence: text('Evidence of {id}', '{id}의 근거'),
  measured: text('measured here', '여기서 측정한 결과'),
  conditions: text(
    'Loopback, HTTP/1.1, no TLS, no compression, Node {node} clients, ws {ws}, Socket.IO {socketIo}; every verdict is computed from what was measured here, on {date}.',
    '루프백, HTTP/1.1, TLS 없음, 압축 없음, Node {node} 클라이언트, ws {ws}, Socket.IO {socketIo}. 모든 판정은 {date}에 여기서 측정한 값으로 계산했습니다.',
  ),
  quick: text(
    'Quick: fewer messages and clients, so times say less.',
    '빠른 실행: 메시지와 클라이언트가 적어 시간이 덜 정확합니다.',
  ),
  others: text(
    '{others} more are tried by `rtcompare claims`: they ask for more than this run.',
    '나머지 {others}개는 이 실행보다 많은 측정이 필요합니다. `rtcompare claims`로 판정할 수 있습니다.',
  ),
  count: text(
    'Verdicts: {confirmed} confirmed, {refined} refined (true under the condition that is stated), {contradicted} contradicted, {opinion} a matter of opinion; {claims} in all.',
    '주장 {claims}개: 맞음 {confirmed}, 조건부로 맞음 {refined}(조건은 설명에 있음), 측정과 다름 {contradicted}, 의견 {opinion}.',
  ),
};

/** The name of the column, printed before what the document says there. Sentences of the prose have no column. */
const columnHeads = {
  http: documentTexts.http,
  websocket: documentTexts.websocket,
  ws: documentTexts.ws,
  socketIo: documentTexts.socketIo,
} as const;

function sayings({ claim }: Tried, reader: Reader): string[] {
  return Object.entries(claim.says).map(([column, said]) => {
    const quoted = `“${say(reader, said)}”`;
    return column in columnHeads
      ? `${say(reader, columnHeads[column as keyof typeof columnHeads])}: ${quoted}`
      : quoted;
  });
}

const verdictText = ({ ruling }: Tried, reader: Reader) =>
  say(reader, verdictWords[ruling?.verdict ?? 'unmeasured']);

export const explanationText = ({ ruling }: Tried, reader: Reader) =>
  ruling ? lineText(ruling.explanation, reader) : say(reader, noFigure.notMeasured);

function table(title: string, tried: readonly Tried[], reader: Reader): Table {
  return {
    title,
    notes: [],
    shape: 'prose',
    ...columns(tried, reader, [
      [documentTexts.row, 'left', ({ claim }) => `${claim.id} ${say(reader, claim.title)}`],
      [documentTexts.says, 'left', (one) => sayings(one, reader)],
      [phrases.measured, 'left', (one) => explanationText(one, reader)],
      [heads.verdict, 'left', (one) => verdictText(one, reader)],
    ]),
  };
}

/** Sentences of the prose that a run alone decides; what they lack, only `rtcompare claims` measures. */
export function proseBlocks(report: Report, reader: Reader): Block[] {
  const tried = onTrial([...proseA, ...proseB], evidenceOf(report));
  const decided = tried.filter(({ ruling }) => ruling !== null);
  if (decided.length === 0) return [];
  const others = String(tried.length - decided.length);
  return [
    { kind: 'table', table: table(say(reader, phrases.prose), decided, reader) },
    { kind: 'paragraph', text: say(reader, phrases.others, { others }) },
  ];
}

/** `metric: transport value, transport value`, in the order in which they were measured. */
function evidenceLines(facts: readonly Fact[], reader: Reader): string[] {
  const byMetric = new Map<string, string[]>();
  for (const { metric, transport, value } of facts) {
    const text = `${transport} ${formatted(quantityOf(metric, value), reader)}`;
    byMetric.set(metric, [...(byMetric.get(metric) ?? []), text]);
  }
  return [...byMetric].map(([metric, values]) => {
    const known = kindOf(metric);
    return `${known ? say(reader, known.text) : metric}: ${values.join(', ')}`;
  });
}

/** Under which conditions the verdicts were reached. */
export interface ClaimsAbout {
  readonly environment: Report['environment'];
  readonly startedAt: string;
  readonly quick: boolean;
  readonly interrupted: boolean;
  /** Trials that were noisy or invalid. */
  readonly doubtful: readonly string[];
}

export interface ClaimsTelling {
  readonly tried: readonly Tried[];
  readonly about: ClaimsAbout;
  /** Whether each claim's evidence is listed below the tables. */
  readonly withEvidence: boolean;
}

function conditionsOf(
  { environment, startedAt, quick, interrupted, doubtful }: ClaimsAbout,
  reader: Reader,
): string[] {
  const { ws = '', 'socket.io': socketIo = '' } = environment.dependencies;
  const node = environment.node.replace(/^v/, '');
  return [
    say(reader, phrases.conditions, { node, ws, socketIo, date: startedAt.slice(0, 10) }),
    ...(quick ? [say(reader, phrases.quick)] : []),
    ...(interrupted ? [say(reader, interruptedText)] : []),
    ...(doubtful.length > 0 ? [say(reader, doubtfulText, { trials: doubtful.join(', ') })] : []),
  ];
}

/** Table A, table B, the prose; then, where asked for, what each verdict stands on. */
export function claimsBlocks({ tried, about, withEvidence }: ClaimsTelling, reader: Reader): Block[] {
  const group = (title: string, belongs: (one: Tried) => boolean): Block[] => {
    const members = tried.filter(belongs);
    return members.length > 0 ? [{ kind: 'table', table: table(title, members, reader) }] : [];
  };
  const count = (verdict: string) => tried.filter(({ ruling }) => ruling?.verdict === verdict).length;
  return [
    { kind: 'heading', text: say(reader, claimsTitle) },
    ...conditionsOf(about, reader).map((text) => ({ kind: 'paragraph', text }) as const),
    ...group(say(reader, documentTexts.tableA), ({ claim }) => claim.table === 'A'),
    ...group(say(reader, documentTexts.tableB), ({ claim }) => claim.table === 'B'),
    ...group(say(reader, phrases.prose), ({ claim }) => claim.table === null),
    ...(withEvidence
      ? tried.map(
          ({ claim, facts }) =>
            ({
              kind: 'list',
              title: say(reader, phrases.evidence, { id: claim.id }),
              items: facts.length > 0 ? evidenceLines(facts, reader) : [say(reader, noFigure.notMeasured)],
            }) as const,
        )
      : []),
    {
      kind: 'paragraph',
      text: say(reader, phrases.count, {
        claims: String(tried.length),
        confirmed: String(count('confirmed')),
        refined: String(count('refined')),
        contradicted: String(count('contradicted')),
        opinion: String(count('opinion')),
      }),
    },
  ];
}

/**
 * The claims of the documents with their verdicts: table A, table B and the prose, and the evidence for each verdict.
 */

import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import type { AnsweredClaim } from '../../../questions/claims/by-protocol.ts';
import type { AnyClaim } from '../../../questions/claims/claim.ts';
import { kindOf } from '../../../questions/claims/fact-kinds.ts';
import { quantityOf } from '../../../questions/claims/judgement.ts';
import type { Fact } from '../../../questions/probes/fact.ts';
import type { Block } from '../../blocks/block.ts';
import { doubtfulText } from '../../blocks/doubtful.ts';
import { noFigure } from '../../blocks/table-words.ts';
import { claimsTitle } from '../../blocks/titles.ts';
import { carriageText, interruptedText } from '../run/caption.ts';
import { carriageNames } from '../run/sweep-axes.ts';
import { claimTables, proseTitle } from './claims-tables.ts';
import { documentTexts, formatted } from './document-tables.ts';
import { partings } from './protocol-tables.ts';

const phrases = {
  evidence: text('Evidence of {id}', '{id}의 근거'),
  evidenceOver: text('Evidence of {id}, {over}', '{id}의 근거, {over}'),
  conditions: text(
    'Loopback, {over}, no compression, Node {node} clients, ws {ws}, Socket.IO {socketIo}; every verdict is computed from what was measured here, on {date}.',
    '루프백, {over}, 압축 없음, Node {node} 클라이언트, ws {ws}, Socket.IO {socketIo}. 모든 판정은 {date}에 여기서 측정한 값으로 계산했습니다.',
  ),
  quick: text(
    'Quick: fewer messages and clients, so times say less.',
    '빠른 실행: 메시지와 클라이언트가 적어 시간이 덜 정확합니다.',
  ),
  count: text(
    'Verdicts: {confirmed} confirmed, {refined} refined (true under the condition that is stated), {contradicted} contradicted, {opinion} a matter of opinion; {claims} in all.',
    '주장 {claims}개: 맞음 {confirmed}, 조건부로 맞음 {refined}(조건은 설명에 있음), 측정과 다름 {contradicted}, 의견 {opinion}.',
  ),
  countOver: text('{over}: {count}', '{over}: {count}'),
};

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

/** The conditions under which the verdicts were reached. */
export interface ClaimsAbout {
  readonly environment: Report['environment'];
  readonly startedAt: string;
  readonly quick: boolean;
  readonly interrupted: boolean;
  /** Trials that were noisy or invalid. */
  readonly doubtful: readonly string[];
}

export interface ClaimsTelling {
  readonly answered: readonly AnsweredClaim[];
  readonly about: ClaimsAbout;
  /** Whether each claim's evidence is listed below the tables. */
  readonly withEvidence: boolean;
  /** Whether there is room for a column for each protocol. */
  readonly wide: boolean;
}

function conditionsOf({ about, answered }: ClaimsTelling, reader: Reader): string[] {
  const { environment, startedAt, quick, interrupted, doubtful } = about;
  const { ws = '', 'socket.io': socketIo = '' } = environment.dependencies;
  const node = environment.node.replace(/^v/, '');
  const names = answered[0]?.answers.map(({ over }) => over).join(',') ?? 'http';
  const over = carriageText({ over: names, tls: '1.3', certificate: 'ecdsa' }, reader);
  return [
    say(reader, phrases.conditions, { over, node, ws, socketIo, date: startedAt.slice(0, 10) }),
    ...(quick ? [say(reader, phrases.quick)] : []),
    ...(interrupted ? [say(reader, interruptedText)] : []),
    ...(doubtful.length > 0 ? [say(reader, doubtfulText, { trials: doubtful.join(', ') })] : []),
  ];
}

/** Table A, table B, the prose; then, if asked for, the evidence for each verdict. */
export function claimsBlocks(telling: ClaimsTelling, reader: Reader): Block[] {
  const { answered, withEvidence, wide } = telling;
  const group = (title: string, belongs: (claim: AnyClaim) => boolean): Block[] => {
    const members = answered.filter(({ claim }) => belongs(claim));
    if (members.length === 0) return [];
    return claimTables(title, members, wide, reader).map((table) => ({ kind: 'table', table }));
  };
  return [
    { kind: 'heading', text: say(reader, claimsTitle) },
    ...conditionsOf(telling, reader).map((text) => ({ kind: 'paragraph', text }) as const),
    ...group(say(reader, documentTexts.tableA), (claim) => claim.table === 'A'),
    ...group(say(reader, documentTexts.tableB), (claim) => claim.table === 'B'),
    ...group(say(reader, proseTitle), (claim) => claim.table === null),
    ...partings(answered, reader),
    ...(withEvidence ? answered.flatMap((one) => evidenceBlocks(one, reader)) : []),
    ...countBlocks(answered, reader),
  ];
}

function evidenceBlocks({ claim: { id }, answers }: AnsweredClaim, reader: Reader): Block[] {
  return answers.map(({ over, facts }) => ({
    kind: 'list',
    title:
      answers.length > 1
        ? say(reader, phrases.evidenceOver, { id, over: carriageNames[over] })
        : say(reader, phrases.evidence, { id }),
    items: facts.length > 0 ? evidenceLines(facts, reader) : [say(reader, noFigure.notMeasured)],
  }));
}

function countBlocks(answered: readonly AnsweredClaim[], reader: Reader): Block[] {
  const overs = answered[0]?.answers.map(({ over }) => over) ?? [];
  return overs.map((over, nth) => {
    const verdicts = answered.map(({ answers }) => answers[nth]?.ruling?.verdict);
    const of = (wanted: string) => String(verdicts.filter((verdict) => verdict === wanted).length);
    const count = say(reader, phrases.count, {
      claims: String(answered.length),
      confirmed: of('confirmed'),
      refined: of('refined'),
      contradicted: of('contradicted'),
      opinion: of('opinion'),
    });
    const text =
      overs.length > 1 ? say(reader, phrases.countOver, { over: carriageNames[over], count }) : count;
    return { kind: 'paragraph', text };
  });
}

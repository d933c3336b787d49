/**
 * The documents on trial, told: table A, table B and the prose claims as "the document says, measured here, verdict",
 * and the same as one JSON document. Verdicts come in; nothing is judged here.
 */

import { say } from '../base/text.ts';
import type { Report } from '../document/report.ts';
import { evidenceOf } from '../questions/claims/evidence.ts';
import { proseA, proseB } from '../questions/claims/index.ts';
import { quantityOf } from '../questions/claims/judgement.ts';
import { type Metric, metricOf } from '../questions/claims/metrics.ts';
import { onTrial, type Tried } from '../questions/claims/trial.ts';
import type { Fact } from '../questions/probes/fact.ts';
import { formatted, lineText } from './document-tables.ts';
import type { Block, Cell, Table } from './table.ts';
import { verdictWords } from './verdict-words.ts';
import type { Words } from './words.ts';

/** What each column of the documents is called in front of its saying; prose has none. */
const columnHeads = {
  http: 'head.http',
  websocket: 'head.websocket',
  ws: 'head.ws',
  socketIo: 'head.socketIo',
} as const;

function sayings({ claim }: Tried, words: Words): string[] {
  return Object.entries(claim.says).map(([column, said]) => {
    const quoted = `“${words.tell(said)}”`;
    return column in columnHeads
      ? `${words.say(columnHeads[column as keyof typeof columnHeads])}: ${quoted}`
      : quoted;
  });
}

const verdictText = ({ ruling }: Tried, words: Words) =>
  say(words, verdictWords[ruling?.verdict ?? 'unmeasured']);

const explanationText = ({ ruling }: Tried, words: Words) =>
  ruling ? lineText(ruling.explanation, words) : words.say('missing.run');

function table(title: string, tried: readonly Tried[], words: Words): Table {
  return {
    title,
    notes: [],
    shape: 'prose',
    head: [
      words.say('head.row'),
      words.say('head.says'),
      words.say('head.measuredHere'),
      words.say('head.verdict'),
    ],
    align: ['left', 'left', 'left', 'left'],
    rows: tried.map((one): Cell[] => [
      `${one.claim.id} ${words.tell(one.claim.title)}`,
      sayings(one, words),
      explanationText(one, words),
      verdictText(one, words),
    ]),
  };
}

/** Sentences of the prose that a run alone decides; what they lack, only `rtcompare claims` measures. */
export function proseBlocks(report: Report, words: Words): Block[] {
  const tried = onTrial([...proseA, ...proseB], evidenceOf(report));
  const decided = tried.filter(({ ruling }) => ruling !== null);
  if (decided.length === 0) return [];
  const others = String(tried.length - decided.length);
  return [
    { kind: 'table', table: table(words.say('title.prose'), decided, words) },
    { kind: 'paragraph', text: words.say('claims.others', { others }) },
  ];
}

/** `metric: transport value, transport value`, in the order in which they were measured. */
function evidenceLines(facts: readonly Fact[], words: Words): string[] {
  const byMetric = new Map<string, string[]>();
  for (const { metric, transport, value } of facts) {
    const text = `${transport} ${formatted(quantityOf(metric, value), words)}`;
    byMetric.set(metric, [...(byMetric.get(metric) ?? []), text]);
  }
  return [...byMetric].map(([metric, values]) => {
    const known = metricOf(metric);
    return `${known ? words.tell(known.text) : metric}: ${values.join(', ')}`;
  });
}

/** Under which conditions the verdicts were reached. */
export interface About {
  readonly environment: Report['environment'];
  readonly startedAt: string;
  readonly quick: boolean;
  readonly interrupted: boolean;
  /** Trials that were noisy or invalid. */
  readonly doubtful: readonly string[];
}

export interface ClaimsTelling {
  readonly tried: readonly Tried[];
  readonly about: About;
  /** Whether each claim's evidence is listed below the tables. */
  readonly withEvidence: boolean;
}

function conditionsOf(
  { environment, startedAt, quick, interrupted, doubtful }: About,
  words: Words,
): string[] {
  const { ws = '', 'socket.io': socketIo = '' } = environment.dependencies;
  const node = environment.node.replace(/^v/, '');
  return [
    words.say('claims.conditions', { node, ws, socketIo, date: startedAt.slice(0, 10) }),
    ...(quick ? [words.say('claims.quick')] : []),
    ...(interrupted ? [words.say('caption.interrupted')] : []),
    ...(doubtful.length > 0 ? [words.say('claims.doubtful', { trials: doubtful.join(', ') })] : []),
  ];
}

/** Table A, table B, the prose; then, where asked for, what each verdict stands on. */
export function claimsBlocks({ tried, about, withEvidence }: ClaimsTelling, words: Words): Block[] {
  const group = (title: string, belongs: (one: Tried) => boolean): Block[] => {
    const members = tried.filter(belongs);
    return members.length > 0 ? [{ kind: 'table', table: table(title, members, words) }] : [];
  };
  const count = (verdict: string) => tried.filter(({ ruling }) => ruling?.verdict === verdict).length;
  return [
    { kind: 'heading', text: words.say('title.claims') },
    ...conditionsOf(about, words).map((text) => ({ kind: 'paragraph', text }) as const),
    ...group(words.say('title.tableA'), ({ claim }) => claim.table === 'A'),
    ...group(words.say('title.tableB'), ({ claim }) => claim.table === 'B'),
    ...group(words.say('title.prose'), ({ claim }) => claim.table === null),
    ...(withEvidence
      ? tried.map(
          ({ claim, facts }) =>
            ({
              kind: 'list',
              title: words.say('title.evidence', { id: claim.id }),
              items: facts.length > 0 ? evidenceLines(facts, words) : [words.say('missing.run')],
            }) as const,
        )
      : []),
    {
      kind: 'paragraph',
      text: words.say('claims.count', {
        claims: String(tried.length),
        confirmed: String(count('confirmed')),
        refined: String(count('refined')),
        contradicted: String(count('contradicted')),
        opinion: String(count('opinion')),
      }),
    },
  ];
}

const jsonUnits: Readonly<Record<Metric['unit'], string>> = {
  nanoseconds: 'ns',
  bytes: 'B',
  'mean-bytes': 'B',
  count: 'count',
  decimal: 'ratio',
  share: 'share',
  flag: 'yes=1',
  name: 'text',
};

/** What `--json` prints of each claim. */
export const claimsDocument = (tried: readonly Tried[], words: Words) =>
  tried.map((one) => ({
    id: one.claim.id,
    table: one.claim.table,
    row: words.tell(one.claim.title),
    says: Object.fromEntries(
      Object.entries(one.claim.says).map(([column, said]) => [column, words.tell(said)]),
    ),
    verdict: one.ruling?.verdict ?? null,
    evidence: one.facts.map(({ metric, value, transport, noisy }) => ({
      metric,
      value,
      unit: jsonUnits[metricOf(metric)?.unit ?? 'decimal'],
      transport,
      ...(noisy ? { noisy } : {}),
    })),
    explanation: explanationText(one, words),
  }));

/**
 * The figures of the scenario `stream`: how soon an answer began, how evenly it arrived, what it cost to stop it, and
 * what a cut lost. From the clients' side and the server's account of the same answers.
 */

import type { Trial } from '../document/report.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Samples } from '../metrics/samples.ts';
import type { Answered } from '../servers/answerer.ts';
import type { Break, OpenQuestion } from './asking.ts';
import type { MeasuredPhase, Observed } from './seen.ts';

type Streamed = NonNullable<Trial['stream']>;

/** Null if no client asked, or if the phase ended before the server gave its account. */
export function streamOf({ asking, steady, ledger }: Observed): Trial['stream'] {
  const { questions, first, gaps } = asking;
  const [one] = questions;
  if (!one || questions.every(({ answered }) => answered === null)) return null;
  return {
    answers: questions.length,
    pieces: one.pieces,
    first: spreadOf(first),
    gaps: spreadOf(gaps),
    perPiece: perPieceOf(ledger, steady),
    cancelled: cancelledOf(questions, ledger),
    cut: cutOf(questions),
  };
}

function spreadOf(samples: Samples): Streamed['first'] {
  const all = samples.summary('age');
  if (!all) return null;
  const { count, min, p50, p95, max } = all;
  return { count, min, p50, p95, max };
}

function perPieceOf({ layers }: Pick<Ledger, 'layers'>, { messages }: MeasuredPhase): Streamed['perPiece'] {
  if (messages.down === 0) return [];
  return layers()
    .filter(({ direction, phase }) => direction === 'down' && phase === 'steady')
    .map(({ layer, bytes }) => ({ layer, bytes: bytes / messages.down }));
}

interface BrokenOff {
  readonly question: OpenQuestion;
  readonly broken: Break;
  readonly answered: Answered;
}

const brokenOff = (questions: readonly OpenQuestion[], kind: Break['kind']): BrokenOff[] =>
  questions.flatMap((question) => {
    const { broken, answered } = question;
    return broken?.kind === kind && answered ? [{ question, broken, answered }] : [];
  });

/** Pieces sent after the client broke the answer off, by the one clock that both processes read. */
const saidAfter = ({ broken, answered }: BrokenOff): number =>
  answered.dueNs.slice(0, answered.said).filter((dueNs) => dueNs > broken.atNs).length;

const bothOf = (all: readonly BrokenOff[]) => ({
  clients: all.length,
  heard: total(all.map(({ broken }) => broken.heard)),
  saidAfter: total(all.map(saidAfter)),
  saidAfterMost: Math.max(...all.map(saidAfter)),
  serverKnewMs: all.map(({ broken, answered }) => Math.max(0, answered.endedNs - broken.atNs) / 1e6),
});

function cutOf(questions: readonly OpenQuestion[]): Streamed['cut'] {
  const all = brokenOff(questions, 'cut');
  if (all.length === 0) return null;
  return {
    ...bothOf(all),
    lost: total(all.map(({ question: { pieces, heard } }) => pieces - heard)),
    continued: all.filter(({ broken }) => broken.later > 0).length,
  };
}

function cancelledOf(
  questions: readonly OpenQuestion[],
  ledger: Pick<Ledger, 'layers' | 'exchanges'>,
): Streamed['cancelled'] {
  const all = brokenOff(questions, 'cancel');
  const [one] = all;
  if (!one) return null;
  const byClosing = one.broken.by === 'closing';
  return {
    ...bothOf(all),
    by: byClosing ? 'closing' : 'message',
    ...(byClosing ? { bytes: mean(all, written), requests: 0 } : messageCost(all, ledger)),
    connections: mean(all, ({ broken }) => broken.closedConnections),
  };
}

const written = ({ broken }: BrokenOff) => broken.writtenBytes;

/**
 * Cost of a cancelling message. If messages are POSTs: one such exchange, both ways. (The question was one, too, of the
 * same size.) On a connection with frames: all that the client wrote from then on; the server does not answer it.
 */
function messageCost(
  all: readonly BrokenOff[],
  ledger: Pick<Ledger, 'layers' | 'exchanges'>,
): { bytes: number; requests: number } {
  const frames = ledger
    .layers()
    .some(({ layer, direction, phase }) => layer === 'websocket' && direction === 'up' && phase === 'steady');
  const posts = ledger
    .exchanges()
    .filter(({ kind, phase }) => phase === 'steady' && kind.startsWith('POST '))
    .flatMap(({ sizes }) => sizes);
  const made = total(posts.map(({ count }) => count));
  if (frames || made === 0) return { bytes: mean(all, written), requests: 0 };
  return { bytes: total(posts.map(({ up, down, count }) => (up + down) * count)) / made, requests: 1 };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const mean = (all: readonly BrokenOff[], of: (one: BrokenOff) => number) => total(all.map(of)) / all.length;

/**
 * What the scenario `stream` asks for: how soon an answer began, how evenly it came, what it took to stop it, and what a
 * cut took away. From the clients' side and the server's account of the same answers.
 */

import type { Trial } from '../document/report.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Samples } from '../metrics/samples.ts';
import type { Answered } from '../servers/answerer.ts';
import type { Break, OpenQuestion } from './asking.ts';
import type { MeasuredPhase, Observed } from './seen.ts';

type Streamed = NonNullable<Trial['stream']>;

/** Null where nobody asked, and where the phase was ended before the server had told its side. */
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

/** Said later than the client broke it off, by the one clock that both processes read. */
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
 * Where a message is a POST: such an exchange, both ways. (The question was one, too, and of the same size.) On a connection
 * that carries frames it is all that the client wrote from then on; nothing answers it.
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

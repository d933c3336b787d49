/**
 * Stream: when an answer begins, how evenly it comes, which side can stop it and at what cost, and what a cut loses.
 */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { bytesPerEvent } from '../../../questions/claims/cost.ts';
import { bytes, count, milliseconds, time } from '../../blocks/quantities.ts';
import { heads } from '../../blocks/table-words.ts';
import { contestSentence } from '../run/contest.ts';
import type { Group } from '../run/groups.ts';
import { column, meanBytes, some, type Telling, trialsOf } from './scenario-view.ts';

type Streamed = NonNullable<Trial['stream']>;
type Cancelled = NonNullable<Streamed['cancelled']>;

const cancelled = ({ stream: one }: Trial): Cancelled | null => one?.cancelled ?? null;
const cut = ({ stream: one }: Trial): Streamed['cut'] => one?.cut ?? null;

const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1];

/** What a cancel costs besides its bytes: `+r` a request of its own, `+c` the connection. */
function costCell(trial: Trial): string | undefined {
  const one = cancelled(trial);
  if (one === null) return undefined;
  const marks = `${one.requests > 0 ? '+r' : ''}${one.connections > 0 ? '+c' : ''}`;
  return meanBytes(Math.round(one.bytes)) + marks;
}

/** Whether the server went on after the cut: a server that noticed it sends no more than what was due until then. */
const goesOn = (trial: Trial): boolean => {
  const one = cut(trial);
  const left = (one?.clients ?? 0) * (trial.stream?.pieces ?? 0) - (one?.heard ?? 0);
  if (one === null) return false;
  return left > 0 && one.saidAfter > left / 2;
};

const phrases = {
  legend: text(
    'First: from when a question was due until its first piece, median. Gap: between two pieces, until somebody broke the answer off. B per piece: all steady bytes, both ways. Every third client cancels in the middle: cancel is what saying so took, +r in a request of its own, +c at the price of the connection; then after how long the server knew, and what it said meanwhile, all clients together. Every third is cut off in the middle: lost, and what the server still said to nobody.',
    '첫 조각: 질문을 보내기로 한 때부터 첫 조각을 받을 때까지(중앙값). 간격: 응답을 도중에 끊기 전까지 조각과 조각 사이. B/조각: 측정 단계에서 양방향으로 오간 모든 바이트를 조각 수로 나눈 값. 클라이언트 셋 중 하나는 중간에 취소합니다. 취소: 취소를 알리는 데 든 바이트(+r 요청을 따로 보냄, +c 연결을 잃음). 그 뒤는 서버가 알 때까지의 시간과 그사이 보낸 조각 수(모든 클라이언트의 합). 셋 중 하나는 중간에 연결이 끊깁니다. 유실된 조각과, 끊긴 뒤 서버가 받는 이 없이 보낸 조각입니다.',
  ),
  owners: text('Bytes down a piece, by owner: {details}.', '받은 바이트(조각당)의 계층: {details}.'),
  owner: text('{transport} {layers}', '{transport} {layers}'),
  first: text('First piece, median', '첫 조각, 중앙값'),
  soonest: text('soonest', '가장 빠른 방식'),
  byClosing: text(
    'A cancel by closing costs no bytes, and the connection: {names}.',
    '연결을 닫아 취소하면 바이트는 들지 않고 연결을 잃음: {names}.',
  ),
  byMessage: text('A cancel by a message costs {details}.', '메시지로 취소하는 데 드는 바이트: {details}.'),
  inMessage: text('{transport} {bytes}', '{transport} {bytes}'),
  inRequest: text('{transport} {bytes} in a request', '{transport} {bytes}(요청 하나)'),
  late: text(
    'After the cancel the server went on for more than a piece: {details}.',
    '취소 뒤에도 서버가 조각을 둘 이상 더 보냄: {details}.',
  ),
  lateOne: text('{transport} up to {count}', '{transport} 최대 {count}개'),
  goesOn: text(
    'Goes on to the end though the connection is cut, and loses nothing; there only a message cancels: {names}.',
    '연결이 끊겨도 서버가 끝까지 보내며 잃는 것이 없음. 여기서는 메시지로만 취소할 수 있음: {names}.',
  ),
  goesOnAndLoses: text(
    'Goes on to the end though the connection is cut, and the rest is lost: {names}.',
    '연결이 끊겨도 서버가 끝까지 보내지만 나머지를 잃음: {names}.',
  ),
  stops: text(
    'Stops when the connection is cut, and the rest is lost: {names}.',
    '연결이 끊기면 서버도 멈추고 나머지를 잃음: {names}.',
  ),
} as const;

function named(trials: readonly Trial[], phrase: Phrase<'names'>, reader: Reader): string[] {
  if (trials.length === 0) return [];
  return [say(reader, phrase, { names: trials.map(({ transport }) => transport).join(', ') })];
}

function cancelSentences(trials: readonly Trial[], reader: Reader): string[] {
  const closing = trials.filter((trial) => cancelled(trial)?.by === 'closing');
  const telling = trials.flatMap((trial) => {
    const one = cancelled(trial);
    if (one?.by !== 'message') return [];
    const phrase = one.requests > 0 ? phrases.inRequest : phrases.inMessage;
    return [say(reader, phrase, { transport: trial.transport, bytes: bytes(Math.round(one.bytes)) })];
  });
  const late = trials.flatMap((trial) => {
    const most = cancelled(trial)?.saidAfterMost ?? 0;
    if (most <= 1) return [];
    return [say(reader, phrases.lateOne, { transport: trial.transport, count: count(most) })];
  });
  return [
    ...named(closing, phrases.byClosing, reader),
    ...(telling.length > 0 ? [say(reader, phrases.byMessage, { details: telling.join(', ') })] : []),
    ...(late.length > 0 ? [say(reader, phrases.late, { details: late.join(', ') })] : []),
  ];
}

function cutSentences(trials: readonly Trial[], reader: Reader): string[] {
  const all = trials.filter((trial) => cut(trial) !== null);
  const goOn = all.filter(goesOn);
  const whole = (trial: Trial) => cut(trial)?.lost === 0;
  return [
    ...named(goOn.filter(whole), phrases.goesOn, reader),
    ...named(
      goOn.filter((trial) => !whole(trial)),
      phrases.goesOnAndLoses,
      reader,
    ),
    ...named(
      all.filter((trial) => !goesOn(trial) && !whole(trial)),
      phrases.stops,
      reader,
    ),
  ];
}

/** The owners of the bytes of one piece, on the way down. */
function ownersNote(group: Group, reader: Reader): string[] {
  const details = [...group.chosen, ...group.references].flatMap(
    ({ trial: { transport, stream: one, verdict } }) => {
      if (!one || one.perPiece.length === 0 || verdict === 'invalid') return [];
      const layers = one.perPiece.map(({ layer, bytes: mean }) => `${layer} ${meanBytes(mean)}`).join(' + ');
      return [say(reader, phrases.owner, { transport, layers })];
    },
  );
  return details.length === 0 ? [] : [say(reader, phrases.owners, { details: details.join('; ') })];
}

/**
 * One of three clients cancels, one is cut off and one hears the whole answer; with fewer clients some of this does not
 * happen.
 */
const fewClients = (group: Group, reader: Reader): string[] =>
  trialsOf(group).some(({ stream: one }) => one && (one.cancelled === null || one.cut === null))
    ? [say(reader, few)]
    : [];
const few = text(
  'With fewer than three clients nobody cancels, or nobody is cut off: use --clients 3 or more.',
  '클라이언트가 셋보다 적으면 취소하거나 연결이 끊기는 클라이언트가 없습니다. --clients를 3 이상으로 하십시오.',
);

export const stream = {
  columns: [
    column('stream.first.p50', text('first ms', '첫 조각 ms')),
    column('stream.gaps.p50', text('gap p50 ms', '간격 p50 ms')),
    column('stream.gaps.p95', text('gap p95 ms', '간격 p95 ms')),
    { head: text('B per piece', 'B/조각'), read: (trial) => some(bytesPerEvent(trial), meanBytes) },
    { head: text('cancel B', '취소 B'), read: costCell },
    {
      head: text('server knew ms', '서버가 안 때 ms'),
      read: (trial) => some(median(cancelled(trial)?.serverKnewMs ?? []), (ms) => milliseconds(ms * 1e6)),
    },
    column('stream.cancelled.saidAfter', text('said in vain', '취소 뒤 조각')),
    column('stream.cut.lost', heads.lost),
    column('stream.cut.saidAfter', text('said to nobody', '끊긴 뒤 조각')),
  ],
  counted: ['lost'],
  notes: (group, reader) => [...ownersNote(group, reader), ...fewClients(group, reader)],
  legend: (_group, reader) => [say(reader, phrases.legend)],
  sentences: (chosen, _references, reader) => [
    ...contestSentence(
      chosen.filter(({ stream: one }) => one !== null),
      {
        by: 'time',
        title: phrases.first,
        best: phrases.soonest,
        measure: (trial) => trial.stream?.first?.p50,
        text: (value) => time(value),
      },
      reader,
    ),
    ...cancelSentences(chosen, reader),
    ...cutSentences(chosen, reader),
  ],
} satisfies Telling;

/**
 * The summary of echo and push: which is quickest, if a distance and calm trials allow to say so, and what a message
 * costs beside its payload. Bytes are exact, so they tie only if they are equal.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { setupBytesPerClient } from '../../../questions/claims/cost.ts';
import { exact, rank } from '../../../questions/claims/ranking.ts';
import { bytes, count, time, times } from '../../blocks/quantities.ts';
import { breakEven } from './bytes-fit.ts';
import { asksAtIntervals, type Contest, contestSentence, decidedBy } from './contest.ts';

const echoTime: Contest = {
  by: 'time',
  title: text('Echo, median', '에코, 중앙값'),
  best: text('quickest', '가장 빠른 방식'),
  measure: ({ latency }) => latency?.p50,
  text: time,
};

const pushTime: Contest = {
  ...echoTime,
  title: text('Event of the server, median age', '서버가 보낸 이벤트의 지연, 중앙값'),
};

/**
 * Of a message and its echo. Without an echo there is no such figure, and so it cannot make a transport the cheapest.
 */
const overhead = ({ perMessage, messages }: Trial): number | null =>
  messages.down === 0 ? null : perMessage.overhead;

const phrases = {
  fewest: text(
    'Bytes beside a message and its echo: fewest {names}, {bytes}',
    '메시지와 에코에 붙는 바이트: 가장 적은 방식 {names}, {bytes}',
  ),
  only: text(
    'Bytes beside a message and its echo: {names}, {bytes}',
    '메시지와 에코에 붙는 바이트: {names}, {bytes}',
  ),
  none: text(
    'Bytes beside a message and its echo: not told, nothing was delivered',
    '메시지와 에코에 붙는 바이트: 전달된 메시지가 없어 알 수 없습니다',
  ),
  next: text('next {transport}, {bytes}', '다음 {transport}, {bytes}'),
  most: text('most {transport}, {bytes}, {times} times', '가장 많은 {transport}, {bytes}, {times}배'),
  interval: text('{transport} {bytes} at its {interval} interval', '{transport} {bytes}({interval} 간격)'),
  until: text(
    'but set-up costs {bytes} a client, so up to {count} messages per client {transport} is cheaper in all',
    '단, 연결에 클라이언트당 {bytes}가 들어 메시지 {count}개까지는 {transport} 쪽이 전체로 더 적습니다',
  ),
};

/** Up to how many messages per client another transport is cheaper in all, because its set-up is. */
function cheaperUntil(best: Trial, other: Trial): number {
  const costsOf = (trial: Trial) => ({
    transport: trial.transport,
    setup: setupBytesPerClient(trial) ?? 0,
    perMessage: overhead(trial) ?? 0,
  });
  const found = breakEven(costsOf(other), costsOf(best));
  return found.kind === 'until' ? found.message : 0;
}

function setupClause(best: Trial, others: readonly Trial[], reader: Reader): string[] {
  const [longest] = others
    .map((other) => ({ other, messages: cheaperUntil(best, other) }))
    .sort((a, b) => b.messages - a.messages);
  if (longest === undefined || longest.messages === 0) return [];
  return [
    say(reader, phrases.until, {
      bytes: bytes(Math.round(setupBytesPerClient(best) ?? 0)),
      count: count(longest.messages),
      transport: longest.other.transport,
    }),
  ];
}

function costSentence(chosen: readonly Trial[], references: readonly Trial[], reader: Reader): string {
  const asking = chosen.filter(asksAtIntervals);
  const contestants = chosen.filter((trial) => !asking.includes(trial));
  const rounded = (value: number): string => bytes(Math.round(value * 10) / 10);
  const atIntervals = asking.flatMap((trial) => {
    const value = overhead(trial);
    if (value === null) return [];
    const interval = time(trial.load.pollIntervalMs * 1e6);
    return [say(reader, phrases.interval, { transport: trial.transport, bytes: rounded(value), interval })];
  });
  const ranking = rank(contestants, overhead, exact);
  if (ranking === null)
    return `${[...atIntervals, ...(atIntervals.length ? [] : [say(reader, phrases.none)])].join('; ')}.`;
  const [best] = ranking.winners;
  const names = ranking.winners.map(({ item }) => item.transport).join(', ');
  const next = ranking.others[0];
  const most = ranking.others.length > 1 ? ranking.others.at(-1) : undefined;
  // tcp carries no protocol of the web, so only a reference that speaks HTTP can be cheaper in practice.
  const rivals = [
    ...ranking.others.map(({ item }) => item),
    ...references.filter(({ requests }) => requests > 0),
  ];
  const told = (one: { item: Trial; value: number }) => ({
    transport: one.item.transport,
    bytes: rounded(one.value),
  });
  const clauses = [
    say(reader, contestants.length === 1 ? phrases.only : phrases.fewest, {
      names,
      bytes: rounded(best.value),
    }),
    ...(next ? [say(reader, phrases.next, told(next))] : []),
    ...(most
      ? [say(reader, phrases.most, { ...told(most), times: times(most.value / Math.max(best.value, 1)) })]
      : []),
    ...atIntervals,
    ...setupClause(best.item, rivals, reader),
  ];
  return `${clauses.join('; ')}.`;
}

/** The references (http, tcp) cannot be pushed to. */
export const pushSentences = decidedBy(pushTime);

/** Cost, which is exact, then time. */
export const echoSentences = (
  chosen: readonly Trial[],
  references: readonly Trial[],
  reader: Reader,
): string[] => [costSentence(chosen, references, reader), ...contestSentence(chosen, echoTime, reader)];

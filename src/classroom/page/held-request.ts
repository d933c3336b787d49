/** What happened to a request while six event streams were open: a sentence computed from the measured seconds. */
import { text } from '../../base/text.ts';
import type { HttpVersion } from './control-talk.ts';
import { number, tell } from './page-reader.ts';

export const streams = 6;

const outcomes = {
  held: text(
    'With {open} of 6 streams open, the next request was held for {held} s. The streams were closed after {closed} s, and the answer came {after} s later.',
    '스트림 6개 중 {open}개가 열려 있는 동안 다음 요청은 {held}초를 기다렸습니다. 스트림은 {closed}초 뒤에 닫혔고, 응답은 그보다 {after}초 뒤에 왔습니다.',
  ),
  passed: text(
    'With {open} of 6 streams open, the next request was answered after {held} s, {before} s before the streams were closed (after {closed} s): this browser had another connection for it.',
    '스트림 6개 중 {open}개가 열려 있는 동안 다음 요청은 {held}초 만에 응답을 받았습니다. 스트림이 닫히기({closed}초) {before}초 전이므로, 이 브라우저에는 쓸 수 있는 연결이 더 있었습니다.',
  ),
  stream: text(
    'With {open} of 6 streams open, the next request was answered after {held} s, {before} s before the streams were closed (after {closed} s): over HTTP/2 an open stream keeps no connection from others.',
    '스트림 6개 중 {open}개가 열려 있는 동안 다음 요청은 {held}초 만에 응답을 받았습니다. 스트림이 닫히기({closed}초) {before}초 전입니다. HTTP/2에서는 열린 스트림이 연결을 혼자 차지하지 않습니다.',
  ),
  failed: text(
    'With {open} of 6 streams open, the next request failed after {held} s.',
    '스트림 6개 중 {open}개가 열려 있는 동안 다음 요청은 {held}초 뒤에 실패했습니다.',
  ),
  few: text(
    'Other requests of this browser keep connections busy, so not all six could open: end the race, or chat by WebSocket, and try again.',
    '이 브라우저의 다른 요청이 연결을 차지하고 있어 6개를 모두 열지 못했습니다. 경주를 끝내거나 WebSocket으로 채팅하면서 다시 해 보십시오.',
  ),
  fewStreams: text(
    'Not all six could open: the site lets a page have only so many requests open at once. End the race, and try again.',
    '6개를 모두 열지 못했습니다. 사이트는 한 페이지가 동시에 여는 요청 수를 제한합니다. 경주를 끝내고 다시 해 보십시오.',
  ),
  carried: text(
    'Connections that carried the six streams, by the relay’s count: {connections}.',
    '릴레이가 센, 스트림 6개를 실은 연결 수: {connections}.',
  ),
} as const;

export interface HeldOutcome {
  /** Streams that were open when the request left. */
  readonly open: number;
  /** From the request until its answer, or its failure. */
  readonly heldMs: number;
  /** From the request until the streams were closed. */
  readonly closedMs: number;
  readonly isAnswered: boolean;
}

const seconds = (ms: number) => number(ms / 1000, 2);

export const carriedText = (connections: number): string =>
  tell(outcomes.carried, { connections: number(connections) });

export function outcomeText(
  { open, heldMs, closedMs, isAnswered }: HeldOutcome,
  over: HttpVersion = 'http/1.1',
): string {
  const [passed, few] =
    over === 'h2' ? [outcomes.stream, outcomes.fewStreams] : [outcomes.passed, outcomes.few];
  const [held, closed] = [seconds(heldMs), seconds(closedMs)];
  const told = !isAnswered
    ? tell(outcomes.failed, { open: String(open), held })
    : heldMs < closedMs
      ? tell(passed, { open: String(open), held, closed, before: seconds(closedMs - heldMs) })
      : tell(outcomes.held, { open: String(open), held, closed, after: seconds(heldMs - closedMs) });
  return open < streams ? `${told} ${tell(few)}` : told;
}

/** What happens to open connections in silence and when a configuration is reloaded; and how heads are changed. */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { HeadChange } from '../../../document/far-side.ts';
import type { ProbedProxy } from '../../../questions/passage/configuration-passage.ts';
import type { IdleEnd } from '../../../questions/passage/idle-passage.ts';
import type { ReloadEnd, ReloadPassage } from '../../../questions/passage/reload-passage.ts';
import { gathered } from '../../blocks/gathered.ts';
import { count } from '../../blocks/quantities.ts';
import { about, soon } from './passage-words.ts';

const words = {
  open: text('open after {ms}', '{ms} 뒤에도 열려 있음'),
  ended: text('{ms}: {how}', '{ms}: {how}'),
  finWhole: text('FIN, looks complete', 'FIN, 온전해 보임'),
  told: text('{end}; server told', '{end}, 서버가 알게 됨'),
  notTold: text('{end}; server not told', '{end}, 서버는 모름'),
  neverStood: text('never stood', '연결되지 않음'),
  refused: text('never stood: {status}', '연결되지 않음: {status}'),
  kept: text('kept', '유지됨'),
  whole: text('ended as if complete, {ms}', '온전한 듯 끝남({ms})'),
  cut: text('cut, {ms}', '끊김({ms})'),
  deaf: text('open, and dead', '열려 있지만 응답 없음'),
  closed: text('closed with {code}, {ms}', '{code}로 닫힘({ms})'),
  words: text('cannot be reloaded: {words}', '다시 읽을 수 없음: {words}'),
  failed: text('{failed} of {asked} fail', '{asked}개 중 {failed}개 실패'),
  notBack: text('not within 3 s', '3초 안에 안 됨'),
  everySoOften: text('{kept} (every {every})', '{kept}({every}마다)'),
  poll: text('{status} after {ms}', '{ms} 뒤 {status}'),
};

export function idleText(end: IdleEnd, waitedMs: number, reader: Reader): string {
  if (end.how === 'refused')
    return end.status === null
      ? say(reader, words.neverStood)
      : say(reader, words.refused, { status: String(end.status) });
  if (end.how === 'open' || end.ms === null) return say(reader, words.open, { ms: about(waitedMs) });
  const said = say(reader, words.ended, { ms: about(end.ms), how: howText(end, reader) });
  return say(reader, end.toldMs === null ? words.notTold : words.told, { end: said });
}

function howText({ how, status, whole }: IdleEnd, reader: Reader): string {
  if (how === 'answered') return String(status);
  // The names that TCP and WebSocket give it, in every language.
  if (how === 'close frame') return `Close ${status}`;
  return how === 'FIN' && whole ? say(reader, words.finWhole) : how;
}

const hasEnded = ({ how }: IdleEnd) => how !== 'open' && how !== 'refused';

/** What keeps a connection open that ended by itself; `-` if it did not end, or if that was not probed. */
export const keptText = (
  { idle }: ProbedProxy,
  what: 'stream' | 'websocket',
  by: 'comments' | 'serverPings' | 'clientPings',
  reader: Reader,
): string => {
  if (!idle.kept || !hasEnded(idle[what])) return '-';
  const told = { kept: idleText(idle.kept[by], idle.kept.forMs, reader), every: about(idle.kept.everyMs) };
  return say(reader, words.everySoOften, told);
};

export const shortPollText = ({ idle }: ProbedProxy, reader: Reader): string => {
  if (!idle.kept || !hasEnded(idle.poll)) return '-';
  const { status, heldMs } = idle.kept.shortPoll;
  return say(reader, words.poll, { status: String(status ?? '-'), ms: about(heldMs) });
};

/** Only the last line of what a program prints: there it says what it complains of. */
const lastWords = (words: string) => (words.split('\n').at(-1) ?? '').trim().slice(0, 120);

const reloaded = ({ reload }: ProbedProxy) => (reload?.can ? reload : null);

export const reloadText = (
  { reload }: ProbedProxy,
  of: (reload: Extract<ReloadPassage, { can: true }>) => string,
  reader: Reader,
): string => {
  if (reload === null) return '-';
  return reload.can ? of(reload) : say(reader, words.words, { words: lastWords(reload.words) });
};

export function reloadEndText({ how, code, ms }: ReloadEnd, reader: Reader): string {
  if (how === 'refused') return say(reader, words.neverStood);
  if (how === 'kept') return say(reader, words.kept);
  const at = { ms: soon(ms ?? 0, reader) };
  if (how === 'close frame') return say(reader, words.closed, { code: String(code), ...at });
  if (ms === null) return say(reader, words.deaf);
  return say(reader, how === 'whole' ? words.whole : words.cut, at);
}

export function failedText(probed: ProbedProxy, reader: Reader): string {
  const { asked = 0, failed = 0 } = reloaded(probed) ?? {};
  return asked === 0 ? '-' : say(reader, words.failed, { failed: count(failed), asked: count(asked) });
}

export const againText = (probed: ProbedProxy, what: 'stream' | 'websocket', reader: Reader): string => {
  const end = reloaded(probed)?.[what];
  if (!end || end.how === 'kept' || end.how === 'refused') return '-';
  return end.againMs === null ? say(reader, words.notBack) : soon(end.againMs, reader);
};

const changes: Readonly<Record<HeadChange['change'], Phrase<'names'>>> = {
  version: text('{names}', '{names}'),
  framing: text('re-framed: {names}', '본문 끝이 바뀜: {names}'),
  added: text('added: {names}', '추가: {names}'),
  removed: text('removed: {names}', '제거: {names}'),
  changed: text('changed: {names}', '값이 바뀜: {names}'),
  renamed: text('renamed: {names}', '이름이 바뀜: {names}'),
};
const lowered = text('{count} names in lower case', '이름 {count}개를 소문자로');

/** In the direction of the message: a request from the client on, an answer from the server on. */
function nameText({ message, change, name, near, far }: HeadChange): string {
  const [from, to] = message === 'request' ? [near, far] : [far, near];
  return change === 'added' || change === 'removed' || change === 'changed' ? name : `${from} → ${to}`;
}

const isLowered = ({ message, change, near, far }: HeadChange) => {
  const [from, to] = message === 'request' ? [near, far] : [far, near];
  return change === 'renamed' && from?.toLowerCase() === to;
};

export function headsText(
  { heads }: ProbedProxy,
  message: HeadChange['message'],
  reader: Reader,
): string | readonly string[] {
  const of = heads?.filter((one) => one.message === message) ?? [];
  const lines = gathered(
    of.filter((one) => !isLowered(one)),
    ({ change }) => change,
  ).map((same) => say(reader, changes[same[0].change], { names: same.map(nameText).join(', ') }));
  const low = of.filter(isLowered).length;
  if (low > 0) lines.push(say(reader, lowered, { count: count(low) }));
  return lines.length > 0 ? lines : '-';
}

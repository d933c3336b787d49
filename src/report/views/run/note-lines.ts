/**
 * Notes are data, a kind and a value; here they become sentences. A kind that this version does not know is printed as
 * it is: a warning must not disappear because the reading version is older.
 */

import { own } from '../../../base/lookup.ts';
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Note, Report } from '../../../document/report.ts';
import { gathered } from '../../blocks/gathered.ts';
import { bytes, count, decimal, time } from '../../blocks/quantities.ts';
import { range } from '../../blocks/table-words.ts';

const lineTexts = {
  unknown: text('{kind}: {value}', '{kind}: {value}'),
  line: text('{transports} ({scenario}): {note}', '{transports} ({scenario}): {note}'),
};

const ms = (value: number): string => time(value * 1e6);

/** The unit of a kind's value; everything else is a plain number. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  'late-generator': ms,
  saturated: ms,
  'loop-delay-client': ms,
  'loop-delay-browser': ms,
  'loop-delay-relay': ms,
  'loop-delay-proxy': ms,
  'loop-delay-server': ms,
  unbalanced: bytes,
  unparsed: bytes,
  compressed: bytes,
  'few-samples': count,
  'nothing-arrived': count,
  overloaded: count,
  ports: count,
  unseen: count,
  'samples-capped': count,
};

const phrases: Readonly<Record<string, Phrase<'value'>>> = {
  'few-samples': text(
    'few samples ({value}): quantiles that need more print “too few”',
    '표본이 적음({value}개): 표본이 더 필요한 분위수는 “표본 부족”으로 표시',
  ),
  'tape-drained': text(
    'the tape outgrew its memory budget and was weighed between messages ({value})',
    '기록이 메모리 한도를 넘어, 메시지를 보내는 사이사이에 나누어 분석함({value})',
  ),
  'samples-capped': text(
    'more samples than fit: only {value} latencies were kept',
    '표본이 너무 많아 지연 값을 {value}개만 보관함',
  ),
  'late-generator': text(
    'the generator itself was late, p99 {value}, which is part of the latencies',
    '부하 생성기 자체가 늦음: p99 {value}(측정한 지연에 포함됨)',
  ),
  saturated: text(
    'the generator could not keep its schedule: half of its messages left {value} late or later',
    '부하 생성기가 일정을 지키지 못함: 메시지의 절반이 {value} 이상 늦게 나감',
  ),
  'loop-delay-client': text(
    'the client’s event loop kept its timers waiting, up to {value}',
    '클라이언트의 이벤트 루프가 타이머를 늦게 처리함, 최대 {value}',
  ),
  'loop-delay-browser': text(
    'a page of the browser kept its timers waiting, up to {value}',
    '브라우저의 페이지가 타이머를 늦게 처리함, 최대 {value}',
  ),
  'loop-delay-relay': text(
    'the event loop of the relay that holds the link kept its timers waiting, up to {value}',
    '링크를 맡은 중계의 이벤트 루프가 타이머를 늦게 처리함, 최대 {value}',
  ),
  'loop-delay-proxy': text(
    'the event loop of the proxy kept its timers waiting, up to {value}',
    '프록시의 이벤트 루프가 타이머를 늦게 처리함, 최대 {value}',
  ),
  'loop-delay-server': text(
    'the server’s event loop kept its timers waiting, up to {value}',
    '서버의 이벤트 루프가 타이머를 늦게 처리함, 최대 {value}',
  ),
  interrupted: text('stopped before the measured phase ended', '측정 단계가 끝나기 전에 멈춤'),
  unbalanced: text('the books do not balance: {value}', '바이트 합계 불일치: {value}'),
  unparsed: text(
    '{value} could not be read by any dissector; see the layer “unparsed”',
    '어느 계층의 것인지 알 수 없는 바이트: {value} (계층 “해석불가”)',
  ),
  compressed: text(
    'compressed and therefore not dissected: {value}',
    '압축되어 계층별로 나누지 못한 바이트: {value}',
  ),
  'compression-not-offered': text(
    'compression was asked for, but this transport does not offer it',
    '압축을 요청했지만 이 전송 방식은 압축을 제안하지 않음',
  ),
  ports: text(
    '{value} connections were dialled, most of the ports this machine has for clients',
    '연결 {value}개: 이 컴퓨터가 클라이언트에 쓸 수 있는 포트의 대부분을 썼음',
  ),
  overloaded: text(
    '{value} clients were put out by the server: more than 64 MiB waited for each, because they did not read',
    '데이터를 읽지 않아 64 MiB 넘게 쌓여서 서버가 끊은 클라이언트: {value}개',
  ),
  'phase-lock': text(
    'messages and polls run in step ({value}): waits fall on few values, so ages are skewed',
    '메시지와 폴링의 박자가 맞음({value}): 대기 시간이 몇 가지 값에만 몰려 지연이 한쪽으로 치우침',
  ),
  clock: text(
    'the clock cannot be trusted: an event was handled before it was due',
    '시계를 믿을 수 없음: 보내기로 한 시각보다 먼저 처리된 이벤트가 있음',
  ),
  'measured-again': text(
    'the machine was busy, so that it was measured again: times {value}',
    '컴퓨터가 바빠 다시 측정함: {value}번',
  ),
  'nothing-arrived': text(
    'of {value} messages that were sent none arrived',
    '보낸 메시지 {value}개 중 하나도 도착하지 않음',
  ),
  unseen: text(
    'the sockets of {value} clients were not seen: nothing of theirs was counted',
    '클라이언트 {value}개의 소켓이 보이지 않아 아무것도 세지 못함',
  ),
};

const formatOf = (kind: string) => own(formats, kind) ?? decimal;

function noteText(kind: string, value: string, reader: Reader): string {
  const phrase = own(phrases, kind);
  return phrase ? say(reader, phrase, { value }) : say(reader, lineTexts.unknown, { kind, value });
}

function written({ kind, value }: Note, reader: Reader): string {
  if (typeof value === 'string') return noteText(kind, value, reader);
  const known = own(phrases, kind) !== undefined;
  return noteText(kind, known ? formatOf(kind)(value) : String(value), reader);
}

interface Noted {
  readonly transport: string;
  readonly scenario: string;
  readonly note: Note;
}

/** From this many lines of one kind on, one line with their range replaces them. */
const linesOfAKind = 3;

/** Transports with the same sentence share it. */
function lines(noted: readonly Noted[], reader: Reader): string[] {
  return gathered(noted, ({ note }) => written(note, reader)).map((same) =>
    told(same, written(same[0].note, reader), reader),
  );
}

function told(noted: readonly Noted[], note: string, reader: Reader): string {
  const transports = [...new Set(noted.map(({ transport }) => transport))].join(', ');
  return say(reader, lineTexts.line, { transports, scenario: noted[0]?.scenario ?? '', note });
}

/** The notes of one kind in one scenario: line by line, or as a range if repeats or a sweep made many. */
function ofAKind(noted: readonly Noted[], reader: Reader): string[] {
  const apart = lines(noted, reader);
  const values = noted.flatMap(({ note: { value } }) => (typeof value === 'number' ? value : []));
  const kind = noted[0]?.note.kind ?? '';
  if (apart.length <= linesOfAKind || values.length < noted.length) return apart;
  const format = formatOf(kind);
  const value = say(reader, range, {
    from: format(Math.min(...values)),
    to: format(Math.max(...values)),
  });
  return [told(noted, noteText(kind, value, reader), reader)];
}

/** One line for each sentence. */
export function noteLines(report: Pick<Report, 'trials'>, reader: Reader): string[] {
  const noted = report.trials.flatMap(({ transport, scenario, notes }) =>
    notes.map((note): Noted => ({ transport, scenario, note })),
  );
  return gathered(noted, ({ scenario, note }) => [scenario, note.kind]).flatMap((same) =>
    ofAKind(same, reader),
  );
}

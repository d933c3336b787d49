/** A prediction in words: its metric with its unit, and the values that the law allows. */

import { own } from '../../../base/lookup.ts';
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Prediction } from '../../../document/report.ts';
import { decimal, exact, milliseconds, share, time } from '../../blocks/quantities.ts';
import { noFigure } from '../../blocks/table-words.ts';

const wordings = {
  inUnit: text('{metric}, {unit}', '{metric}, {unit}'),
  or: text('{first} or {last}', '{first} 또는 {last}'),
};

const metricNames: Readonly<Record<string, Text>> = {
  'frame header up': text('frame header up', '보낼 때 프레임 헤더'),
  'frame header down': text('frame header down', '받을 때 프레임 헤더'),
  'handshake request': text('handshake request', '핸드셰이크 요청'),
  'handshake response': text('handshake response', '핸드셰이크 응답'),
  event: text('event', '이벤트'),
  'event and chunk, beyond the payload': text(
    'event and chunk without payload',
    '이벤트와 청크(페이로드 제외)',
  ),
  'chunk around an event': text('chunk around an event', '이벤트를 감싼 청크'),
  'event and frame up': text('event and frame up', '보낼 때 이벤트와 프레임'),
  'event and frame down': text('event and frame down', '받을 때 이벤트와 프레임'),
  'requests to connect': text('requests to connect', '연결할 때의 요청 수'),
  'polls made and skipped': text('polls made and skipped', '보낸 폴링과 건너뛴 폴링 수'),
  'mean age of an event': text('mean age of an event', '이벤트 지연의 평균'),
  'median age or echo': text('median age or echo', '지연 또는 에코의 중앙값'),
  'median age behind the proxy': text('median age behind the proxy', '프록시 뒤의 지연 중앙값'),
  'share of empty polls': text('share of empty polls', '빈 폴링 비율'),
  'messages per non-empty poll': text('messages per non-empty poll', '비어 있지 않은 폴링당 메시지 수'),
  'messages per response': text('messages per response', '응답당 메시지 수'),
  'messages lost in the outage': text('messages lost in the outage', '단절 중에 유실된 메시지 수'),
  'mean time until heard again': text('mean time until heard again', '다시 듣기까지 걸린 시간의 평균'),
  'median time to the first piece': text('median time to the first piece', '첫 조각까지 걸린 시간의 중앙값'),
  'gap between pieces, p50': text('gap between pieces, p50', '조각 사이의 간격, p50'),
  'gap between pieces, p95': text('gap between pieces, p95', '조각 사이의 간격, p95'),
  'until the server knows of a cancel': text('until the server knows of a cancel', '서버가 취소를 알 때까지'),
  'pieces said after a cancel, mean': text(
    'pieces said after a cancel, mean',
    '취소 뒤에 보낸 조각 수의 평균',
  ),
  'pieces lost by the cut': text('pieces lost by the cut', '연결이 끊겨 유실된 조각 수'),
  'time to connect': text('time to connect', '연결까지 걸린 시간'),
  'TLS around a record': text('TLS around a record', '레코드를 감싼 TLS'),
  'handshake messages up': text('handshake messages up', '보낸 TLS 핸드셰이크 메시지'),
  'handshake messages down': text('handshake messages down', '받은 TLS 핸드셰이크 메시지'),
  'head of a frame of HTTP/2': text('head of a frame of HTTP/2', 'HTTP/2 프레임의 머리'),
  'head of a repeated POST': text('head of a repeated POST', '되풀이한 POST의 헤더'),
  'connections a client': text('connections a client', '클라이언트당 연결 수'),
  'HTTP/2 around a frame up': text('HTTP/2 around a frame up', '보낼 때 프레임을 감싼 HTTP/2'),
  'HTTP/2 around a frame down': text('HTTP/2 around a frame down', '받을 때 프레임을 감싼 HTTP/2'),
  'half of the herd back after': text('half of the herd back after', '절반이 복귀하기까지'),
  '95 in 100 back after': text('95 in 100 back after', '100개 중 95개가 복귀하기까지'),
  'most clients within 100 ms': text('most clients within 100 ms', '100 ms 안에 온 최대 클라이언트 수'),
  'clients in at the first attempt': text(
    'clients in at the first attempt',
    '첫 시도에 연결된 클라이언트 수',
  ),
  'in before the others give up': text(
    'in before the others give up',
    '다른 클라이언트가 포기하기 전에 연결된 수',
  ),
  'in after a minute': text('in after a minute', '1분 뒤에 연결된 수'),
  'payload that Redis passed on': text('payload that Redis passed on', 'Redis가 전달한 페이로드'),
  'of 100 copies, heard while Redis was silent': text(
    'of 100 copies, heard while Redis was silent',
    'Redis가 조용한 동안 100개 가운데 들은 메시지',
  ),
  'let in and put out, a second and client': text(
    'let in and put out, a second and client',
    '클라이언트당 초마다 받아들여졌다가 끊긴 횟수',
  ),
  'kept by the system': text('kept by the system', '시스템에 쌓이는 양'),
  'heard by who stopped reading': text('heard by who stopped reading', '읽기를 멈춘 클라이언트가 들은 수'),
  'kept by the server a message': text('kept by the server a message', '메시지마다 서버에 쌓이는 양'),
  'time to upgrade': text('time to upgrade', '업그레이드까지 걸린 시간'),
};

const unitNames: Readonly<Record<string, Text>> = {
  B: text('B', 'B'),
  'B/message': text('B/message', 'B/메시지'),
  'B/event': text('B/event', 'B/이벤트'),
  'B/record': text('B/record', 'B/레코드'),
  'B/connection': text('B/connection', 'B/연결'),
  'B/frame': text('B/frame', 'B/프레임'),
  'B/request': text('B/request', 'B/요청'),
};

/** What is known of a prediction before anything is measured; its tolerance may be missing. */
export type Foreseen = Pick<Prediction, 'law' | 'metric' | 'unit' | 'predicted'> &
  Partial<Pick<Prediction, 'tolerance'>>;

/** Units that are printed with the figure; all others are printed once, beside the metric. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  // Never in seconds: rounded to them, a law and its measurement would too often look the same.
  ms: (value) => `${milliseconds(value * 1e6)} ms`,
  share,
};

/** A metric of this version in the reader's language, any other as it is. */
export function metricText({ metric, unit }: Foreseen, reader: Reader): string {
  const name = own(metricNames, metric);
  const worded = name ? say(reader, name) : metric;
  // A metric such as "polls made" has its unit in its name.
  const said = ['', 'count', ...Object.keys(formats), ...metric.split(' ')].includes(unit);
  if (said) return worded;
  const unitName = own(unitNames, unit);
  return say(reader, wordings.inUnit, { metric: worded, unit: unitName ? say(reader, unitName) : unit });
}

/** A short set of admissible values is listed whole, a long one by its ends. */
export function admissible(prediction: Foreseen, reader: Reader): string {
  const values = [prediction.predicted].flat().map(formatOf(prediction));
  const last = values.at(-1) ?? say(reader, noFigure.none);
  if (values.length < 2) return last;
  const first = values.length <= 4 ? values.slice(0, -1).join(', ') : `${values[0]} …`;
  return say(reader, wordings.or, { first, last });
}

/** For an exact law nothing is rounded away; a mean that may differ by chance needs no third decimal. */
export const formatOf = ({ unit, tolerance = 0 }: Foreseen) =>
  own(formats, unit) ?? (tolerance === 0 ? exact : decimal);

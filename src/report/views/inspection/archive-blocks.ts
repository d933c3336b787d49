/** The result of inspecting an archive of DevTools (HAR): what it holds, and in one sentence what it cannot show. */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Archive } from '../../../document/archive.ts';
import type { Block } from '../../blocks/block.ts';
import { count, decimal, time } from '../../blocks/quantities.ts';
import { directionNames } from '../../blocks/table-words.ts';
import { inspectionTitle } from './inspection-blocks.ts';
import { exchangesTable } from './inspection-exchanges.ts';
import { hintText } from './inspection-hints.ts';
import { inspectionThresholdBlocks } from './inspection-rules.ts';

const phrases = {
  summary: text(
    'In {time}: requests {requests}, messages {up} up and {down} down.',
    '{time} 동안 요청 {requests}개, 보낸 메시지 {up}개, 받은 메시지 {down}개.',
  ),
  connections: text(
    'Connections {connections}, as the archive names them.',
    '아카이브에 적힌 연결 {connections}개.',
  ),
  hints: text('What stands out', '눈에 띄는 점'),
  spoken: text('What was said', '주고받은 것'),
  libraries: text('it speaks: {names}', '사용하는 것: {names}'),
  webSockets: text(
    'requests for a WebSocket: {asked}, refused or stripped on the way {refused}',
    'WebSocket 요청 {asked}개, 그중 거부되거나 도중에 빠진 것 {refused}개',
  ),
  polls: text(
    'polls: {made}, of these {empty} with nothing new',
    '폴링 {made}개, 그중 새로운 것이 없던 것 {empty}개',
  ),
  steady: text(
    'the same message every {seconds} s, {times} times, {direction}: {text}',
    '{seconds}초마다 같은 메시지 {times}번, {direction}: {text}',
  ),
  limits: text(
    'Not balanced, because an archive (HAR) cannot be: it does not hold the bytes of the wire, so nothing is said of layers, heads of frames, sizes of chunks, TLS, compression, or headers of HTTP/2 and 3, and bytes are those of whole exchanges of HTTP/1.x, without the messages of WebSockets.',
    '바이트 합계는 맞춰 보지 않았습니다. 아카이브(HAR)에는 실제로 오간 바이트가 없어 맞춰 볼 수 없기 때문입니다. 계층, 프레임 헤더, 청크 크기, TLS, 압축, HTTP/2와 3의 헤더는 알 수 없으며, 바이트는 HTTP/1.x 요청과 응답 전체의 크기이고 WebSocket 메시지는 들어 있지 않습니다.',
  ),
  title: text('What this file does not tell', '이 파일로는 알 수 없는 것'),
  computed: text(
    'exchanges of HTTP/1.x whose headers are not measured but computed from their fields: {entries}',
    '헤더 크기가 적혀 있지 않아 필드로 계산한 HTTP/1.x 요청: {entries}개',
  ),
  unweighed: text(
    'answered requests with bytes that nobody knows: {entries}, “-” in the table',
    '응답을 받았지만 바이트를 알 수 없는 요청: {entries}개, 표에서는 “-”',
  ),
  unanswered: text(
    'requests without an answer: {entries}; broken off, going on, or never sent',
    '응답이 없는 요청: {entries}개. 끊겼거나, 진행 중이거나, 보내지 않은 것',
  ),
  withoutConnection: text(
    'answered requests that do not say which connection was theirs: {entries}, so connections are not counted',
    '어느 연결로 갔는지 적혀 있지 않은 요청: {entries}개. 그래서 연결은 세지 않음',
  ),
  unheardStreams: text(
    'event streams without their text: {entries}; their events are in no figure',
    '내용이 저장되지 않은 이벤트 스트림: {entries}개. 그 이벤트는 세지 않음',
  ),
  unheardSockets: text(
    'WebSockets without their messages: {entries}; only Chromium writes them',
    '메시지가 저장되지 않은 WebSocket: {entries}개. 메시지는 Chromium만 저장함',
  ),
  leftOut: text(
    'entries left out, because the browser’s cache answered or they are no HTTP: {entries}',
    '브라우저 캐시에서 나왔거나 HTTP가 아니라서 뺀 항목: {entries}개',
  ),
} as const;

export function archiveBlocks(seen: Archive, reader: Reader): Block[] {
  const { durationMs, requests, messages, connections, hints } = seen;
  const summary = say(reader, phrases.summary, {
    time: time(durationMs * 1e6),
    requests: count(requests),
    up: count(messages.up),
    down: count(messages.down),
  });
  const known =
    connections === null ? [] : [say(reader, phrases.connections, { connections: count(connections) })];
  const list = (title: string, items: string[]): Block[] =>
    items.length > 0 ? [{ kind: 'list', title, items }] : [];
  return [
    { kind: 'heading', text: say(reader, inspectionTitle, { target: seen.target }) },
    { kind: 'paragraph', text: [summary, ...known].join(' ') },
    ...list(
      say(reader, phrases.hints),
      hints.map((hint) => hintText(hint, reader)),
    ),
    ...list(say(reader, phrases.spoken), spokenOf(seen, reader)),
    { kind: 'table', table: exchangesTable(seen, reader) },
    { kind: 'paragraph', text: say(reader, phrases.limits) },
    ...list(say(reader, phrases.title), gapsOf(seen, reader)),
    ...inspectionThresholdBlocks(seen.thresholds, reader),
  ];
}

function spokenOf({ libraries, handshakes, polls, steadyMessages }: Archive, reader: Reader): string[] {
  const { asked, refused, stripped } = handshakes;
  const sockets = { asked: count(asked), refused: count(refused + stripped) };
  const made = { made: count(polls.made), empty: count(polls.empty) };
  return [
    ...(libraries.length > 0 ? [say(reader, phrases.libraries, { names: libraries.join(', ') })] : []),
    ...(asked > 0 ? [say(reader, phrases.webSockets, sockets)] : []),
    ...(polls.made > 0 ? [say(reader, phrases.polls, made)] : []),
    ...steadyMessages.map((message) =>
      say(reader, phrases.steady, {
        seconds: decimal(message.periodMs / 1000),
        times: count(message.count),
        text: message.text,
        direction: say(reader, directionNames[message.direction]),
      }),
    ),
  ];
}

function gapsOf({ source }: Archive, reader: Reader): string[] {
  const gaps: readonly (readonly [number, Phrase<'entries'>])[] = [
    [source.computed, phrases.computed],
    [source.unweighed, phrases.unweighed],
    [source.unanswered, phrases.unanswered],
    [source.withoutConnection, phrases.withoutConnection],
    [source.unheardStreams, phrases.unheardStreams],
    [source.unheardSockets, phrases.unheardSockets],
    [source.leftOut, phrases.leftOut],
  ];
  return gaps.flatMap(([many, phrase]) => (many > 0 ? [say(reader, phrase, { entries: count(many) })] : []));
}

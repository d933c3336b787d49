/** Describes the file that was inspected: what it holds besides the bytes that have owners, and what it lacks. */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Inspection, InspectionSource } from '../../../document/inspection.ts';
import type { Block } from '../../blocks/block.ts';
import { bytes, count } from '../../blocks/quantities.ts';

const phrases = {
  balanced: text(
    'Balanced: each of the {bytes} that TCP carried has one owner.',
    '바이트 합계 일치: TCP로 오간 {bytes} 모두 어느 계층의 것인지 확인됨.',
  ),
  tcp: text(
    'Around them, owned by nobody above: packets {packets}, headers of IP and TCP {headers}, bytes captured again {repeated}.',
    '그 둘레에 있어 위 표에 없는 것: 패킷 {packets}개, IP와 TCP 헤더 {headers}, 다시 캡처된 바이트 {repeated}.',
  ),
  title: text('What the file does not tell', '파일로는 알 수 없는 것'),
  missing: text('{bytes} were never captured, in {holes} places', '캡처되지 않은 바이트 {bytes}({holes}곳)'),
  afterHoles: text(
    'captured but not read, because bytes before them in the same direction are missing: {bytes}, connections {connections}; they are “unparsed”, not guessed at',
    '같은 방향의 앞선 바이트가 빠져 캡처되었어도 읽지 않은 바이트 {bytes}(연결 {connections}개). 추측하지 않고 “해석불가”로 둠',
  ),
  cut: text(
    'packets that were cut when they were captured: {packets}, without {bytes}; capture with `tcpdump -s 0`',
    '캡처할 때 잘린 패킷 {packets}개, 빠진 바이트 {bytes}. `tcpdump -s 0`으로 캡처하십시오',
  ),
  dropped: text(
    'packets that the capturing program says to have missed: {packets}',
    '캡처 프로그램이 놓쳤다고 적은 패킷: {packets}개',
  ),
  fragments: text(
    'pieces of fragmented IP packets, which are not put together: {packets}',
    '조각난 IP 패킷의 조각(합치지 않음): {packets}개',
  ),
  joinedLate: text(
    'connections that were open before the capture began: {connections}',
    '캡처를 시작하기 전에 열린 연결: {connections}개',
  ),
  torn: text('the file ends in the middle of a packet', '파일이 패킷 중간에서 끝남'),
  broken: text(
    'the file is broken: what stands behind packet {packets} is none, and was not read',
    '파일이 손상됨: 패킷 {packets} 뒤의 내용은 패킷이 아니므로 읽지 않음',
  ),
  sealed: text(
    'connections left out because TLS seals them, and their secrets are not there: {connections}; `--keylog` names them',
    'TLS인데 키가 없어 뺀 연결: {connections}개. `--keylog`로 키 파일을 정할 수 있음',
  ),
  leftOut: text(
    'other connections left out: {connections}, {bytes}; `--port` names the application’s own',
    '그 밖에 뺀 연결: {connections}개, {bytes}. `--port`로 애플리케이션의 포트를 정할 수 있음',
  ),
} as const;

export function sourceBlocks(source: InspectionSource, wire: Inspection['wire'], reader: Reader): Block[] {
  const { tcp } = source;
  const around = {
    packets: count(tcp.packets),
    headers: bytes(tcp.headerBytes),
    repeated: bytes(tcp.repeatedBytes),
  };
  const items = gaps(source, reader);
  return [
    { kind: 'paragraph', text: say(reader, phrases.balanced, { bytes: bytes(wire.socketBytes) }) },
    { kind: 'paragraph', text: say(reader, phrases.tcp, around) },
    ...(items.length > 0 ? [{ kind: 'list', title: say(reader, phrases.title), items } as const] : []),
  ];
}

function gaps(source: InspectionSource, reader: Reader): string[] {
  const { tcp, leftOut, afterHoles } = source;
  const sealed = leftOut.tls + leftOut.http2;
  const told: readonly (readonly [number | null, Phrase<string>, Readonly<Record<string, string>>])[] = [
    [tcp.holes, phrases.missing, { bytes: bytes(tcp.missingBytes), holes: count(tcp.holes) }],
    [
      afterHoles.bytes,
      phrases.afterHoles,
      { bytes: bytes(afterHoles.bytes), connections: count(afterHoles.connections) },
    ],
    [source.cutPackets, phrases.cut, { packets: count(source.cutPackets), bytes: bytes(source.cutBytes) }],
    [source.droppedPackets, phrases.dropped, { packets: count(source.droppedPackets ?? 0) }],
    [source.fragments, phrases.fragments, { packets: count(source.fragments) }],
    [tcp.joinedLate, phrases.joinedLate, { connections: count(tcp.joinedLate) }],
    [Number(source.ending === 'torn'), phrases.torn, {}],
    [Number(source.ending === 'broken'), phrases.broken, { packets: count(source.packets) }],
    [sealed, phrases.sealed, { connections: count(sealed) }],
    [
      leftOut.connections - sealed,
      phrases.leftOut,
      { connections: count(leftOut.connections - sealed), bytes: bytes(leftOut.bytes) },
    ],
  ];
  return told.flatMap(([many, phrase, values]) => (many ? [say(reader, phrase, values)] : []));
}

/**
 * Findings as sentences: which transport, by how many bytes, and the name of the cause. Either one finding on its own,
 * or a line for each cause: the fields of one more ping are reported as one more ping.
 */

import { own } from '../../../base/lookup.ts';
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import { addedBytes, isHeavier, type WireChange } from '../../../gate/differences.ts';
import { gathered } from '../../blocks/gathered.ts';
import { exact, signed } from '../../blocks/quantities.ts';
import { directionNames } from '../../blocks/table-words.ts';

const stageNames: Readonly<Record<WireChange['stage'], Text>> = {
  handshake: text('handshake of TLS', 'TLS 핸드셰이크'),
  setup: text('set-up', '연결'),
  message: text('message and echo', '메시지와 에코'),
  binary: text('binary message and echo', '바이너리 메시지와 에코'),
  event: text('event', '이벤트'),
  poll: text('empty poll', '빈 폴링'),
  heartbeat: text('heartbeat', '하트비트'),
  close: text('close', '종료'),
  request: text('request', '요청'),
  response: text('response', '응답'),
  field: text('occurrence', '한 번'),
};

/** A finding of two runs has the scenarios in which it shows. */
export type ToldFinding = WireChange & { readonly scenarios?: readonly string[] };

const phrases = {
  header: text('header `{line}`', '헤더 `{line}`'),
  field: text('{layer} `{name}`', '{layer} `{name}`'),
  added: text('new {what}', '새 {what}'),
  gone: text('gone: {what}', '없어짐: {what}'),
  size: text('{what} weighs {after} B, was {before}', '{what}: {before} → {after} B'),
  stageNew: text('not in the baseline', '기준에 없음'),
  stageGone: text('in the baseline, not any more', '기준에 있었으나 없어짐'),
  line: text(
    '{where}: {bytes} B per {stage} {direction}: {cause}',
    '{where}: {stage} {direction} {bytes} B: {cause}',
  ),
  where: text('{transports} ({scenarios})', '{transports}({scenarios})'),
  comes: text('{what} comes {after}, was {before}', '{what}: {before} → {after}'),
  once: text('once', '1번'),
  twice: text('twice', '2번'),
  times: text('{count} times', '{count}번'),
  request: text('1 request, was {before}', '요청 {before} → 1번'),
  requests: text('{after} requests, was {before}', '요청 {before} → {after}번'),
  connection: text('1 connection, was {before}', '연결 {before} → 1개'),
  connections: text('{after} connections, was {before}', '연결 {before} → {after}개'),
  oneMore: text('one {thing} more', '{thing} 1개 늘어남'),
  oneFewer: text('one {thing} fewer', '{thing} 1개 줄어듦'),
  more: text('{count} {thing}s more', '{thing} {count}개 늘어남'),
  fewer: text('{count} {thing}s fewer', '{thing} {count}개 줄어듦'),
};

/** Parts of a head that are not headers. */
const partsOfHeads: Readonly<Record<string, Text>> = {
  'request-line': text('request line', '요청 줄'),
  'status-line': text('status line', '상태 줄'),
  'blank-line': text('blank line', '빈 줄'),
};

/** `header \`x-powered-by: Express\``, `request line`, `websocket masking-key`, `http2 settings ENABLE_PUSH=0`. */
function named({ layer, name, sample }: WireChange, reader: Reader): string {
  if (layer !== 'http') {
    const read = sample === null ? (name ?? '') : `${name} ${sample}`;
    return say(reader, phrases.field, { layer: layer ?? '', name: read });
  }
  const part = own(partsOfHeads, name ?? '');
  if (part) return sample === null ? say(reader, part) : `${say(reader, part)} \`${sample}\``;
  return say(reader, phrases.header, { line: sample ?? name ?? '' });
}

/** How often, in words. */
function timesText(count: number, reader: Reader): string {
  if (count === 1) return say(reader, phrases.once);
  return count === 2 ? say(reader, phrases.twice) : say(reader, phrases.times, { count: exact(count) });
}

function causeText(finding: WireChange, reader: Reader): string {
  const { cause, bytes, count } = finding;
  const [before, after] = [exact(count.before), exact(count.after)];
  switch (cause) {
    case 'new':
      return say(reader, phrases.added, { what: named(finding, reader) });
    case 'gone':
      return say(reader, phrases.gone, { what: named(finding, reader) });
    case 'size':
      return say(reader, phrases.size, {
        what: named(finding, reader),
        before: exact(bytes.before),
        after: exact(bytes.after),
      });
    case 'count':
      return say(reader, phrases.comes, {
        what: named(finding, reader),
        before: timesText(count.before, reader),
        after: timesText(count.after, reader),
      });
    case 'requests':
      return count.after === 1
        ? say(reader, phrases.request, { before })
        : say(reader, phrases.requests, { before, after });
    case 'connections':
      return count.after === 1
        ? say(reader, phrases.connection, { before })
        : say(reader, phrases.connections, { before, after });
    case 'stage':
      return say(reader, finding.count.after > 0 ? phrases.stageNew : phrases.stageGone);
  }
}

const placeOf = ({ transport, scenarios = [] }: ToldFinding, reader: Reader): string =>
  scenarios.length === 0
    ? transport
    : say(reader, phrases.where, { transports: transport, scenarios: scenarios.join(', ') });

/** One finding on its own: for an annotation, a JUnit case, a document. */
export const findingText = (finding: ToldFinding, reader: Reader): string =>
  lineText(placeOf(finding, reader), { cause: causeText(finding, reader), ...weightOf([finding]) }, reader);

interface Weight {
  readonly bytes: number;
  readonly stage: WireChange['stage'];
  readonly direction: WireChange['direction'];
}

function weightOf([first, ...others]: readonly [WireChange, ...WireChange[]]): Weight {
  const isOneWay = others.every(({ direction }) => direction === first.direction);
  return {
    bytes: [first, ...others].reduce((sum, finding) => sum + addedBytes(finding), 0),
    stage: first.stage,
    direction: isOneWay ? first.direction : 'both',
  };
}

const lineText = (
  where: string,
  { bytes, stage, direction, cause }: Weight & { readonly cause: string },
  reader: Reader,
): string =>
  say(reader, phrases.line, {
    where,
    cause,
    bytes: signed(bytes),
    stage: say(reader, stageNames[stage]),
    direction: say(reader, directionNames[direction]),
  });

/** How the fields of one thing are recognised, the most telling first: a ping of Engine.IO comes in a frame. */
const things: readonly [is: (finding: WireChange) => boolean, thing: Text][] = [
  [({ layer, name }) => layer === 'engine.io' && name === 'ping', text('ping', '핑')],
  [({ layer, name }) => layer === 'websocket' && name === 'ping-data', text('ping', '핑')],
  [({ layer, stage }) => layer === 'websocket' && stage === 'heartbeat', text('ping', '핑')],
  [({ layer, name }) => layer === 'sse' && name === 'comment', text('comment', '주석')],
  [({ layer, name }) => layer === 'sse' && name === 'data', text('event', '이벤트')],
  [({ layer, name }) => layer === 'socket.io' && name === 'event', text('event', '이벤트')],
  [({ layer, name }) => layer === 'websocket' && name === 'opcode', text('frame', '프레임')],
  [({ layer, name }) => layer === 'chunk' && name === 'size', text('chunk', '청크')],
];

/**
 * Groups the fields of one ping or packet, which come equally often. A run is not scripted, so its fields stay apart.
 */
function togetherKey(finding: ToldFinding, index: number): unknown {
  const { transport, stage, layer, cause, count } = finding;
  const isPart = layer !== null && layer !== 'http' && ['new', 'gone', 'count'].includes(cause);
  const more = count.after - count.before;
  return isPart && finding.scenarios === undefined && Number.isInteger(more)
    ? [transport, stage, more, isHeavier(finding)]
    : index;
}

/** The cause and what it adds, without the transports it affects. */
interface Cause extends Weight {
  readonly finding: ToldFinding;
  readonly cause: string;
}

function causesOf(findings: readonly ToldFinding[], reader: Reader): Cause[] {
  const indexed = findings.map((finding, index) => ({ finding, key: togetherKey(finding, index) }));
  return gathered(indexed, ({ key }) => key).flatMap((same): Cause[] => {
    const group = same.map(({ finding }) => finding) as [ToldFinding, ...ToldFinding[]];
    const [first] = group;
    const thing = things.find(([is]) => group.some(is))?.[1];
    if (group.length === 1 || !thing)
      return group.map((finding) => ({
        finding,
        cause: causeText(finding, reader),
        ...weightOf([finding]),
      }));
    return [{ finding: first, cause: thingText(first, say(reader, thing), reader), ...weightOf(group) }];
  });
}

function thingText({ count }: WireChange, thing: string, reader: Reader): string {
  const more = count.after - count.before;
  if (Math.abs(more) === 1) return say(reader, more > 0 ? phrases.oneMore : phrases.oneFewer, { thing });
  return say(reader, more > 0 ? phrases.more : phrases.fewer, { thing, count: exact(Math.abs(more)) });
}

export interface FindingLine {
  readonly heavier: boolean;
  /** The scenarios in which it shows, for two runs; empty for two weighings. */
  readonly scenarios: readonly string[];
  readonly text: string;
}

/** A line for each cause: fields that belong together, and transports with the same cause, share one. */
export const findingLines = (findings: readonly ToldFinding[], reader: Reader): FindingLine[] =>
  gathered(causesOf(findings, reader), ({ finding, ...cause }) => [
    ...[finding.scenarios, isHeavier(finding)],
    cause,
  ]).map((same) => {
    const [{ finding, ...cause }] = same;
    const transports = [...new Set(same.map((one) => one.finding.transport))].join(', ');
    return {
      heavier: isHeavier(finding),
      scenarios: finding.scenarios ?? [],
      text: lineText(transports, cause, reader),
    };
  });

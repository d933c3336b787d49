/** The cells of the matrix: what a probe found at a proxy, in a few words. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { ProbedProxy } from '../../../questions/passage/configuration-passage.ts';
import { leavingPatienceMs, type Told } from '../../../questions/passage/leaving-passage.ts';
import { isHeadLate, type StreamPassage } from '../../../questions/passage/stream-passage.ts';
import type { ThroughAnswer } from '../../../questions/passage/through-asking.ts';
import type { UpgradePassage } from '../../../questions/passage/upgrade-passage.ts';
import { bytes, count, decimal, time } from '../../blocks/quantities.ts';

const words = {
  eventByEvent: text('event by event', '이벤트마다 바로'),
  late: text('each {ms} late', '이벤트마다 {ms} 늦음'),
  buffered: text('buffered, {bytes} at a time', '{bytes}씩 모아서 보냄'),
  slow: text('slowed to {bytes}/s', '초당 {bytes}로 느려짐'),
  atTheEnd: text('nothing until it ends', '끝날 때까지 아무것도 안 옴'),
  cutAfter: text('cut after {ms}, {count} events', '{ms} 뒤 끊김, 이벤트 {count}개'),
  coded: text('{what} (as {coding})', '{what}({coding}로)'),
  answered: text('{status} by {whom}', '{whom}가 {status}로 응답'),
  atOnce: text('at once', '바로'),
  headLate: text('{ms} late', '{ms} 늦음'),
  held: text('answered {status} after {ms}', '{ms} 뒤 {status}'),
  byProxy: text('{what}, by the proxy', '{what}(프록시의 응답)'),
  cut: text('cut', '끊김'),
  noAnswer: text('no answer', '응답 없음'),
  complete: text('looks complete', '온전해 보임'),
  passes: text('passes', '통과'),
  stripped: text('stripped: the server answers {status}', '제거됨: 서버가 {status}로 응답'),
  refused: text('refused {status}', '{status}로 거부'),
  swallowed: text('swallowed: no answer', '삼킴: 응답 없음'),
  closed: text('closed without an answer', '응답 없이 연결을 닫음'),
  broken: text('opens, and carries nothing', '열리지만 아무것도 오가지 않음'),
  server: text('the server', '서버'),
  proxy: text('the proxy', '프록시'),
  nobody: text('nobody', '아무도 없음'),
  websocket: text('upgrades to WebSocket', 'WebSocket으로 전환'),
  polling: text('stays with polling', '폴링에 머무름'),
  nothing: text('does not work', '동작하지 않음'),
  price: text(
    'client {near}, server {far} (direct {direct})',
    '클라이언트 {near}, 서버 {far}(직접 {direct})',
  ),
  pricePolling: text(
    'client {near}, server {far} (direct {direct}; WebSocket {websocket}); {count} connections',
    '클라이언트 {near}, 서버 {far}(직접 {direct}, WebSocket {websocket}), 연결 {count}개',
  ),
  told: text('after {ms}', '{ms} 뒤'),
  notTold: text('not within {ms}', '{ms} 안에 모름'),
  neverAsked: text('was never asked', '요청이 오지 않음'),
  pair: text('{stream} / {poll}', '{stream} / {poll}'),
  post: text('client: {end}; delivered {count}×', '클라이언트: {end}, 전달 {count}번'),
  connections: text('{count} (HTTP/{version})', '{count}(HTTP/{version})'),
  limited: text('{count} of {all} answered {status}', '{all}개 중 {count}개에 {status}로 응답'),
  readers: text('{count} of 2', '2명 중 {count}명'),
  turnedAway: text('{count} of 2; refused {status}', '2명 중 {count}명, {status}로 거부'),
};

const ms = (value: number): string => time(value * 1e6);
/** Up to this long, a delay is only the machine's own time. */
const soonMs = 60;
/** Rounded to ten milliseconds: finer differences are the machine's own. */
export function about(value: number): string {
  if (value < 1000) return `${count(Math.round(value / 10) * 10)} ms`;
  return value < 10_000 ? ms(value) : `${count(Math.round(value / 1000))} s`;
}

export const soon = (value: number, reader: Reader): string =>
  value < soonMs ? say(reader, words.atOnce) : say(reader, words.told, { ms: about(value) });

const whom = (by: 'server' | 'proxy', reader: Reader) => say(reader, words[by]);

export function streamText(stream: StreamPassage, reader: Reader): string {
  const what = bareStreamText(stream, reader);
  const coding = 'coding' in stream ? stream.coding : null;
  return coding === null ? what : say(reader, words.coded, { what, coding });
}

function bareStreamText(stream: StreamPassage, reader: Reader): string {
  switch (stream.how) {
    case 'event by event':
      return say(reader, words.eventByEvent);
    case 'late':
      return say(reader, words.late, { ms: about(stream.ms) });
    case 'buffered':
      return say(reader, words.buffered, { bytes: bytes(stream.bytes) });
    case 'slow':
      return say(reader, words.slow, { bytes: bytes(Math.round(stream.bytesPerSecond / 100) * 100) });
    case 'at the end':
      return say(reader, words.atTheEnd);
    case 'cut':
      return say(reader, words.cutAfter, { ms: about(stream.ms), count: count(stream.events) });
    case 'answered':
      return say(reader, words.answered, { status: String(stream.status), whom: whom(stream.by, reader) });
    case 'nothing':
      return say(reader, words.noAnswer);
  }
}

export const headText = (stream: StreamPassage, reader: Reader): string => {
  if (!('headMs' in stream)) return '-';
  return isHeadLate(stream)
    ? say(reader, words.headLate, { ms: about(stream.headMs) })
    : say(reader, words.atOnce);
};

const byWhom = (what: string, { by }: Pick<ThroughAnswer, 'by'>, reader: Reader) =>
  by === 'proxy' ? say(reader, words.byProxy, { what }) : what;

const endText = ({ status, end, by }: ThroughAnswer, reader: Reader): string => {
  if (end === 'no answer') return say(reader, words.noAnswer);
  return end === 'cut' ? say(reader, words.cut) : byWhom(String(status), { by }, reader);
};

/**
 * An answer made by the proxy is not marked as such here: a 5xx after the server has died cannot come from the server.
 */
const failedText = (answer: ThroughAnswer, reader: Reader) => endText({ ...answer, by: null }, reader);

export function pollText({ poll }: ProbedProxy, reader: Reader): string {
  if (poll.end !== 'complete') return endText(poll, reader);
  const held = say(reader, words.held, { status: String(poll.status), ms: about(poll.ms) });
  return byWhom(held, poll, reader);
}

/** An answer that the server broke off on purpose: if the proxy ends it well-formed, it hides the fault. */
export const deathText = (answer: ThroughAnswer, reader: Reader): string => {
  if (answer.by === 'proxy') return endText(answer, reader);
  const isLie = answer.end === 'complete' && answer.status === 200;
  return isLie ? say(reader, words.complete) : failedText(answer, reader);
};

export const postText = ({ dyingPost }: ProbedProxy, reader: Reader): string =>
  say(reader, words.post, { end: failedText(dyingPost, reader), count: String(dyingPost.deliveries) });

export const upgradeText = ({ how, status }: UpgradePassage, reader: Reader): string =>
  say(reader, words[how], { status: String(status) });

export const pongText = ({ upgrade }: ProbedProxy, reader: Reader): string =>
  upgrade.how === 'passes' ? say(reader, upgrade.pong ? words[upgrade.pong] : words.nobody) : '-';

export const fallbackText = ({ fallback }: ProbedProxy, reader: Reader): string =>
  say(reader, words[fallback.how]);

export function priceText({ fallback: { how, price } }: ProbedProxy, reader: Reader): string {
  if (!price) return '-';
  const round = (value: number) => bytes(Math.round(value));
  const told = { near: round(price.near), far: round(price.far), direct: round(price.direct) };
  if (how === 'websocket') return say(reader, words.price, told);
  return say(reader, words.pricePolling, {
    ...told,
    websocket: round(price.directWebSocket),
    count: decimal(price.connections),
  });
}

const toldText = (told: Told, reader: Reader) => {
  if (told === 'never asked') return say(reader, words.neverAsked);
  return told === null ? say(reader, words.notTold, { ms: ms(leavingPatienceMs) }) : soon(told, reader);
};

export function leavingText({ leaving }: ProbedProxy, reader: Reader): string {
  const [stream, poll] = [toldText(leaving.stream, reader), toldText(leaving.poll, reader)];
  return stream === poll ? stream : say(reader, words.pair, { stream, poll });
}

export const talkingText = ({ leaving }: ProbedProxy, reader: Reader): string =>
  leaving.stream === null ? toldText(leaving.talking, reader) : '-';

export function connectionsText({ connections }: ProbedProxy, reader: Reader): string {
  const { perHundred, httpVersion } = connections;
  if (perHundred === null || httpVersion === null) return say(reader, words.neverAsked);
  return say(reader, words.connections, { count: decimal(perHundred), version: httpVersion });
}

export const limitText = (
  { connections: { answered, asked, status } }: ProbedProxy,
  reader: Reader,
): string =>
  answered === 0
    ? '-'
    : say(reader, words.limited, { count: count(answered), all: count(asked), status: String(status) });

export const sharingText = ({ sharing }: ProbedProxy, when: 'atOnce' | 'after', reader: Reader): string => {
  const told = { count: String(sharing[when]), status: String(sharing.refused[when]) };
  return say(reader, sharing.refused[when] === null ? words.readers : words.turnedAway, told);
};

export const notStoredText = ({ sharing: { notStored } }: ProbedProxy, reader: Reader): string =>
  notStored === null ? '-' : say(reader, words.readers, { count: String(notStored) });

export const helpedHeadText = ({ helpedHeadMs }: ProbedProxy, reader: Reader): string =>
  helpedHeadMs === null ? '-' : soon(helpedHeadMs, reader);

/** What a probe found at a proxy, in a few words: a cell of the matrix. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { ProbedProxy } from '../../../questions/passage/configuration-passage.ts';
import { leavingPatienceMs } from '../../../questions/passage/request-passage.ts';
import { isHeadLate, type StreamPassage } from '../../../questions/passage/stream-passage.ts';
import { bytes, count, decimal, time } from '../../blocks/quantities.ts';

const words = {
  eventByEvent: text('event by event', '이벤트마다 바로'),
  late: text('each {ms} late', '이벤트마다 {ms} 늦음'),
  buffered: text('buffered, {bytes} at a time', '{bytes}씩 모아서 보냄'),
  atTheEnd: text('nothing until it ends', '끝날 때까지 아무것도 안 옴'),
  broken: text('broken ({why})', '깨짐({why})'),
  atOnce: text('at once', '바로'),
  headLate: text('{ms} late', '{ms} 늦음'),
  held: text('answered {status} after {ms}', '{ms} 뒤 {status}'),
  cut: text('cut', '끊김'),
  noAnswer: text('no answer', '응답 없음'),
  complete: text('looks complete', '온전해 보임'),
  passes: text('passes', '통과'),
  stripped: text('stripped: the server answers {status}', '제거됨: 서버가 {status}로 응답'),
  refused: text('refused {status}', '{status}로 거부'),
  swallowed: text('swallowed: no answer', '삼킴: 응답 없음'),
  opensOnly: text('opens, and carries nothing', '열리지만 아무것도 오가지 않음'),
  server: text('the server', '서버'),
  proxy: text('the proxy', '프록시'),
  nobody: text('nobody', '아무도 없음'),
  websocket: text('upgrades to WebSocket', 'WebSocket으로 전환'),
  polling: text('stays with polling', '폴링에 머무름'),
  nothing: text('does not work', '동작하지 않음'),
  told: text('after {ms}', '{ms} 뒤'),
  notTold: text('not within {ms}', '{ms} 안에 모름'),
  pair: text('{stream} / {poll}', '{stream} / {poll}'),
  post: text('client: {end}; delivered {count}×', '클라이언트: {end}, 전달 {count}번'),
  status: text('{status}', '{status}'),
  connections: text('{count} (HTTP/{version})', '{count}(HTTP/{version})'),
  readers: text('{count} of 2', '2명 중 {count}명'),
};

const ms = (value: number): string => time(value * 1e6);
/** What takes no longer, takes only the machine's time. */
const soonMs = 60;
/** To ten milliseconds: more digits are the machine's. */
const about = (value: number): string =>
  value < 1000 ? `${count(Math.round(value / 10) * 10)} ms` : ms(value);

export function streamText(stream: StreamPassage, reader: Reader): string {
  if (stream.how === 'event by event') return say(reader, words.eventByEvent);
  if (stream.how === 'late') return say(reader, words.late, { ms: about(stream.ms) });
  if (stream.how === 'buffered') return say(reader, words.buffered, { bytes: bytes(stream.bytes) });
  return stream.how === 'at the end'
    ? say(reader, words.atTheEnd)
    : say(reader, words.broken, { why: stream.why });
}

const headText = (stream: StreamPassage, reader: Reader): string => {
  if (stream.how === 'broken') return '-';
  return isHeadLate(stream)
    ? say(reader, words.headLate, { ms: about(stream.headMs) })
    : say(reader, words.atOnce);
};

type AnswerSeen = ProbedProxy['death']['chunked'];

const endText = ({ status, end }: AnswerSeen, reader: Reader): string => {
  if (end === 'no answer') return say(reader, words.noAnswer);
  return end === 'cut' ? say(reader, words.cut) : say(reader, words.status, { status: String(status) });
};

/** Of an answer that was torn on purpose: a well-formed end is a lie. */
const deathText = (answer: AnswerSeen, reader: Reader): string =>
  answer.end === 'complete' && answer.status === 200 ? say(reader, words.complete) : endText(answer, reader);

export function upgradeText({ upgrade: { how, status } }: ProbedProxy, reader: Reader): string {
  if (how === 'passes') return say(reader, words.passes);
  if (how === 'swallowed') return say(reader, words.swallowed);
  if (how === 'broken') return say(reader, words.opensOnly);
  return say(reader, words[how], { status: String(status) });
}

const pongs = { server: words.server, proxy: words.proxy };

export const fallbackText = ({ fallback }: ProbedProxy, reader: Reader): string =>
  say(reader, words[fallback.how]);

export function leavingText({ leaving }: ProbedProxy, reader: Reader): string {
  const one = (told: number | null) =>
    told === null
      ? say(reader, words.notTold, { ms: ms(leavingPatienceMs) })
      : told < soonMs
        ? say(reader, words.atOnce)
        : say(reader, words.told, { ms: about(told) });
  const [stream, poll] = [one(leaving.stream), one(leaving.poll)];
  return stream === poll ? stream : say(reader, words.pair, { stream, poll });
}

interface PassageRow {
  readonly asked: ReturnType<typeof text>;
  readonly cell: (probed: ProbedProxy, reader: Reader) => string;
}

export const passageRows: readonly PassageRow[] = [
  {
    asked: text('an event stream comes', '이벤트 스트림'),
    cell: ({ stream }, reader) => streamText(stream, reader),
  },
  { asked: text('its head comes', '스트림의 헤더'), cell: ({ stream }, reader) => headText(stream, reader) },
  {
    asked: text('with X-Accel-Buffering: no and a first comment', 'X-Accel-Buffering: no와 첫 주석을 보내면'),
    cell: ({ helpedStream }, reader) => (helpedStream ? streamText(helpedStream, reader) : '-'),
  },
  {
    asked: text('a held poll', '붙들린 롱 폴'),
    cell: ({ poll }, reader) =>
      poll.end === 'complete'
        ? say(reader, words.held, { status: String(poll.status), ms: ms(poll.heldMs) })
        : endText(poll, reader),
  },
  { asked: text('a WebSocket', 'WebSocket'), cell: upgradeText },
  {
    asked: text('its pings are answered by', '핑에 답하는 쪽'),
    cell: ({ upgrade }, reader) =>
      upgrade.how === 'passes' ? say(reader, upgrade.pong ? pongs[upgrade.pong] : words.nobody) : '-',
  },
  {
    asked: text('Socket.IO', 'Socket.IO'),
    cell: fallbackText,
  },
  {
    asked: text(
      'the server knows that a reader left (quiet stream / held poll)',
      '독자가 떠난 것을 서버가 앎(조용한 스트림 / 붙들린 폴)',
    ),
    cell: leavingText,
  },
  {
    asked: text(
      'the server dies in mid-answer (chunks / length said)',
      '응답 도중 서버가 죽음(청크 / 길이를 말한 것)',
    ),
    cell: ({ death }, reader) =>
      say(reader, words.pair, {
        stream: deathText(death.chunked, reader),
        poll: deathText(death.length, reader),
      }),
  },
  {
    asked: text('a POST whose connection dies unanswered', '응답 없이 연결이 끊긴 POST'),
    cell: ({ dyingPost }, reader) =>
      say(reader, words.post, {
        end: endText(dyingPost, reader),
        count: String(dyingPost.deliveries),
      }),
  },
  {
    asked: text('connections to the server per 100 requests', '요청 100개당 서버로 연 연결'),
    cell: ({ connections }, reader) =>
      say(reader, words.connections, {
        count: decimal(connections.perHundred),
        version: connections.httpVersion,
      }),
  },
  {
    asked: text('two readers of one address: the server sees', '같은 주소의 독자 두 명을 서버가 봄'),
    cell: ({ readers }, reader) => say(reader, words.readers, { count: String(readers) }),
  },
];

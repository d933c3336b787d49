/** The rows of the matrix: what was asked, and under it what helps if it does not get through. */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Ailment } from '../../../network/proxies/proxy.ts';
import { isWell, remedyFor } from '../../../questions/passage/ailing.ts';
import type { ProbedProxy } from '../../../questions/passage/configuration-passage.ts';
import { commentEveryMs } from '../../../questions/passage/leaving-passage.ts';
import type { Cell } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import * as words from './passage-words.ts';
import * as standing from './standing-words.ts';

type CellOf = (probed: ProbedProxy, reader: Reader) => Cell;

interface PassageRow {
  readonly asked: Text;
  readonly cell: CellOf;
  /** The ailment that a configuration can remedy. */
  readonly ailment?: Ailment;
  /** What the application can do about it, and the result of that. */
  readonly helps?: readonly { readonly how: Text; readonly cell: CellOf }[];
}

const phrases = {
  remedy: text('→ {line}', '→ {line}'),
  measured: text('{found} ({flavour})', '{found}({flavour})'),
};

const rows: readonly PassageRow[] = [
  {
    asked: text('an event stream comes', '이벤트 스트림'),
    cell: ({ stream }, reader) => words.streamText(stream, reader),
    ailment: 'stream',
    helps: [
      {
        how: text(
          'the server says X-Accel-Buffering: no, no-store, no-transform, and a first comment',
          '서버가 X-Accel-Buffering: no, no-store, no-transform과 첫 주석을 보냄',
        ),
        cell: ({ helpedStream }, reader) => (helpedStream ? words.streamText(helpedStream, reader) : '-'),
      },
    ],
  },
  {
    asked: text('its head comes', '스트림의 헤더'),
    cell: ({ stream }, reader) => words.headText(stream, reader),
    ailment: 'head',
    helps: [{ how: text('a first comment', '첫 주석을 보냄'), cell: words.helpedHeadText }],
  },
  { asked: text('a held poll', '붙들린 롱 폴'), cell: words.pollText },
  {
    asked: text('a WebSocket (at /ws)', 'WebSocket(/ws)'),
    cell: ({ upgrade }, reader) => words.upgradeText(upgrade, reader),
    ailment: 'upgrade',
    helps: [
      {
        how: text('a transport besides: Socket.IO', '다른 방식도 갖춤: Socket.IO'),
        cell: (probed, reader) => (isWell.upgrade(probed) ? '-' : words.fallbackText(probed, reader)),
      },
    ],
  },
  {
    asked: text('a WebSocket elsewhere (/feed)', '다른 주소의 WebSocket(/feed)'),
    cell: ({ otherUpgrade }, reader) => (otherUpgrade ? words.upgradeText(otherUpgrade, reader) : '-'),
  },
  { asked: text('its pings are answered by', '핑에 답하는 쪽'), cell: words.pongText },
  { asked: text('Socket.IO', 'Socket.IO'), cell: words.fallbackText },
  {
    asked: text('its bytes an echo of 50 B, both ways', '50 B 에코 하나의 바이트(양방향)'),
    cell: words.priceText,
  },
  {
    asked: text(
      'the server knows that a reader left (quiet stream / held poll)',
      '독자가 떠난 것을 서버가 앎(조용한 스트림 / 붙들린 폴)',
    ),
    cell: words.leavingText,
    ailment: 'leaving',
    helps: [
      {
        how: text(`a comment every ${commentEveryMs} ms`, `${commentEveryMs} ms마다 주석을 보냄`),
        cell: words.talkingText,
      },
    ],
  },
  {
    asked: text('the server dies in mid-answer (chunks)', '응답 도중 서버가 죽음(청크)'),
    cell: ({ death }, reader) => words.deathText(death.chunked, reader),
    ailment: 'death',
    helps: [
      {
        how: text('the answer says its length', '응답이 길이를 말함'),
        cell: (probed, reader) => (isWell.death(probed) ? '-' : words.deathText(probed.death.length, reader)),
      },
    ],
  },
  {
    asked: text('a POST whose connection dies unanswered', '응답 없이 연결이 끊긴 POST'),
    cell: words.postText,
  },
  {
    asked: text('connections to the server per 100 requests', '요청 100개당 서버로 연 연결'),
    cell: words.connectionsText,
  },
  { asked: text('20 requests in a row', '잇따른 요청 20개'), cell: words.limitText },
  {
    asked: text('two readers at once: the server sees', '동시에 온 독자 두 명을 서버가 봄'),
    cell: (probed, reader) => words.sharingText(probed, 'atOnce', reader),
  },
  {
    asked: text('one after the other', '차례로 온 독자 두 명'),
    cell: (probed, reader) => words.sharingText(probed, 'after', reader),
    helps: [
      {
        how: text('the server says Cache-Control: no-store', '서버가 Cache-Control: no-store를 보냄'),
        cell: words.notStoredText,
      },
    ],
  },
  {
    asked: text('a request’s head', '요청 헤더'),
    cell: (probed, reader) => standing.headsText(probed, 'request', reader),
  },
  {
    asked: text('an answer’s head', '응답 헤더'),
    cell: (probed, reader) => standing.headsText(probed, 'response', reader),
  },
  {
    asked: text('a stream on which nothing is said', '아무 말 없는 스트림'),
    cell: ({ idle }, reader) => standing.idleText(idle.stream, idle.waitedMs, reader),
    ailment: 'idle',
    helps: [
      {
        how: text('a comment of the server now and then', '서버가 가끔 주석을 보냄'),
        cell: (probed, reader) => standing.keptText(probed, 'stream', 'comments', reader),
      },
    ],
  },
  {
    asked: text('a poll that is held on', '계속 붙들린 폴'),
    cell: ({ idle }, reader) => standing.idleText(idle.poll, idle.waitedMs, reader),
    helps: [{ how: text('it is held for less', '더 짧게 붙듦'), cell: standing.shortPollText }],
  },
  {
    asked: text('a WebSocket on which nothing is said', '아무 말 없는 WebSocket'),
    cell: ({ idle }, reader) => standing.idleText(idle.websocket, idle.waitedMs, reader),
    helps: [
      {
        how: text('the server pings', '서버가 핑을 보냄'),
        cell: (probed, reader) => standing.keptText(probed, 'websocket', 'serverPings', reader),
      },
      {
        how: text('the client pings', '클라이언트가 핑을 보냄'),
        cell: (probed, reader) => standing.keptText(probed, 'websocket', 'clientPings', reader),
      },
    ],
  },
  {
    asked: text('a reload: an open stream', '설정을 다시 읽을 때: 열린 스트림'),
    cell: (probed, reader) =>
      standing.reloadText(probed, ({ stream }) => standing.reloadEndText(stream, reader), reader),
    helps: [
      {
        how: text('the client comes again', '클라이언트가 다시 연결함'),
        cell: (probed, reader) => standing.againText(probed, 'stream', reader),
      },
    ],
  },
  {
    asked: text('a reload: an open WebSocket', '설정을 다시 읽을 때: 열린 WebSocket'),
    cell: (probed, reader) =>
      standing.reloadText(probed, ({ websocket }) => standing.reloadEndText(websocket, reader), reader),
    helps: [
      {
        how: text('the client comes again', '클라이언트가 다시 연결함'),
        cell: (probed, reader) => standing.againText(probed, 'websocket', reader),
      },
    ],
  },
  {
    asked: text('a reload: requests meanwhile', '설정을 다시 읽을 때: 그 사이의 요청'),
    cell: standing.failedText,
  },
];

/** The rows, without those that have nothing to show. */
export const passageRows = (
  same: readonly ProbedProxy[],
  all: readonly ProbedProxy[],
  reader: Reader,
): Cell[][] =>
  rows
    .flatMap((row): Cell[][] => [
      [say(reader, row.asked), ...same.map((probed) => row.cell(probed, reader))],
      ...configuredRows(row, same, all, reader),
      ...(row.helps ?? []).map(({ how, cell }) => [
        say(reader, phrases.remedy, { line: say(reader, how) }),
        ...same.map((probed) => cell(probed, reader)),
      ]),
    ])
    .filter(([, ...cells]) => cells.some((cell) => cell !== '-'));

/** The lines of a configuration that remedy an ailment, with what was measured if it was probed. */
function configuredRows(
  { ailment, cell }: PassageRow,
  same: readonly ProbedProxy[],
  all: readonly ProbedProxy[],
  reader: Reader,
): Cell[][] {
  if (!ailment) return [];
  const remedies = same.flatMap((probed) => remedyFor(probed, ailment) ?? []);
  return gathered(remedies, ({ line, flavour }) => [line, flavour]).map(([{ line, flavour }]) => {
    const helped = (probed: ProbedProxy): Cell => {
      const other = all.find((one) => one.name === probed.name && one.flavour === flavour);
      if (isWell[ailment](probed) || !other || other === probed) return '-';
      return say(reader, phrases.measured, { found: String(cell(other, reader)), flavour });
    };
    return [say(reader, phrases.remedy, { line }), ...same.map(helped)];
  });
}

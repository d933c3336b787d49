/**
 * Kaazing 2010: the arithmetic that made WebSocket famous. 871 bytes of headers a poll against 2 a frame, one message a
 * second. Nothing was measured then; here the page's own headers go over a real socket and are weighed.
 */

import { headerBytes } from '../../laws/http-bytes.ts';
import { overheadPerMessage } from '../claims/cost.ts';
import { body, requestHeaders, requestTarget, responseHeaders, weighPoll } from './kaazing-listing.ts';
import type { Reproduced, Reproducing, Reproduction, ReproductionRow } from './reproduction.ts';
import { reproductionTrials } from './reproduction-trials.ts';

/** As the article counts them: characters of the listing, without the line ends. */
const listedCharacters = (head: readonly string[], startLine: string) =>
  head.reduce((sum, part) => sum + part.length, startLine.length) + 2 * (head.length / 2);
const requestLine = `GET ${requestTarget} HTTP/1.1`;
const statusLine = 'HTTP/1.x 200 OK';
const listed = listedCharacters(requestHeaders, requestLine) + listedCharacters(responseHeaders, statusLine);

/** Law BY3: a start line and its line end, four bytes more than it says for each header, and a blank line. */
const headBytes = (head: readonly string[], startLine: string) =>
  head.reduce(
    (sum, name, index) => (index % 2 === 0 ? sum + headerBytes(name, head[index + 1] ?? '') : sum),
    startLine.length + 2,
  ) + 2;
const frameBytes = 2;

/** The article's "Mbps" are 2^20 bits. */
const mebibits = (bytesPerSecond: number) => (bytesPerSecond * 8) / 2 ** 20;

const cases = [
  { name: 'A', clients: 1000, published: { polling: [871_000, 6.6], ws: [2000, 0.015] } },
  { name: 'B', clients: 10_000, published: { polling: [8_710_000, 66], ws: [20_000, 0.153] } },
  { name: 'C', clients: 100_000, published: { polling: [87_100_000, 665], ws: [200_000, 1.526] } },
] as const;

/** What the heads of one poll weigh on the wire; the article's own figure leaves out line ends. */
const pollBytes = headBytes(requestHeaders, requestLine) + headBytes(responseHeaders, statusLine);

function rowsOf(measured: { polling: number; ws: number }): ReproductionRow[] {
  const predicted = { polling: pollBytes, ws: frameBytes };
  const laws = { polling: 'BY3', ws: 'WS1' };
  return cases.flatMap(({ name, clients, published }) =>
    (['polling', 'ws'] as const).flatMap((way): ReproductionRow[] => {
      const metric = (what: string) => ({
        en: `${name}: ${way}, ${clients.toLocaleString('en-US')} clients, ${what}/s`,
        ko: `${name}: ${way}, 클라이언트 ${clients.toLocaleString('en-US')}개, ${what}/s`,
      });
      const [bytes, bits] = published[way];
      return [
        {
          metric: metric('B'),
          unit: 'count',
          law: laws[way],
          tolerance: 0,
          published: bytes,
          predicted: predicted[way] * clients,
          measured: measured[way] * clients,
        },
        {
          metric: metric('Mibit'),
          unit: 'exact',
          law: laws[way],
          tolerance: 0,
          published: bits,
          predicted: mebibits(predicted[way] * clients),
          measured: mebibits(measured[way] * clients),
        },
      ];
    }),
  );
}

/** TCP and IPv4 headers with timestamps, and how many packets an exchange takes, acknowledgements included. */
const packetBytes = 52;
const packets = { poll: 3, frame: 2 };

async function run(setting: Reproducing): Promise<Reproduced> {
  setting.onStage('one poll with the listing’s headers');
  const poll = await weighPoll();
  const trials = reproductionTrials(setting);
  const ws = await trials.counted('push', 'ws', { load: { clients: 1, messages: 5, size: body.length } });
  const frame = overheadPerMessage(ws, 'down') ?? Number.NaN;
  const withTcp =
    (poll.up + poll.down + poll.body + packets.poll * packetBytes) /
    (frame + body.length + packets.frame * packetBytes);
  return {
    rows: [
      {
        metric: { en: 'request head, B', ko: '요청 헤더, B' },
        unit: 'count',
        law: 'BY3',
        tolerance: 0,
        published: null,
        predicted: headBytes(requestHeaders, requestLine),
        measured: poll.up,
      },
      {
        metric: { en: 'response head, B', ko: '응답 헤더, B' },
        unit: 'count',
        law: 'BY3',
        tolerance: 0,
        published: null,
        predicted: headBytes(responseHeaders, statusLine),
        measured: poll.down,
      },
      {
        metric: { en: 'headers of a poll, B', ko: '폴링 한 번의 헤더, B' },
        unit: 'count',
        law: 'BY3',
        published: 871,
        predicted: pollBytes,
        tolerance: 0,
        measured: poll.up + poll.down,
      },
      {
        metric: { en: 'header of a frame, B', ko: '프레임 한 개의 헤더, B' },
        unit: 'count',
        law: 'WS1',
        tolerance: 0,
        published: 2,
        predicted: frameBytes,
        measured: frame,
      },
      ...rowsOf({ polling: poll.up + poll.down, ws: frame }),
    ],
    findings: findingsOf(poll, frame, withTcp),
    doubtful: trials.doubtful,
  };
}

const findingsOf = (
  poll: { up: number; down: number },
  frame: number,
  withTcp: number,
): Reproduced['findings'] => [
  {
    text: {
      en: `871 counts characters of the listing without line ends; on the wire the same heads are ${poll.up} + ${poll.down} = ${poll.up + poll.down} B.`,
      ko: `871은 예시에서 줄바꿈을 뺀 글자 수입니다. 실제로 전송하면 같은 헤더가 ${poll.up} + ${poll.down} = ${poll.up + poll.down} B입니다.`,
    },
    holds: listed === 871 && poll.up + poll.down > listed,
  },
  {
    text: {
      en: 'Its “Mbps” are 2^20 bits a second: 6,968,000 bit/s are 6.6 of those, and 7.0 of what is usually meant.',
      ko: '원문의 “Mbps”는 초당 2^20비트입니다. 6,968,000 bit/s는 그 단위로 6.6, 일반적인 단위로 7.0입니다.',
    },
    holds: mebibits(listed * 1000).toFixed(1) === '6.6',
  },
  {
    text: {
      en: 'Nothing was measured for it: both columns are one multiplication each, and so are “measured” above, of what one poll and one frame weigh here.',
      ko: '원문은 측정하지 않았습니다. 두 열 모두 곱셈 한 번이며, 위의 “측정”도 여기서 측정한 폴링 한 번과 프레임 하나의 바이트를 곱한 값입니다.',
    },
    holds: cases.every(
      ({ clients, published }) =>
        published.polling[0] === listed * clients && published.ws[0] === frameBytes * clients,
    ),
  },
  {
    text: {
      en: `Headers alone are ${Math.round((poll.up + poll.down) / frame)} : 1; with the payload of 21 B and TCP/IP (52 B a packet, 3 packets a poll, 2 a frame) it is ${withTcp.toFixed(1)} : 1.`,
      ko: `헤더만 보면 ${Math.round((poll.up + poll.down) / frame)} : 1이지만, 페이로드 21 B와 TCP/IP(패킷당 52 B, 폴링에 3패킷, 프레임에 2패킷)를 더하면 ${withTcp.toFixed(1)} : 1입니다.`,
    },
    holds: withTcp < 20,
  },
];

export const kaazing = {
  name: 'kaazing',
  title: {
    en: '871 bytes a poll against 2 bytes a frame',
    ko: '폴링 한 번에 871바이트, 프레임 하나에 2바이트',
  },
  source: 'P. Lubbers, F. Greco: HTML5 WebSocket: A Quantum Leap in Scalability for the Web. Kaazing, 2010.',
  differs: {
    en: 'Published is arithmetic over an HTTP listing and a frame header, one message a second. Here the same headers are sent by a real client and weighed; bodies are left out on both sides, as there.',
    ko: '발표된 값은 HTTP 예시와 프레임 헤더로 계산한 것입니다(초당 메시지 1개). 여기서는 실제 클라이언트가 같은 헤더를 보내고 그 바이트를 셉니다. 본문은 원문처럼 양쪽에서 뺐습니다.',
  },
  seconds: 2,
  run,
} satisfies Reproduction;

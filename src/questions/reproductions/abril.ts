/**
 * Abril 2017: five updates, one a second, over five ways, each over HTTP/1.1 and HTTP/2, as Chrome counted them. Here the same
 * conversations are held on a virtual clock and counted in full.
 */
import type { Over } from '../../protocols/over.ts';
import { converse, type Recorded, type Script } from '../../script/scripted-conversation.ts';
import { serverOf } from '../../servers/index.ts';
import { transportByName } from '../../transports/index.ts';
import type { Reproduced, Reproducing, Reproduction, ReproductionRow } from './reproduction.ts';

const updates = 5;
/** One a second, asked for every 250 ms: three of four polls find nothing. */
const pollsAnUpdate = 4;

type Step = (script: Script) => Promise<void>;
const hear: Step = (script) => script.hear();
const poll: Step = (script) => script.poll();

/** Published kB over HTTP/1.1 and HTTP/2; there was no WebSocket over HTTP/2 then. */
const ways = [
  { name: 'polling', published: { https: 3.5, h2: 2 } },
  { name: 'long-polling', published: { https: 1.9, h2: 1.3 } },
  { name: 'sse', published: { https: 1, h2: 0.757 } },
  { name: 'ws', published: { https: 0.629 } },
  { name: 'socket.io', published: { https: 1.7 } },
] as const;

const versions = [
  ['https', 'HTTP/1.1'],
  ['h2', 'HTTP/2'],
] as const;

async function conversation(name: string, over: Over): Promise<Recorded> {
  const transport = transportByName(name);
  if (!transport) throw new Error(`no transport ${name}`);
  const waiting = transport.traits.polls ? Array<Step>(pollsAnUpdate - 1).fill(poll) : [];
  const steps = Array.from({ length: updates }, () => [...waiting, hear]).flat();
  return converse({ transport, server: await serverOf(transport.server), over }, steps);
}

/** All that HTTP and what it carries came to, until the client leaves: without TLS, which Chrome does not count. */
const kilobytes = ({ spans, closing }: Recorded): number =>
  spans
    .filter(({ at, layer }) => at < closing && layer !== 'tls')
    .reduce((sum, { length }) => sum + length, 0) / 1000;

async function run({ signal, onStage }: Reproducing): Promise<Reproduced> {
  const rows: ReproductionRow[] = [];
  const measured = new Map<string, number>();
  for (const { name, published } of ways)
    for (const [over, version] of versions) {
      const said = over === 'h2' ? ('h2' in published ? published.h2 : null) : published.https;
      if (said === null) continue;
      signal.throwIfAborted();
      onStage(`${name}, ${version}`);
      const all = kilobytes(await conversation(name, over));
      measured.set(`${name} ${over}`, all);
      rows.push({
        metric: { en: `${name}, ${version}: kB`, ko: `${name}, ${version}: kB` },
        unit: 'exact',
        law: null,
        predicted: null,
        tolerance: 0,
        published: said,
        measured: all,
      });
    }
  const at = (name: string, over: Over) => measured.get(`${name} ${over}`) ?? Number.NaN;
  const falls = (values: readonly number[]) =>
    values.every((value, index) => index === 0 || value < (values[index - 1] ?? 0));
  const polled = ['polling', 'long-polling', 'sse'];
  const spared = polled.map((name) => at(name, 'https') / at(name, 'h2'));
  const [polling, longPolling, sse] = spared.map((times) => times.toFixed(1));
  const [event, frame] = [at('sse', 'h2').toFixed(3), at('ws', 'https').toFixed(3)];
  return {
    rows,
    findings: [
      {
        text: {
          en: 'The order is that of the article, over either: polling, long polling, SSE, and WebSocket last.',
          ko: '무거운 순서는 어느 쪽에서나 원문과 같습니다: 폴링, 롱 폴링, SSE, 그리고 WebSocket.',
        },
        holds:
          falls([...polled, 'ws'].map((name) => at(name, 'https'))) &&
          falls(polled.map((name) => at(name, 'h2'))),
      },
      {
        text: {
          en: `HTTP/2 spares those most who ask most: over HTTP/1.1 polling weighs ${polling} times as much, long polling ${longPolling}, SSE ${sse} (published: 1.8, 1.5, 1.3).`,
          ko: `HTTP/2는 많이 요청할수록 많이 줄입니다. HTTP/1.1에서 폴링은 ${polling}배, 롱 폴링은 ${longPolling}배, SSE는 ${sse}배 무겁습니다(원문: 1.8, 1.5, 1.3).`,
        },
        holds: falls(spared),
      },
      {
        text: {
          en: `SSE over HTTP/2 comes near to a WebSocket, as the article concludes: ${event} and ${frame} kB here, 0.757 and 0.629 there.`,
          ko: `원문의 결론처럼 HTTP/2의 SSE는 WebSocket에 가까워집니다. 여기서 ${event}와 ${frame} kB, 원문에서 0.757과 0.629 kB입니다.`,
        },
        holds: Math.abs(at('sse', 'h2') - at('ws', 'https')) < at('sse', 'https') - at('ws', 'https'),
      },
    ],
    doubtful: [],
  };
}

export const abril = {
  name: 'abril',
  title: {
    en: 'Five updates over HTTP/1.1 and HTTP/2, in kilobytes',
    ko: '갱신 다섯 번을 HTTP/1.1과 HTTP/2로, 킬로바이트',
  },
  source: 'A. Abril: A comparison between WebSockets, server-sent events, and polling. aquil.io, 2017.',
  differs: {
    en: 'The article has Chrome 60’s own count (requests, the page, WebSockets) against Node 8; how large an update was, and whether what goes up is in it, is not said. Here our clients send short headers instead of a browser’s, updates have 64 B, nothing but the conversation is counted, both ways and without TLS, and seconds pass on a virtual clock. Its Engine.IO is Socket.IO here, with its upgrade. So kilobytes differ; the order, and whom HTTP/2 spares most, do not.',
    ko: '원문은 Node 8을 상대로 Chrome 60이 센 값(요청, 페이지, WebSocket)이며, 갱신의 크기와 올라간 바이트를 넣었는지는 적지 않았습니다. 여기서는 클라이언트가 브라우저보다 짧은 헤더를 보내고, 갱신은 64 B이며, 대화만을 양방향으로 TLS를 빼고 셉니다. 시간은 가상 시계로 흐릅니다. 원문의 Engine.IO 대신 업그레이드를 거치는 Socket.IO를 씁니다. 그래서 킬로바이트는 다르지만, 순서와 HTTP/2가 무엇을 가장 많이 줄이는지는 같습니다.',
  },
  seconds: 2,
  run,
} satisfies Reproduction;

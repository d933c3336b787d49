/**
 * What decides in practice besides bytes: reconnecting and what is lost, rooms, acknowledgements, what still works
 * behind a proxy that refuses upgrades, binary, and whether a sender notices a slow reader. Results of probes and
 * outages are quoted; what no probe asks has its source.
 */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import {
  binaryEventOverhead,
  binaryHeaderBytes,
  eventOverhead,
  eventPacketBytes,
  pollingBinaryBytes,
} from '../../../laws/socket-io.ts';
import type { Fact } from '../../../questions/probes/fact.ts';
import type { TransportCost } from '../../../questions/recommendation/need.ts';
import type { Cell, Table } from '../../blocks/block.ts';
import { heads } from '../../blocks/table-words.ts';

const features = ['back', 'rooms', 'acknowledged', 'refused', 'binary', 'slow'] as const;
export type Feature = (typeof features)[number];

export interface FeatureCell {
  readonly transport: string;
  readonly feature: Feature;
  /** Null if it was not measured. */
  readonly told: Text | null;
  readonly from: 'measured' | 'law' | 'source';
}

const featureHeads: Readonly<Record<Feature, Text>> = {
  back: text('after a cut', '끊긴 뒤'),
  rooms: text('rooms', '룸'),
  acknowledged: text('acknowledged', '수신 확인'),
  refused: text('upgrades refused', '업그레이드 거부'),
  binary: text('binary, 1,000 B', '바이너리 1,000 B'),
  slow: text('slow reader', '느린 수신자'),
};

const cells = {
  comesBack: text('comes back', '다시 연결'),
  staysAway: text('stays away', '연결 안 됨'),
  lost: text('lost {lost}', '유실 {lost}'),
  lostNone: text('lost none', '유실 없음'),
  yes: text('yes', '있음'),
  no: text('own code', '직접 구현'),
  answered: text('{of} answered', '{of} 응답'),
  byResponse: text('up: status', '보낼 때만'),
  asksAgain: text('asks again', '다시 요청'),
  notNeeded: text('needs none', '필요 없음'),
  adds: text('+{bytes} B', '+{bytes} B'),
  status: text('waits for it', '기다림'),
  write: text('write() tells', 'write()가 알림'),
  buffered: text('buffered\u200bAmount', 'buffered\u200bAmount'),
  unseen: text('not seen', '알 수 없음'),
};

const filled = (phrase: Text, values: Readonly<Record<string, string>>): Text => ({
  en: phrase.en.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
  ko: phrase.ko.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
});

type Family = 'request' | 'sse' | 'ws' | 'socket.io';
const familyOf = (transport: string): Family =>
  transport.startsWith('socket.io')
    ? 'socket.io'
    : transport === 'ws' || transport === 'sse'
      ? transport
      : 'request';

const factOf = (facts: readonly Fact[], metric: string, transport: string): number | null => {
  const found = facts.find((one) => one.metric === metric && one.transport === transport);
  return typeof found?.value === 'number' ? found.value : null;
};

/**
 * Whether a transport reconnects after a cut: the outage trial tells it together with its losses, a probe tells it for
 * the two libraries, and plain requests have no connection to restore.
 */
function back(transport: string, facts: readonly Fact[]): Text | null {
  const named = transport === 'socket.io:polling' ? 'socket.io' : transport;
  const [cut, returned, lost] = (['clients-cut', 'clients-back', 'messages-lost'] as const).map((metric) =>
    factOf(facts, metric, named),
  );
  if (typeof cut === 'number' && typeof returned === 'number' && typeof lost === 'number') {
    const state = returned > 0 ? cells.comesBack : cells.staysAway;
    const loss = lost === 0 ? cells.lostNone : filled(cells.lost, { lost: String(lost) });
    return { en: `${state.en}, ${loss.en}`, ko: `${state.ko}, ${loss.ko}` };
  }
  const probed = factOf(facts, 'comes-back', named);
  return probed === null ? null : probed === 1 ? cells.comesBack : cells.staysAway;
}

const binaryBytes = 1000;
/** How many bytes more 1,000 binary bytes take than a text of that length, by the laws of each encoding. */
const binaryAdds: Readonly<Record<string, number>> = {
  http: 0,
  polling: 0,
  'long-polling': 0,
  ws: 0,
  sse: 4 * Math.ceil(binaryBytes / 3) - binaryBytes + 'event: binary\n'.length,
  'socket.io':
    binaryEventOverhead('down', { nameBytes: 4, attachmentBytes: [binaryBytes] }) -
    eventOverhead('down', { nameBytes: 4, payloadBytes: binaryBytes }),
  'socket.io:polling':
    binaryHeaderBytes({ nameBytes: 4 }) +
    1 +
    pollingBinaryBytes(binaryBytes) -
    eventPacketBytes({ nameBytes: 4, payloadBytes: binaryBytes }),
};

const slowReader: Readonly<Record<Family, Text>> = {
  request: cells.status,
  sse: cells.write,
  ws: cells.buffered,
  'socket.io': cells.unseen,
};

function cellOf(
  feature: Feature,
  transport: string,
  facts: readonly Fact[],
): Omit<FeatureCell, 'transport' | 'feature'> {
  const family = familyOf(transport);
  const isLibrary = family === 'ws' || family === 'socket.io';
  const measured = (told: Text | null) => ({ told, from: 'measured' as const });
  const ofAnswers = (suffix: string) => {
    const [sent, answered] = [
      factOf(facts, `messages-sent${suffix}`, 'socket.io'),
      factOf(facts, `messages-delivered${suffix}`, family),
    ];
    return sent === null || answered === null ? null : filled(cells.answered, { of: `${answered}/${sent}` });
  };
  switch (feature) {
    case 'back': {
      const found = back(transport, facts);
      // An EventSource reconnects by itself, and a polling client asks again.
      if (found || isLibrary) return measured(found);
      return { told: family === 'sse' ? cells.comesBack : cells.asksAgain, from: 'source' };
    }
    case 'rooms': {
      if (!isLibrary) return { told: cells.no, from: 'source' };
      const has = factOf(facts, 'rooms', family);
      return measured(has === null ? null : has === 1 ? cells.yes : cells.no);
    }
    case 'acknowledged':
      // The probe's chat over Socket.IO counts acknowledgements that came back; over ws its answers are messages of
      // their own.
      if (family === 'socket.io') return measured(ofAnswers(''));
      return { told: family === 'ws' ? cells.no : cells.byResponse, from: 'source' };
    case 'refused':
      return isLibrary ? measured(ofAnswers('-blocked')) : { told: cells.notNeeded, from: 'source' };
    case 'binary':
      return { told: filled(cells.adds, { bytes: String(binaryAdds[transport] ?? 0) }), from: 'law' };
    case 'slow':
      return { told: slowReader[family], from: 'source' };
  }
}

export const featureCells = (costs: readonly TransportCost[], facts: readonly Fact[]): FeatureCell[] =>
  costs.flatMap(({ transport }) =>
    features.map((feature) => ({ transport, feature, ...cellOf(feature, transport, facts) })),
  );

const texts = {
  title: text('What decides besides bytes', '바이트 외에 선택을 좌우하는 것'),
  measured: text(
    'Asked of running servers just now: after a cut, rooms, acknowledgements of Socket.IO, upgrades refused. An EventSource comes back by itself (WHATWG HTML §9.2.3). Binary by laws SSE2, SIO3 and SIO10. An HTTP request is acknowledged by its status (RFC 9110 §15); an event that is polled or pushed is not.',
    '방금 실행 중인 서버에서 확인한 것: 끊긴 뒤, 룸, Socket.IO의 수신 확인, 업그레이드 거부. EventSource는 스스로 다시 연결합니다(WHATWG HTML §9.2.3). 바이너리는 법칙 SSE2, SIO3, SIO10. HTTP 요청은 상태 코드가 수신 확인이지만(RFC 9110 §15), 받는 이벤트에는 없습니다.',
  ),
  cut: text(
    'After a cut: of one second, two clients with 70 messages each; what was lost is of both together.',
    '끊긴 뒤: 1초 동안 끊겼고, 클라이언트 2개가 메시지를 70개씩 받습니다. 유실은 둘을 합친 수입니다.',
  ),
  slow: text(
    'A slow reader: a request waits for its answer; response.write() returns false (Node, Stream); a WebSocket has bufferedAmount (WHATWG WebSockets §3.1); Socket.IO queues and tells nobody, unless the event is volatile (socket.io/docs/v4/emitting-events).',
    '느린 수신자: 요청은 응답을 기다립니다. response.write()는 false를 돌려줍니다(Node, Stream). WebSocket에는 bufferedAmount가 있습니다(WHATWG WebSockets §3.1). Socket.IO는 volatile이 아니면 알리지 않고 쌓아 둡니다(socket.io/docs/v4/emitting-events).',
  ),
};

export function featuresTable(
  costs: readonly TransportCost[],
  facts: readonly Fact[],
  reader: Reader,
): Table {
  const all = featureCells(costs, facts);
  const told = (cell: FeatureCell | undefined) => (cell?.told ? say(reader, cell.told) : '–');
  return {
    title: say(reader, texts.title),
    notes: [
      say(reader, texts.measured),
      ...(facts.some(({ metric }) => metric === 'clients-cut') ? [say(reader, texts.cut)] : []),
      say(reader, texts.slow),
    ],
    shape: 'figures',
    head: [say(reader, heads.transport), ...features.map((feature) => say(reader, featureHeads[feature]))],
    align: ['left', ...features.map(() => 'left' as const)],
    rows: costs.map(({ transport }): Cell[] => [
      transport,
      ...features.map((feature) =>
        told(all.find((cell) => cell.transport === transport && cell.feature === feature)),
      ),
    ]),
  };
}

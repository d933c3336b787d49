/**
 * A recommendation as text: which transport to take and why, what each would cost an hour, where the answer flips, and
 * under which conditions it holds.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import { levelShare } from '../../../questions/recommendation/assumptions.ts';
import type { Need } from '../../../questions/recommendation/need.ts';
import type { Block } from '../../blocks/block.ts';
import { bytes, count } from '../../blocks/quantities.ts';
import { browserTable, knowledgeOf } from './recommendation-browser.ts';
import { conditionTexts } from './recommendation-conditions.ts';
import { featureCells, featuresTable } from './recommendation-features.ts';
import { flips, flipText, rateText } from './recommendation-flips.ts';
import { reasonTexts } from './recommendation-reasons.ts';
import {
  bytesTable,
  inOrder,
  milliseconds,
  type RecommendationTelling,
  serverFigures,
  serverTable,
} from './recommendation-tables.ts';

const texts = {
  recommended: text('Recommended: {transport}', '추천: {transport}'),
  nothing: text('Recommended: nothing is quick enough', '추천: 충분히 빠른 방식 없음'),
  asked: text(
    '{clients} clients, {rate} each, {direction}, {size}, round trip {rtt}.',
    '클라이언트 {clients}개, 각각 {rate}, {direction}, {size}, 왕복 {rtt}.',
  ),
  upToo: text('{down} down and {up} up', '받기 {down}, 보내기 {up}'),
  why: text('Why', '이유'),
  flips: text('Where the answer flips', '답이 바뀌는 지점'),
  conditions: text('Conditions', '조건'),
};

const directions = {
  up: text('client to server', '클라이언트에서 서버로'),
  down: text('server to client', '서버에서 클라이언트로'),
  both: text('both ways', '양방향'),
};

function rates({ direction, rate, rateUp }: Need, reader: Reader): string {
  if (direction === 'both' && rate !== rateUp)
    return say(reader, texts.upToo, { down: rateText(rate, reader), up: rateText(rateUp, reader) });
  return rateText(direction === 'up' ? rateUp : rate, reader);
}

export function recommendationBlocks(telling: RecommendationTelling, reader: Reader): Block[] {
  const { need, clients, choice, facts } = telling;
  const { chosen } = choice;
  const flipped = telling.flips.map((flip) => flipText(flip, reader));
  const costs = inOrder(choice);
  return [
    {
      kind: 'heading',
      text: chosen
        ? say(reader, texts.recommended, { transport: chosen.transport })
        : say(reader, texts.nothing),
    },
    {
      kind: 'paragraph',
      text: say(reader, texts.asked, {
        clients: count(clients),
        rate: rates(need, reader),
        direction: say(reader, directions[need.direction]),
        size: bytes(need.size),
        rtt: milliseconds(need.rttMs),
      }),
    },
    { kind: 'list', title: say(reader, texts.why), items: reasonTexts(telling, reader) },
    { kind: 'table', table: bytesTable(choice, reader) },
    { kind: 'table', table: serverTable(telling, reader) },
    {
      kind: 'list',
      title: say(reader, texts.flips),
      items: flipped.length > 0 ? flipped : [say(reader, flips.nowhere)],
    },
    { kind: 'table', table: featuresTable(costs, facts, reader) },
    { kind: 'table', table: browserTable(facts, reader) },
    { kind: 'list', title: say(reader, texts.conditions), items: conditionTexts(telling, reader) },
  ];
}

/** JSON has no infinity: a server that can only answer never delivers. */
const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

/** What `--json` prints: everything that is printed as text; units are in the names, and in `units`. */
export function recommendationDocument(telling: RecommendationTelling, reader: Reader) {
  const { need, clients, servers, choice, facts, missing, server, headers } = telling;
  return {
    need: { ...need, clients, servers, headers },
    recommended: choice.chosen?.transport ?? null,
    decidedBy: choice.by,
    decidedIn: choice.steps.map(({ by, left, out }) => ({
      by,
      left: left.map(({ transport }) => transport),
      out: out.map(({ transport }) => transport),
    })),
    level: choice.level.map(({ transport }) => transport),
    levelShare,
    reasons: reasonTexts(telling, reader),
    costs: choice.costs.map((cost) => ({
      ...cost,
      ageMs: finite(cost.ageMs),
      latestMs: finite(cost.latestMs),
      lateMs: finite(cost.lateMs),
      allClients: {
        wireBytesPerSecond: (cost.wireBytesPerHour * clients) / 3600,
        connections: cost.connections * clients,
        connectionsOpen: cost.connectionsOpen * clients,
        ...serverFigures(telling, cost.transport),
      },
    })),
    units: {
      bytes: 'B',
      '…PerHour': 'a client and hour',
      '…Ms': 'ms',
      '…Ns': 'ns',
      '…Seconds…': 's',
      coreShare: 'share of one core',
    },
    tooSlow: choice.tooSlow.map(({ transport }) => transport),
    unsure: choice.costs.filter(({ isUnsure }) => isUnsure).map(({ transport }) => transport),
    cutOff: choice.costs.filter(({ isCut }) => isCut).map(({ transport }) => transport),
    notWeighed: missing.map(({ transport, why }) => ({ transport, why: say(reader, why) })),
    flips: telling.flips.map((flip) => ({ ...flip, text: flipText(flip, reader) })),
    server,
    features: featureCells(choice.costs, facts).map(({ told, ...cell }) => ({
      ...cell,
      told: told && say(reader, told),
    })),
    evidence: facts,
    browser: knowledgeOf(facts, reader).map(({ about, fetch, eventSource, webSocket, source }) => ({
      about: say(reader, about),
      fetch: say(reader, fetch),
      eventSource: say(reader, eventSource),
      webSocket: say(reader, webSocket),
      source: say(reader, source),
    })),
    conditions: conditionTexts(telling, reader),
  };
}

/**
 * What lies between: which boxes hold a stream back and for how long, which let no upgrade through, and what was not
 * measured.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { KeptPassage } from '../../../questions/recommendation/kept-passages.ts';
import type { Need } from '../../../questions/recommendation/need.ts';
import type { OnTheWay } from '../../../questions/recommendation/way.ts';
import { bytes } from '../../blocks/quantities.ts';
import { lateness, type RecommendationTelling } from './recommendation-tables.ts';

const texts = {
  measured: text(
    '{name} {version}, as measured in docs/proxies.md',
    '{name} {version}(docs/proxies.md의 측정)',
  ),
  emulated: text('the emulated proxy', '모의 프록시'),
  pieces: text(
    'Behind {who}, an SSE event waits up to {wait}, until {bytes} are together.',
    '{who} 뒤에서 SSE 이벤트는 {bytes}가 모일 때까지 최대 {wait} 기다립니다.',
  ),
  gathered: text(
    'Behind {who}, SSE events wait until {bytes} are together.',
    '{who} 뒤에서 SSE 이벤트는 {bytes}가 모일 때까지 기다립니다.',
  ),
  late: text(
    'Behind {who}, each SSE event is {wait} late.',
    '{who} 뒤에서 SSE 이벤트는 매번 {wait} 늦습니다.',
  ),
  held: text(
    'Behind {who}, an event stream arrives when it has ended.',
    '{who} 뒤에서 이벤트 스트림은 끝난 뒤에야 도착합니다.',
  ),
  helped: text(
    'With X-Accel-Buffering: no and a first comment from the application it passed event by event: then say --streams pass.',
    '애플리케이션이 X-Accel-Buffering: no와 첫 주석을 보내면 이벤트마다 바로 통과했습니다. 그렇게 한다면 --streams pass를 씁니다.',
  ),
  notHelped: text(
    'X-Accel-Buffering: no and a first comment did not help; its configuration does (docs/proxies.md): then say --streams pass.',
    'X-Accel-Buffering: no와 첫 주석은 소용이 없었고 설정을 바꾸면 됩니다(docs/proxies.md). 그렇게 한다면 --streams pass를 씁니다.',
  ),
  upgrade: text(
    '{who}, lets no upgrade through: ws cannot connect, and Socket.IO stays with polling.',
    '{who}: 업그레이드가 통과하지 않습니다. ws는 연결할 수 없고, Socket.IO는 계속 폴링을 씁니다.',
  ),
  boxUpgrade: text(
    'No upgrade comes through the proxy: ws cannot connect, and Socket.IO stays with polling.',
    '업그레이드가 프록시를 통과하지 못합니다: ws는 연결할 수 없고, Socket.IO는 계속 폴링을 씁니다.',
  ),
  neverRun: text(
    '{name}: unknown. The kept run of `rtcompare probe proxies` has no row for it, so neither a stream nor an upgrade is counted on; only requests that end are sure.',
    '{name}: 모름. 보관된 `rtcompare probe proxies` 결과에 해당하는 줄이 없어, 스트림도 업그레이드도 고르지 않았습니다. 확실한 것은 끝나는 요청뿐입니다.',
  ),
  interception: text(
    '{name}: unknown. Over TLS a forward proxy is asked to CONNECT and hands everything on as it is; where it opens TLS and looks in, what becomes of a stream or an upgrade is its owner’s choice, and no run here has measured one. So neither is counted on. In clear text it strips upgrades.',
    '{name}: 모름. TLS에서 포워드 프록시는 CONNECT를 받아 모든 것을 그대로 넘깁니다. TLS를 열어 들여다본다면 스트림과 업그레이드는 운영자의 설정에 달렸고, 여기서 측정한 적이 없습니다. 그래서 둘 다 고르지 않았습니다. 암호화하지 않으면 업그레이드를 지웁니다.',
  ),
};

export const wayTexts = (telling: RecommendationTelling, reader: Reader): string[] =>
  telling.way.flatMap((one) => {
    if (one.kind === 'measured') return ofMeasured(one.row, telling, reader);
    if (one.kind === 'box') return ofBoxes(one, telling, reader);
    const why = one.why === 'tls' ? texts.interception : texts.neverRun;
    return [say(reader, why, { name: one.name })];
  });

function ofMeasured(row: KeptPassage, telling: RecommendationTelling, reader: Reader): string[] {
  const who = say(reader, texts.measured, { name: `${row.name}:${row.flavour}`, version: row.version });
  const { how, ms, bytes: held } = row.stream;
  const found =
    how === 'buffered'
      ? ofStream({ pieceBytes: held ?? 0 }, who, telling, reader)
      : ofStream(
          how === 'late' ? { lateMs: ms ?? 0 } : how === 'event by event' ? 'pass' : 'held',
          who,
          telling,
          reader,
        );
  const remedy = row.helpedStream?.how === 'event by event' ? texts.helped : texts.notHelped;
  return [
    ...found.map((sentence) => `${sentence} ${say(reader, remedy)}`),
    ...(row.upgrade.how === 'passes' ? [] : [say(reader, texts.upgrade, { who })]),
  ];
}

function ofBoxes(
  { boxes }: Extract<OnTheWay, { kind: 'box' }>,
  telling: RecommendationTelling,
  reader: Reader,
): string[] {
  const { buffering = false, corkMs } = boxes;
  const streams =
    typeof buffering === 'number'
      ? { pieceBytes: buffering }
      : buffering
        ? 'held'
        : corkMs === undefined
          ? 'pass'
          : { lateMs: corkMs };
  const stopsUpgrades = boxes.stripUpgrade || boxes.refuseUpgrade || boxes.swallowUpgrade;
  return [
    ...ofStream(streams, say(reader, texts.emulated), telling, reader),
    ...(stopsUpgrades ? [say(reader, texts.boxUpgrade)] : []),
  ];
}

/** Empty if no stream is needed, if it passes, or if `--streams` says that it does. */
function ofStream(
  streams: Need['streams'],
  who: string,
  { need, choice }: RecommendationTelling,
  reader: Reader,
): string[] {
  if (need.direction === 'up' || streams === 'pass' || need.streams === 'pass') return [];
  if (typeof streams !== 'object') return [say(reader, texts.held, { who })];
  if ('lateMs' in streams) return [say(reader, texts.late, { who, wait: lateness(streams.lateMs) })];
  const gathered = bytes(streams.pieceBytes);
  // The other boxes on the way are not known, so no time can be given.
  if (typeof need.streams !== 'object') return [say(reader, texts.gathered, { who, bytes: gathered })];
  const latestMs = choice.costs.find(({ transport }) => transport === 'sse')?.latestMs ?? null;
  if (latestMs === null) return [];
  const wait = lateness(Math.max(0, latestMs - need.rttMs / 2));
  return [say(reader, texts.pieces, { who, wait, bytes: gathered })];
}

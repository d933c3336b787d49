/** Both sides of the real proxies: what clients and server each carried, and how the proxies changed the heads. */
import { own } from '../../../base/lookup.ts';
import { type Phrase, type Reader, say, type Text, text } from '../../../base/text.ts';
import type { FarSide, HeadChange } from '../../../document/far-side.ts';
import type { Report, Trial } from '../../../document/report.ts';
import type { Block, Cell } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { bytes, count, decimal } from '../../blocks/quantities.ts';
import { heads } from '../../blocks/table-words.ts';
import { breakable } from './groups.ts';
import { haveSeveral } from './predictions-table.ts';

const phrases = {
  title: text('Both sides of {proxies}', '{proxies}의 양쪽'),
  requests: text('requests', '요청'),
  connections: text('TCP conns', 'TCP 연결'),
  perHundred: text('per 100 requests', '요청 100개당'),
  legend: text(
    'All phases; “a → b”: on the clients’ side and, where it differs, on the server’s. Per 100 requests: connections to the server. On both sides the books balance to the byte.',
    '모든 단계의 합. “a → b”는 클라이언트 쪽의 값과 그와 다른 서버 쪽의 값입니다. 요청 100개당: 서버로 연 연결 수. 양쪽 모두 바이트 합계가 정확히 맞습니다.',
  ),
  changes: text('What {proxies} makes of the heads', '{proxies}이(가) 헤더에서 바꾸는 것'),
  only: text('{change} ({transports})', '{change}({transports})'),
  both: text('{near} → {far}', '{near} → {far}'),
  respelled: text(
    '{message}: names spelled otherwise: {names}',
    '{message}: 이름의 대소문자가 바뀜: {names}',
  ),
};

const messages = { request: text('request', '요청'), response: text('response', '응답') };

const changes: Readonly<Record<HeadChange['change'], Phrase<'message' | 'name' | 'from' | 'to'>>> = {
  added: text('{message}: {name}: {to} (added)', '{message}: {name}: {to} (추가됨)'),
  removed: text('{message}: {name}: {from} (removed)', '{message}: {name}: {from} (제거됨)'),
  renamed: text('{message}: {from} renamed {to}', '{message}: {from}의 이름이 {to}(으)로 바뀜'),
  changed: text('{message}: {name}: {from} → {to}', '{message}: {name}: {from} → {to}'),
  framing: text(
    '{message}: how its body ends: {from} → {to}',
    '{message}: 본문이 끝나는 방식: {from} → {to}',
  ),
  version: text('{message}: {from} → {to}', '{message}: {from} → {to}'),
};

interface TwoSided {
  readonly trial: Trial;
  readonly far: FarSide;
}

/** Empty if no real proxy stood on the way. */
export function farSideBlocks(report: Pick<Report, 'trials'>, reader: Reader): Block[] {
  const sided = report.trials
    .filter(({ verdict }) => verdict !== 'invalid')
    .flatMap((trial) => (trial.farSide ? [{ trial, far: trial.farSide }] : []));
  const [first] = sided;
  if (!first) return [];
  const { proxies } = first.far;
  const items = changeLines(sided, reader);
  return [
    sidesTable(sided, proxies, reader),
    ...(items.length > 0
      ? [{ kind: 'list', title: say(reader, phrases.changes, { proxies }), items } as const]
      : []),
  ];
}

function sidesTable(sided: readonly TwoSided[], proxies: string, reader: Reader): Block {
  const several = haveSeveral(sided.map(({ trial }) => trial.scenario));
  const scenario = <Value>(value: Value) => (several ? [value] : []);
  return {
    kind: 'table',
    table: {
      title: say(reader, phrases.title, { proxies }),
      notes: [say(reader, phrases.legend)],
      shape: 'figures',
      head: [
        say(reader, heads.transport),
        ...scenario(say(reader, heads.scenario)),
        say(reader, phrases.requests),
        say(reader, phrases.connections),
        say(reader, phrases.perHundred),
        say(reader, heads.bytes),
      ],
      align: ['left', ...scenario('left' as const), 'right', 'right', 'right', 'right'],
      rows: sided.map((one) => rowOf(one, scenario<Cell>(one.trial.scenario), reader)),
    },
  };
}

function rowOf({ trial, far }: TwoSided, scenario: readonly Cell[], reader: Reader): Cell[] {
  const both = (near: string, other: string) =>
    near === other ? near : say(reader, phrases.both, { near, far: other });
  const perHundred = far.requests > 0 ? decimal((100 * far.connections) / far.requests) : '-';
  return [
    breakable(trial.transport),
    ...scenario,
    both(count(trial.requests), count(far.requests)),
    both(count(trial.connections), count(far.connections)),
    perHundred,
    both(bytes(trial.wire.socketBytes), bytes(far.socketBytes)),
  ];
}

/** Hides ports, sessions and lengths, which differ each time. */
const digits = (value: string | null) => value?.replace(/\d{2,}/g, '0');

/** Each change once, with the transports that saw it if not all did. */
function changeLines(sided: readonly TwoSided[], reader: Reader): string[] {
  const all = new Set(sided.map(({ trial }) => trial.transport));
  const seen = sided.flatMap(({ trial, far }) =>
    far.changes.map((change) => ({ transport: trial.transport, change })),
  );
  const respelled = seen.map(({ change }) => change).filter(isRespelled);
  const others = seen.filter(({ change }) => !isRespelled(change));
  const lines = gathered(others, ({ change: { message, change, name, near, far } }) => [
    ...[message, change, name],
    ...(change === 'added' || change === 'removed' ? [] : [digits(near), digits(far)]),
  ]).map((same) => {
    const told = changeText(same[0].change, reader);
    const transports = [...new Set(same.map(({ transport }) => transport))];
    return transports.length === all.size
      ? told
      : say(reader, phrases.only, { change: told, transports: transports.join(', ') });
  });
  return [...lines, ...respelledLines(respelled, reader)];
}

/** The name's case changed, and nothing else. */
const isRespelled = ({ change, near, far }: HeadChange) =>
  change === 'renamed' && near?.toLowerCase() === far?.toLowerCase();

/** A proxy that changes the case does so for every name: one line for each direction. */
const respelledLines = (changes: readonly HeadChange[], reader: Reader): string[] =>
  gathered(changes, ({ message }) => message).map((same) => {
    const names = same.map(({ message, near, far }) =>
      (message === 'request' ? [near, far] : [far, near]).join(' → '),
    );
    return say(reader, phrases.respelled, {
      message: say(reader, messages[same[0].message]),
      names: [...new Set(names)].join(', '),
    });
  });

const framings: Readonly<Record<string, Text>> = {
  'until it closes': text('with the connection', '연결이 닫힘'),
  none: text('no body', '본문 없음'),
};

const valueText = (value: string | null, change: HeadChange['change'], reader: Reader): string => {
  const framing = change === 'framing' ? own(framings, value ?? '') : undefined;
  return framing ? say(reader, framing) : (value ?? '');
};

/** In the direction of the message. */
function changeText({ message, change, name, near, far }: HeadChange, reader: Reader): string {
  const [from, to] = message === 'request' ? [near, far] : [far, near];
  const told = {
    message: say(reader, messages[message]),
    name,
    from: valueText(from, change, reader),
    to: valueText(to, change, reader),
  };
  return say(reader, changes[change], told);
}

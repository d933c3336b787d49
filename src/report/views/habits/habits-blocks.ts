/** What engines do by themselves: a table of habits, and one of the sizes of their requests. */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { EngineHabits, Habit, HabitName } from '../../../document/engine-habits.ts';
import type { Block, Cell } from '../../blocks/block.ts';
import { count, time } from '../../blocks/quantities.ts';
import { noFigure } from '../../blocks/table-words.ts';
import { engineTitle } from '../run/browser-blocks.ts';

const phrases = {
  title: text('What browsers do by themselves', '브라우저가 스스로 하는 일'),
  probed: text(
    '{engine} {version}, {platform}, {day}: each row measured by a probe, on a page of its own, over HTTP/1.1 on loopback.',
    '{engine} {version}, {platform}, {day}: 줄마다 페이지를 따로 열어 루프백의 HTTP/1.1로 잰 값입니다.',
  ),
  habits: text('Habits', '습관'),
  heads: text('Heads of requests by kind, bytes', '요청 종류별 헤더, 바이트'),
  what: text('what is asked', '알아본 것'),
  field: text('field', '필드'),
  whole: text('whole', '전체'),
  legend: text(
    'Line ends included; a POST of 64 B. “no-store”: what a page adds that asks `fetch` not to use the cache. The host is an address with a port of five digits.',
    '줄 끝을 포함하며 POST 본문은 64 B입니다. “no-store”는 `fetch`에 캐시를 쓰지 말라고 한 페이지가 더하는 것입니다. 호스트는 다섯 자리 포트가 붙은 주소입니다.',
  ),
};

const rows: Readonly<Record<HabitName, Text>> = {
  'clock-step-isolated': text('least step of its clock, page isolated', '시계의 최소 단위(격리된 페이지)'),
  'clock-step': text('least step of its clock, any other page', '시계의 최소 단위(그 밖의 페이지)'),
  retry: text(
    'an EventSource comes back after its stream ended, unless told when',
    '스트림이 끝난 EventSource가 (따로 지시가 없을 때) 다시 오기까지',
  ),
  'after-204': text('an EventSource that is answered 204', '204를 받은 EventSource'),
  'after-429': text('an EventSource that is answered 429', '429를 받은 EventSource'),
  'after-500': text('an EventSource that is answered 500', '500을 받은 EventSource'),
  'after-wrong-type': text(
    'an EventSource that is answered with another content type',
    '다른 콘텐츠 형식을 받은 EventSource',
  ),
  'fetches-at-once': text('requests under way at once, of 12', '동시에 진행되는 요청(12개 중)'),
  'streams-at-once': text('event streams open at once, of 12', '동시에 열린 이벤트 스트림(12개 중)'),
  'socket-beside-streams': text('a WebSocket beside those streams', '그 스트림들 옆의 WebSocket'),
  'tabs-with-streams': text(
    'windows of one origin that get an event stream each, of 12',
    '이벤트 스트림을 하나씩 여는 같은 출처의 창(12개 중)',
  ),
  'posts-in-turn': text('connections for six POSTs in turn', 'POST를 차례로 6번 보낼 때 연결 수'),
  'resent-post': text(
    'deliveries of a POST whose connection ends before any byte of its answer',
    '응답이 한 바이트도 오기 전에 연결이 끊긴 POST가 도착한 횟수',
  ),
  'own-back-off': text(
    'tries in 12 s of a page that opens a WebSocket 100 ms after the last was refused',
    '거절된 지 100 ms 뒤에 WebSocket을 다시 여는 페이지가 12초 동안 시도한 횟수',
  ),
  'frames-of-a-mebibyte': text('frames of a text of 1 MiB', '1 MiB 텍스트의 프레임 수'),
  'close-time-out': text(
    'a WebSocket waits for the answer to its Close',
    'WebSocket이 Close의 응답을 기다리는 시간',
  ),
  'idle-close': text('an idle connection is closed by the browser after', '쉬는 연결을 브라우저가 닫기까지'),
  'told-idle-close': text(
    'an answer that says `Keep-Alive: timeout=3`',
    '`Keep-Alive: timeout=3`이라고 한 응답',
  ),
  'preflights-of-one-url': text(
    'preflights of three POSTs of JSON to another origin, one URL',
    '다른 출처의 같은 URL로 JSON POST를 3번 보낼 때 프리플라이트',
  ),
  'preflights-of-queries': text('the same, each with a query of its own', '같은 경우, 쿼리가 저마다 다를 때'),
  'preflight-again': text(
    'a preflight that says nothing of it is remembered for',
    '따로 지시가 없는 프리플라이트를 기억하는 시간',
  ),
  'hidden-timer': text('a timer of 100 ms in a hidden tab', '숨은 탭의 100 ms 타이머'),
  'hidden-timer-later': text('the same, at its slowest', '같은 타이머가 가장 느릴 때'),
};

const states: Readonly<Record<string, Text>> = {
  closed: text('closed for good', '완전히 닫힘'),
  retries: text('tries again', '다시 시도함'),
  opens: text('opens', '열림'),
  waits: text('waits', '기다림'),
  heeds: text('heeded', '따름'),
  ignores: text('ignored', '무시함'),
  kept: text('kept on', '계속 유지함'),
  visible: text('not hidden', '숨지 않음'),
};

function habitText({ unit, value }: Habit, reader: Reader): string {
  if (typeof value === 'string') return states[value] ? say(reader, states[value]) : value;
  if (unit !== 'ms') return count(value);
  // The step of a clock may be shorter than the units in which times are usually printed.
  return value < 1 ? `${value} ms` : time(value * 1e6);
}

export function habitsBlocks(engines: readonly EngineHabits[], reader: Reader): Block[] {
  return [
    { kind: 'heading', text: say(reader, phrases.title) },
    ...engines.map(
      ({ engine, version, platform, probedOn: day }): Block => ({
        kind: 'paragraph',
        text: say(reader, phrases.probed, { engine: engineTitle(engine), version, platform, day }),
      }),
    ),
    habitsTable(engines, reader),
    ...engines.map((one) => headsTable(one, reader)),
  ];
}

/** `Firefox 153`, `WebKitGTK 2.50`: if the first number hardly ever changes, the second is shown too. */
function named({ engine, version }: Pick<EngineHabits, 'engine' | 'version'>): string {
  const [first = '', second] = version.split('.');
  return `${engineTitle(engine)} ${Number(first) < 100 ? `${first}.${second}` : first}`;
}

function habitsTable(engines: readonly EngineHabits[], reader: Reader): Block {
  return {
    kind: 'table',
    table: {
      title: say(reader, phrases.habits),
      notes: [],
      shape: 'figures',
      head: [say(reader, phrases.what), ...engines.map(named)],
      align: ['left', ...engines.map(() => 'right' as const)],
      rows: Object.entries(rows).map(([name, row]) => [
        say(reader, row),
        ...engines.map(({ habits }) => {
          const habit = habits.find((one) => one.name === name);
          return habit ? habitText(habit, reader) : say(reader, noFigure.none);
        }),
      ]),
    },
  };
}

function headsTable({ heads, ...engine }: EngineHabits, reader: Reader): Block {
  const names = [...new Set(heads.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const cell = (fields: EngineHabits['heads'][number]['fields'], wanted: string): Cell => {
    const own = fields.find(({ name }) => name === wanted);
    return own ? count(own.bytes) : say(reader, noFigure.none);
  };
  return {
    kind: 'table',
    table: {
      title: `${named(engine)}: ${say(reader, phrases.heads)}`,
      notes: [say(reader, phrases.legend)],
      shape: 'figures',
      head: [say(reader, phrases.field), ...heads.map(({ kind }) => kind)],
      align: ['left', ...heads.map(() => 'right' as const)],
      rows: [
        ...names.map((name) => [name, ...heads.map(({ fields }) => cell(fields, name))]),
        [say(reader, phrases.whole), ...heads.map(({ bytes }) => count(bytes))],
      ],
    },
  };
}

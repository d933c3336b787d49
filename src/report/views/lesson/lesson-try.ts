/** The result of trying a student's page: what works, what does not, and where the fault may be. */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { TriedPage } from '../../../questions/lessons/try-page.ts';
import type { Block } from '../../blocks/block.ts';

const steps = {
  rests: text('the page comes to rest', '페이지가 끝없이 돌지 않습니다'),
  runs: text('its script runs without an error', '스크립트가 오류 없이 실행됩니다'),
  connects: text(
    'each page opens a WebSocket to the server: {seen} of {people}',
    '각 페이지가 서버에 WebSocket으로 연결합니다: {people}개 중 {seen}개',
  ),
  greeted: text(
    'the server’s greeting stands on each page, once: {seen} of {people}',
    '서버의 인사가 각 페이지에 한 번씩 보입니다: {people}개 중 {seen}개',
  ),
  heard: text(
    'every message stands on both pages, once: {seen} of {expected}',
    '모든 메시지가 두 페이지에 한 번씩 보입니다: {expected}개 중 {seen}개',
  ),
};

const told = {
  title: text('What works in {file}', '{file}에서 되는 것'),
  yes: text('yes: {step}', '됨: {step}'),
  no: text('NO: {step}', '안 됨: {step}'),
  works: text(
    'It works: {people} people see what both say.',
    '잘 됩니다. {people}명이 서로의 메시지를 모두 봅니다.',
  ),
  notYet: text('It does not work yet.', '아직 되지 않습니다.'),
  points: text('What to look at', '살펴볼 것'),
  stopped: text('{error}, in line {line} of the page', '{error}, 페이지의 {line}번째 줄'),
  stoppedSomewhere: text('{error}', '{error}'),
  limits: text(
    'This check stands in for a browser: it knows getElementById, list items, clicks, timers and WebSocket, but no styles, forms or onclick attributes. Open the page in a browser as well.',
    '이 검사는 브라우저를 흉내 냅니다. getElementById, 목록 항목, 클릭, 타이머, WebSocket은 알지만 스타일, 폼, onclick 속성은 모릅니다. 브라우저에서도 열어 보십시오.',
  ),
};

const isAnObject = (line: string): boolean => line.includes('[object ');

/** What an observation points to. The first hint that fits is enough. */
const hints: readonly {
  readonly fits: (tried: TriedPage & { readonly loads: readonly string[] }) => boolean;
  readonly text: Phrase;
}[] = [
  {
    fits: ({ rests }) => !rests,
    text: text(
      'The page did not answer for seconds, or ended: look for a loop that never ends.',
      '페이지가 몇 초 동안 응답하지 않았거나 끝나 버렸습니다. 끝나지 않는 반복문이 있는지 보십시오.',
    ),
  },
  {
    fits: ({ stopped }) => /^io is not defined/.test(stopped?.message ?? ''),
    text: text(
      'io comes with Socket.IO’s client, which this page does not load; and this server speaks WebSocket, not Socket.IO.',
      'io는 Socket.IO 클라이언트에 들어 있는데 이 페이지는 불러오지 않습니다. 게다가 이 서버는 Socket.IO가 아니라 WebSocket으로 통신합니다.',
    ),
  },
  {
    fits: ({ stopped }) => /\.on is not a function/.test(stopped?.message ?? ''),
    text: text(
      'A browser’s WebSocket has no on(): that is how the library ws is used in Node. The page has a second place to repair.',
      '브라우저의 WebSocket에는 on()이 없습니다. Node에서 ws 라이브러리를 쓰는 방식입니다. 고칠 곳이 한 군데 더 있습니다.',
    ),
  },
  {
    fits: ({ stopped }) => /of null/.test(stopped?.message ?? ''),
    text: text(
      'An element was looked up that is not there: another id, or a script that stands above its elements.',
      '찾는 요소가 없습니다. id가 다르거나, 스크립트가 요소보다 위에 있습니다.',
    ),
  },
  {
    fits: ({ stopped }) => stopped?.name === 'ReferenceError' && !/^io /.test(stopped.message),
    text: text(
      'Nothing defines that name here. If browsers have it, this check does not know it: open the page in a browser.',
      '여기서는 그 이름을 아무도 정의하지 않았습니다. 브라우저에 있는 이름이라면 이 검사가 모르는 것이니 브라우저에서 열어 보십시오.',
    ),
  },
  {
    fits: ({ loads }) => loads.length > 0,
    text: text(
      'The page loads scripts from elsewhere. This check loads none, and a ws server has none to give.',
      '페이지가 다른 곳에서 스크립트를 불러옵니다. 이 검사는 불러오지 않으며, ws 서버에도 줄 스크립트가 없습니다.',
    ),
  },
  {
    fits: ({ lines }) => lines.flat().some(isAnObject),
    text: text(
      'What stands on the list is the event, not its text: a message’s text is in event.data.',
      '목록에 글이 아니라 이벤트 객체가 보입니다. 메시지의 글은 event.data에 있습니다.',
    ),
  },
  {
    fits: ({ rests, stopped, connected }) => rests && stopped === null && connected === 0,
    text: text('The script opens no WebSocket.', '스크립트가 WebSocket을 열지 않습니다.'),
  },
  {
    fits: ({ lines }) => lines.some((page) => new Set(page).size < page.length && !page.some(isAnObject)),
    text: text(
      'A line stands twice: the server sends a message to its sender as well.',
      '같은 줄이 두 번 보입니다. 서버는 메시지를 보낸 사람에게도 보냅니다.',
    ),
  },
];

export interface TryTelling {
  readonly file: string;
  readonly tried: TriedPage;
  /** Scripts that the page would load from elsewhere. */
  readonly loads: readonly string[];
}

function stepItems(
  { rests, stopped, connected, greeted, heard, people, expected }: TriedPage,
  reader: Reader,
) {
  const all = String(people);
  const step = (isDone: boolean, sentence: string) =>
    say(reader, isDone ? told.yes : told.no, { step: sentence });
  return [
    step(rests, say(reader, steps.rests)),
    step(rests && stopped === null, say(reader, steps.runs)),
    step(connected === people, say(reader, steps.connects, { seen: String(connected), people: all })),
    step(greeted === people, say(reader, steps.greeted, { seen: String(greeted), people: all })),
    step(heard === expected, say(reader, steps.heard, { seen: String(heard), expected: String(expected) })),
  ];
}

function pointsOf({ tried, loads }: TryTelling, reader: Reader): string[] {
  const { stopped } = tried;
  const error = stopped ? `${stopped.name}: ${stopped.message}` : '';
  const where =
    stopped === null
      ? []
      : stopped.line === null
        ? [say(reader, told.stoppedSomewhere, { error })]
        : [say(reader, told.stopped, { error, line: String(stopped.line) })];
  const fitting = hints.filter(({ fits }) => fits({ ...tried, loads }));
  return [...where, ...fitting.map((hint) => say(reader, hint.text))];
}

export function tryBlocks(telling: TryTelling, reader: Reader): Block[] {
  const { file, tried } = telling;
  const points = tried.works ? [] : pointsOf(telling, reader);
  const verdict = tried.works
    ? say(reader, told.works, { people: String(tried.people) })
    : say(reader, told.notYet);
  return [
    { kind: 'list', title: say(reader, told.title, { file }), items: stepItems(tried, reader) },
    ...(points.length > 0
      ? [{ kind: 'list', title: say(reader, told.points), items: points } satisfies Block]
      : []),
    { kind: 'paragraph', text: say(reader, told.limits) },
    { kind: 'paragraph', text: verdict, strong: true },
  ];
}

/** What `--json` prints. */
export const tryDocument = ({ file, tried, loads }: TryTelling) => ({ file, loads, ...tried });

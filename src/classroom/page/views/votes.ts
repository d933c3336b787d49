/** The vote before a race, and after it the class's word beside what was measured. */

import { type Text, text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import {
  fewestSamples,
  type LaneCounts,
  type LaneName,
  laneNames,
  questions,
  type RaceState,
  type TablesQuestion,
} from '../control-talk.ts';
import { element, say, setText, tableHead } from '../element.ts';
import { laneTitles } from '../lane-words.ts';
import { fewest, type Leaders, mostVoted, youngest } from '../leaders.ts';
import { milliseconds, number, tell } from '../page-reader.ts';
import { pollsApartMs } from '../predictions.ts';
import type { Race } from '../race-part.ts';

const asked: Readonly<Record<TablesQuestion, Text>> = {
  fresh: text(
    'Whose events will be the youngest when they arrive?',
    '도착했을 때 가장 덜 늦은 이벤트는 어느 방식일까요?',
  ),
  light: text('Who will need the fewest bytes?', '바이트를 가장 적게 쓰는 방식은 무엇일까요?'),
};

const results: Readonly<Record<TablesQuestion, Text>> = {
  fresh: text('Youngest events (median age)', '가장 덜 늦은 이벤트 (지연 중앙값)'),
  light: text('Fewest bytes', '가장 적은 바이트'),
};

const texts = {
  votes: text('votes: {count}', '{count}표'),
  title: text('The class, and the measurement', '우리 반의 예측과 측정 결과'),
  question: text('Question', '질문'),
  predicted: text('The class said', '우리 반의 예측'),
  measured: text('Measured', '측정'),
  nobody: text('nobody voted', '투표 없음'),
  right: text('right', '맞음'),
  wrong: text('not so', '다름'),
};

export function createBallot(control: Control): { readonly root: HTMLElement; show(race: RaceState): void } {
  const counts = new Map<string, HTMLElement>();
  const sets = questions.map((question) => {
    const choices = laneNames.map((lane) => {
      const input = element('input', { attributes: { type: 'radio', name: question, value: lane } });
      input.addEventListener('change', () => vote(control, question, lane));
      const count = element('span', { class: 'count' });
      counts.set(`${question} ${lane}`, count);
      return element(
        'label',
        { class: 'choice' },
        input,
        element('span', { phrase: laneTitles[lane] }),
        count,
      );
    });
    return element('fieldset', {}, element('legend', { phrase: asked[question] }), ...choices);
  });
  const open = (isOpen: boolean) => {
    for (const set of sets) set.disabled = !isOpen;
  };
  // What is said while nobody hears would look like a vote and be none.
  let isUp = false;
  open(isUp);
  control.onLink((now) => {
    isUp = now;
    if (!isUp) open(false);
  });
  return {
    root: element('section', { class: 'ballot' }, ...sets),
    show({ votes, phase }) {
      open(isUp && phase === 'voting');
      for (const question of questions)
        for (const lane of laneNames) {
          const count = counts.get(`${question} ${lane}`);
          if (count) say(count, texts.votes, { count: number(votes[question][lane]) });
        }
      if (phase !== 'voting') for (const set of sets) set.querySelectorAll('input').forEach(uncheck);
    },
  };
}

/** Where the browser keeps the name of the page that voted last, so that a page loaded again does not vote twice. */
const votedAs = 'rtcompare.votedAs';

function vote(control: Control, question: TablesQuestion, lane: LaneName) {
  control.send({ type: 'vote', question, lane, instead: kept() });
  keep(control.welcome()?.client ?? '');
}

/** A browser may refuse to keep anything: then a page loaded again is one more voter, and this one still votes. */
function kept(): string | null {
  try {
    return localStorage.getItem(votedAs);
  } catch {
    return null;
  }
}

function keep(client: string) {
  try {
    localStorage.setItem(votedAs, client);
  } catch {
    // As above.
  }
}

/** A new vote begins empty. */
const uncheck = (input: HTMLInputElement) => {
  input.checked = false;
};

export function createResult(): {
  readonly root: HTMLElement;
  show(state: RaceState, race: Race, counts: LaneCounts | null): void;
} {
  const rows = questions.map((question) => {
    const head = element('th', { phrase: results[question], attributes: { scope: 'row' } });
    const [predicted, measured] = [element('td'), element('td')];
    return { question, predicted, measured, row: element('tr', {}, head, predicted, measured) };
  });
  const polling = element('p', { class: 'note' });
  const table = element(
    'table',
    {},
    tableHead([texts.question, texts.predicted, texts.measured]),
    element('tbody', {}, ...rows.map(({ row }) => row)),
  );
  return {
    root: element('section', { class: 'result' }, element('h2', { phrase: texts.title }), table, polling),
    show(state, race, counts) {
      const heard = Math.min(...laneNames.map((lane) => race.tracks()[lane].arrivals.length));
      for (const { question, predicted, measured } of rows) {
        const leaders =
          heard < fewestSamples
            ? null
            : question === 'fresh'
              ? youngest((lane) => race.tracks()[lane].ages())
              : fewest((lane) => bytesPerEvent(race, counts, lane));
        const voted = mostVoted(state.votes[question]);
        const isRight = voted.some((lane) => leaders?.lanes.includes(lane));
        const verdict = leaders ? ` (${tell(isRight ? texts.right : texts.wrong)})` : '';
        setText(predicted, voted.length > 0 ? `${named(voted)}${verdict}` : tell(texts.nobody));
        setText(measured, leaders ? measuredText(question, leaders) : tooFew(heard));
      }
      setText(polling, tell(told.polling, { interval: number(pollsApartMs(state.settings)) }));
    },
  };
}

const told = {
  tooFew: text(
    'told when every lane has had {fewest} events (so far: {heard})',
    '모든 레인이 이벤트 {fewest}개를 받은 뒤에 알려 줍니다(지금까지 {heard}개).',
  ),
  one: text('{lanes}: {value}', '{lanes}: {value}'),
  level: text('{lanes}: {value}, too close to tell apart', '{lanes}: {value}, 차이를 가릴 수 없음'),
  perEvent: text('{bytes} B an event so far', '지금까지 이벤트당 {bytes} B'),
  polling: text(
    'Polling is not ranked: its age is half its {interval} ms interval and one way (POLL1).',
    '폴링은 순위에서 뺐습니다. 폴링의 지연은 간격 {interval} ms의 절반에 편도 시간을 더한 값입니다(POLL1).',
  ),
} as const;

const tooFew = (heard: number) => tell(told.tooFew, { fewest: String(fewestSamples), heard: number(heard) });

const named = (lanes: readonly LaneName[]) => lanes.map((lane) => tell(laneTitles[lane])).join(', ');

function measuredText(question: TablesQuestion, { lanes, value }: Leaders): string {
  const shown =
    question === 'fresh' ? `${milliseconds(value)} ms` : tell(told.perEvent, { bytes: number(value) });
  return tell(lanes.length === 1 ? told.one : told.level, { lanes: named(lanes), value: shown });
}

/** Whoever has lost events has carried fewer: so what counts is bytes for each event that came. */
function bytesPerEvent(race: Race, counts: LaneCounts | null, lane: LaneName): number | null {
  const events = race.tracks()[lane].arrivals.length;
  if (!counts || counts[lane].down === 0 || events === 0) return null;
  return Math.round((counts[lane].up + counts[lane].down) / events);
}

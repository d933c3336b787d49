/** The vote before a race, and after it the class's prediction beside what was measured. */

import { type Text, text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import {
  type LaneCounts,
  type LaneName,
  laneNames,
  questions,
  type TablesQuestion,
} from '../control-talk.ts';
import { bodyOf, element, rowHead, say, setText, tableOf } from '../element.ts';
import { fewest, type Leaders, mostVoted, youngest } from '../leaders.ts';
import { milliseconds, number, tell } from '../page-reader.ts';
import { pollsApartMs } from '../predictions.ts';
import type { Race } from '../race-part.ts';
import { fewestSamples } from '../tables-talk.ts';
import { laneTitles } from '../words.ts';
import type { RacePart } from './view.ts';

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
};

export function createBallot(control: Control): RacePart {
  const counts = new Map<string, HTMLElement>();
  const choiceOf = (question: TablesQuestion, lane: LaneName) => {
    const input = element('input', { attributes: { type: 'radio', name: question, value: lane } });
    input.addEventListener('change', () => vote(control, question, lane));
    const count = element('span', { class: 'count' });
    counts.set(`${question} ${lane}`, count);
    return element('label', { class: 'choice' }, input, element('span', { phrase: laneTitles[lane] }), count);
  };
  // Disabled until the page is connected: a choice would look like a vote, but the site would not receive it.
  const closed = { attributes: { disabled: '' } };
  const sets = questions.map((question) => {
    const choices = laneNames.map((lane) => choiceOf(question, lane));
    return element('fieldset', closed, element('legend', { phrase: asked[question] }), ...choices);
  });
  const root = element('section', { class: 'ballot' }, ...sets);
  return {
    root,
    show({ state: { votes, phase }, isUp }) {
      root.hidden = phase !== 'voting';
      for (const set of sets) set.disabled = !isUp || phase !== 'voting';
      for (const question of questions)
        for (const lane of laneNames) {
          const count = counts.get(`${question} ${lane}`);
          if (count) say(count, texts.votes, { count: number(votes[question][lane]) });
        }
      // A new vote begins empty.
      if (phase !== 'voting') for (const input of root.querySelectorAll('input')) input.checked = false;
    },
  };
}

/** The key under which the browser keeps the name of the page that voted last, so that a reloaded page has one vote. */
const votedAs = 'rtcompare.votedAs';

function vote(control: Control, question: TablesQuestion, lane: LaneName) {
  control.send({ type: 'vote', question, lane, instead: kept() });
  keep(control.welcome()?.client ?? '');
}

/** A browser may refuse localStorage: this page can vote all the same, but after a reload it is another voter. */
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

export function createResult(): RacePart {
  const rows = questions.map((question) => {
    const [predicted, measured] = [element('td'), element('td')];
    const head = rowHead({ phrase: results[question] });
    return { question, predicted, measured, row: element('tr', {}, head, predicted, measured) };
  });
  const polling = element('p', { class: 'note' });
  const heads = [texts.question, texts.predicted, texts.measured];
  const table = tableOf({}, heads, bodyOf(rows.map(({ row }) => row)));
  const title = element('h2', { phrase: texts.title });
  const root = element('section', { class: 'result' }, title, table, polling);
  return {
    root,
    show({ state, race, counts }) {
      root.hidden = state.phase === 'voting';
      const heard = Math.min(...laneNames.map((lane) => race.tracks()[lane].arrivals.length));
      for (const { question, predicted, measured } of rows) {
        const leaders = heard < fewestSamples ? null : leadersOf(question, race, counts);
        const voted = mostVoted(state.votes[question]);
        const isRight = voted.some((lane) => leaders?.lanes.includes(lane));
        const verdict = leaders ? ` (${tell(isRight ? texts.right : texts.wrong)})` : '';
        setText(predicted, voted.length > 0 ? `${named(voted)}${verdict}` : tell(texts.nobody));
        setText(measured, leaders ? measuredText(question, leaders) : tooFew(heard));
      }
      setText(polling, tell(texts.polling, { interval: number(pollsApartMs(state.settings)) }));
    },
  };
}

const leadersOf = (question: TablesQuestion, race: Race, counts: LaneCounts | null): Leaders | null =>
  question === 'fresh'
    ? youngest((lane) => race.tracks()[lane].ages())
    : fewest((lane) => bytesPerEvent(race, counts, lane));

const tooFew = (heard: number) => tell(texts.tooFew, { fewest: String(fewestSamples), heard: number(heard) });

const named = (lanes: readonly LaneName[]) => lanes.map((lane) => tell(laneTitles[lane])).join(', ');

function measuredText(question: TablesQuestion, { lanes, value }: Leaders): string {
  const shown =
    question === 'fresh' ? `${milliseconds(value)} ms` : tell(texts.perEvent, { bytes: number(value) });
  return tell(lanes.length === 1 ? texts.one : texts.level, { lanes: named(lanes), value: shown });
}

/** Bytes for each event that came, because a lane that has lost events has carried fewer. */
function bytesPerEvent(race: Race, counts: LaneCounts | null, lane: LaneName): number | null {
  const events = race.tracks()[lane].arrivals.length;
  if (!counts || counts[lane].down === 0 || events === 0) return null;
  return Math.round((counts[lane].up + counts[lane].down) / events);
}

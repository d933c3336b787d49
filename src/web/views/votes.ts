/** The vote before a race, and after it the class's word beside what was measured. */
import type { Control } from '../control.ts';
import { element, say } from '../element.ts';
import { timesOf } from '../quantile.ts';
import type { Race } from '../race.ts';
import {
  type LaneCounts,
  type LaneName,
  laneNames,
  type Question,
  questions,
  type RaceState,
} from '../talk.ts';
import { milliseconds, number, word } from '../words.ts';

export function createBallot(control: Control): { readonly root: HTMLElement; show(race: RaceState): void } {
  const counts = new Map<string, HTMLElement>();
  const sets = questions.map((question) => {
    const choices = laneNames.map((lane) => {
      const input = element('input', { attributes: { type: 'radio', name: question, value: lane } });
      input.addEventListener('change', () => control.send({ type: 'vote', question, lane }));
      const count = element('span', { class: 'count' });
      counts.set(`${question} ${lane}`, count);
      return element('label', { class: 'choice' }, input, element('span', { word: `lane.${lane}` }), count);
    });
    return element('fieldset', {}, element('legend', { word: `vote.${question}` }), ...choices);
  });
  return {
    root: element('section', { class: 'ballot' }, ...sets),
    show({ votes, phase }) {
      for (const question of questions)
        for (const lane of laneNames) {
          const count = counts.get(`${question} ${lane}`);
          if (count) say(count, 'vote.one', { count: number(votes[question][lane]) });
        }
      if (phase !== 'voting') for (const set of sets) set.querySelectorAll('input').forEach(uncheck);
    },
  };
}

/** A new vote begins empty. */
const uncheck = (input: HTMLInputElement) => {
  input.checked = false;
};

export function createResult(): {
  readonly root: HTMLElement;
  show(state: RaceState, race: Race, counts: LaneCounts | null): void;
} {
  const rows = element('tbody');
  const head = ['result.predicted', 'result.measured'] as const;
  const root = element(
    'section',
    { class: 'result' },
    element('h2', { word: 'result.title' }),
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element('tr', {}, element('td'), ...head.map((key) => element('th', { word: key }))),
      ),
      rows,
    ),
  );
  return {
    root,
    show(state, race, counts) {
      rows.replaceChildren(
        ...questions.map((question) => {
          const measured = winner(question, race, counts);
          const voted = favourite(state.votes[question]);
          const verdict = voted && measured && (voted === measured.lane ? 'result.right' : 'result.wrong');
          const said = voted
            ? `${word(`lane.${voted}`)}${verdict ? ` (${word(verdict)})` : ''}`
            : word('result.nobody');
          return element(
            'tr',
            {},
            element('th', { word: `result.${question}`, attributes: { scope: 'row' } }),
            element('td', { text: said }),
            element('td', { text: measured ? measured.text : '–' }),
          );
        }),
      );
    },
  };
}

function favourite(votes: Readonly<Record<LaneName, number>>): LaneName | null {
  const best = laneNames.reduce((most, lane) => (votes[lane] > votes[most] ? lane : most));
  return votes[best] === 0 ? null : best;
}

function winner(question: Question, race: Race, counts: LaneCounts | null) {
  const values = laneNames.flatMap((lane) => {
    const value = question === 'fresh' ? timesOf(race.tracks()[lane].ages()).p50 : bytes(counts, lane);
    return value === null ? [] : [{ lane, value }];
  });
  const [first] = values.sort((a, b) => a.value - b.value);
  if (!first) return null;
  const value = question === 'fresh' ? `${milliseconds(first.value)} ms` : `${number(first.value)} B`;
  return { lane: first.lane, text: word('result.value', { lane: word(`lane.${first.lane}`), value }) };
}

const bytes = (counts: LaneCounts | null, lane: LaneName): number | null =>
  counts && counts[lane].down > 0 ? counts[lane].up + counts[lane].down : null;

/** The race: the vote, what is measured, and the sliders. */
import { type Phrase, text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import type { LaneCounts, RaceState } from '../control-talk.ts';
import { button, element, say } from '../element.ts';
import type { FrontTab } from '../front-tab.ts';
import type { Race } from '../race-part.ts';
import { createCharts } from './charts.ts';
import { createCutReport } from './cut.ts';
import { createLaneTable } from './lane-table.ts';
import { createLayers } from './layer-bars.ts';
import { createNotes } from './race-notes.ts';
import { createSliders } from './sliders.ts';
import type { RaceMoment, RacePart, View } from './view.ts';
import { createBallot, createResult } from './votes.ts';

const phases = {
  voting: text('Before the race: what do you think?', '경주 전: 어떻게 될까요?'),
  running: text('Race {number} is running', '{number}번째 경주 진행 중'),
  ended: text('Race {number} has ended', '{number}번째 경주 끝'),
  cut: text('Race {number}: the link is cut', '{number}번째 경주: 링크가 끊겼습니다'),
};

const texts = {
  start: text('Start the race', '경주 시작'),
  stop: text('End the race', '경주 끝내기'),
  again: text('Vote again', '다시 투표'),
  cut: text('Cut the link for 3 seconds', '3초 동안 링크 끊기'),
  onlyLeader: text(
    'Your teacher starts the race. Vote, and watch.',
    '경주는 선생님이 시작합니다. 투표하고 지켜보십시오.',
  ),
  elsewhere: text(
    'Another tab is racing. A race parks two of this browser’s few connections, so only one tab races.',
    '다른 탭이 경주하고 있습니다. 경주 하나가 이 브라우저의 몇 안 되는 연결 가운데 두 개를 차지하므로 한 탭만 경주합니다.',
  ),
  claim: text('Race in this tab', '이 탭에서 경주하기'),
};

export function createRaceView(control: Control, race: Race, front: FrontTab): View {
  const [table, charts, layers, notes] = [createLaneTable(), createCharts(), createLayers(), createNotes()];
  const [stage, ballot, sliders] = [createStage(control), createBallot(control), createSliders(control)];
  const [elsewhere, result, cut] = [createElsewhere(front), createResult(), createCutReport()];
  let counts: LaneCounts | null = null;
  const show = () => {
    const state = race.state();
    if (!state) return;
    const mayLead = control.welcome()?.mayLead === true;
    const [isUp, isFront] = [control.isUp(), front.isFront()];
    const moment: RaceMoment = { state, race, counts, mayLead, isUp, isFront };
    for (const part of [stage, elsewhere, ballot, table, sliders, result, cut]) part.show(moment);
    charts.show(state);
  };
  // The lanes come first: during a race the class looks at them.
  const root = element(
    'div',
    {},
    ...[stage.root, stage.onlyLeader, elsewhere.root, ballot.root, table.root, sliders.root],
    element('div', { class: 'outcome' }, result.root, cut.root),
    ...[charts.root, layers.root, notes.root],
  );
  control.on('welcome', show);
  control.on('race', show);
  control.on('link', show);
  control.on('counters', (counters) => {
    counts = counters.race;
    show();
    layers.show(counts);
    notes.show(counters);
    const nowMs = control.nowMs();
    if (race.state()?.phase === 'running' && nowMs !== null) charts.count(counts, nowMs);
    // Events that come after the end are drawn as well.
    charts.draw(race);
  });
  // By a timer, because while the link is cut no message of the site comes, and that is when figures change.
  setInterval(show, 250);
  const draw = () => {
    const nowMs = control.nowMs();
    if (nowMs !== null && root.offsetParent !== null) table.draw(race, nowMs);
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  // A hidden view is 0 px wide, so its charts are drawn when it is shown.
  const shown = charts.renew;
  return {
    root,
    shown,
    renewed() {
      shown();
      show();
    },
  };
}

/** The name of the race, and the buttons that only a leader has. */
function createStage(control: Control): RacePart & { readonly onlyLeader: HTMLElement } {
  const phase = element('h2', { class: 'phase', attributes: { 'aria-live': 'polite' } });
  // Hidden until the site has sent the state of the race.
  const unseen = { attributes: { hidden: '' } };
  const buttons = {
    start: button(texts.start, () => control.send({ type: 'start' }), { class: 'main', ...unseen }),
    cut: button(texts.cut, () => control.send({ type: 'cut' }), unseen),
    stop: button(texts.stop, () => control.send({ type: 'stop' }), unseen),
    again: button(texts.again, () => control.send({ type: 'again' }), unseen),
  };
  const onlyLeader = element('p', { phrase: texts.onlyLeader, ...unseen });
  return {
    onlyLeader,
    root: element(
      'div',
      { class: 'stage' },
      phase,
      element('div', { class: 'buttons' }, ...Object.values(buttons)),
    ),
    show({ state, mayLead }) {
      say(phase, phaseText(state), { number: String(state.number) });
      const isRunning = state.phase === 'running';
      buttons.start.hidden = !mayLead || isRunning;
      buttons.cut.hidden = !mayLead || !isRunning;
      buttons.stop.hidden = !mayLead || !isRunning;
      buttons.again.hidden = !mayLead || state.phase !== 'ended';
      onlyLeader.hidden = mayLead;
    },
  };
}

const phaseText = ({ phase, cut }: RaceState): Phrase<'number'> =>
  phase === 'running' && cut && cut.healedMs === null ? phases.cut : phases[phase];

/** The notice that another tab races. */
function createElsewhere(front: FrontTab): RacePart {
  const root = element(
    'p',
    { class: 'alarm', attributes: { hidden: '' } },
    element('span', { phrase: texts.elsewhere }),
    button(texts.claim, () => front.claim()),
  );
  return {
    root,
    show({ isFront }) {
      root.hidden = isFront;
    },
  };
}

/**
 * How others join: the address, the code, and both as a QR code; empty without a classroom. Large before a race, when
 * students join; during a race only the code is shown, and the lanes have the space.
 */
import { text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import type { RaceState } from '../control-talk.ts';
import { element, say } from '../element.ts';
import { drawn, shape } from '../legend.ts';

const texts = {
  title: text('Join the class', '수업에 참가하기'),
  join: text('Open {url} and use the code', '{url} 을 열고 코드를 입력하십시오'),
  qr: text('QR code of the address', '참가 주소의 QR 코드'),
  people: text('Pages open: {people}', '열린 페이지: {people}'),
};

export function createClassroom(control: Control): HTMLElement {
  const text = element('p');
  const code = element('b', { class: 'code' });
  const picture = element('div', { class: 'qr', label: texts.qr, attributes: { role: 'img' } });
  const people = element('small', { attributes: { 'aria-live': 'off' } });
  const heading = element('summary', {}, element('span', { phrase: texts.title }), ' ', code);
  const details = element('details', {}, heading, picture, text, people);
  const root = element('aside', { class: 'classroom', attributes: { hidden: '' } }, details);
  let phase: RaceState['phase'] | null = null;
  control.on('race', ({ race }) => {
    // If the user has opened or closed it, it stays so until the race's next phase.
    if (race.phase !== phase) details.open = race.phase === 'voting';
    phase = race.phase;
  });
  control.on('welcome', ({ classroom, mayLead }) => {
    root.hidden = classroom === null || !mayLead;
    if (!classroom) return;
    say(text, texts.join, { url: classroom.url.replace(/#.*$/, '') });
    code.textContent = classroom.code;
    picture.replaceChildren(pictureOf(classroom.modules));
  });
  control.on('counters', ({ people: count }) => say(people, texts.people, { people: String(count) }));
  return root;
}

/** Dark modules as one path, so that nothing shows between them. */
function pictureOf(modules: readonly string[]): SVGElement {
  const squares = modules.flatMap((row, y) =>
    [...row].flatMap((module, x) => (module === '#' ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  const viewBox = `0 0 ${modules.length} ${modules.length}`;
  return drawn('svg', { viewBox }, shape(squares.join('')));
}

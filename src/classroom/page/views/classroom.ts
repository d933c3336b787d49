/**
 * How others join: the address, the code, and both as a QR code; nothing where this is no classroom. Large before a race,
 * when everybody comes; during it only the code is left, and the room belongs to the lanes.
 */
import type { Control } from '../control.ts';
import { element, say } from '../element.ts';
import type { RaceState } from '../talk.ts';

const svg = 'http://www.w3.org/2000/svg';

export function createClassroom(control: Control): HTMLElement {
  const text = element('p');
  const code = element('b', { class: 'code' });
  const picture = element('div', { class: 'qr', label: 'class.qr', attributes: { role: 'img' } });
  const people = element('small', { attributes: { 'aria-live': 'off' } });
  const heading = element('summary', {}, element('span', { word: 'class.title' }), ' ', code);
  const details = element('details', {}, heading, picture, text, people);
  const root = element('aside', { class: 'classroom', attributes: { hidden: '' } }, details);
  let phase: RaceState['phase'] | null = null;
  control.on('race', ({ race }) => {
    // What somebody has opened or closed stays so until the race goes on.
    if (race.phase !== phase) details.open = race.phase === 'voting';
    phase = race.phase;
  });
  control.on('welcome', ({ classroom, mayLead }) => {
    root.hidden = classroom === null || !mayLead;
    if (!classroom) return;
    say(text, 'class.text', { url: classroom.url.replace(/#.*$/, '') });
    code.textContent = classroom.code;
    picture.replaceChildren(drawn(classroom.modules));
  });
  control.on('counters', ({ people: count }) => say(people, 'class.people', { people: String(count) }));
  return root;
}

/** Dark modules as one path, so that nothing shows between them. */
function drawn(modules: readonly string[]): SVGElement {
  const picture = document.createElementNS(svg, 'svg');
  const path = document.createElementNS(svg, 'path');
  const squares = modules.flatMap((row, y) =>
    [...row].flatMap((module, x) => (module === '#' ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  picture.setAttribute('viewBox', `0 0 ${modules.length} ${modules.length}`);
  path.setAttribute('d', squares.join(''));
  picture.append(path);
  return picture;
}

/** The page, put together: a heading, a switch for the language, and the views. */
import { text } from '../../base/text.ts';
import { openChat } from './chat-part.ts';
import { openControl } from './control-socket.ts';
import { button, element, languageButton, speak } from './element.ts';
import { createFrontTab } from './front-tab.ts';
import { tell } from './page-reader.ts';
import { openRace } from './race-part.ts';
import { createChatView } from './views/chat-panel.ts';
import { createClassroom } from './views/classroom.ts';
import { createWire } from './views/last-exchange.ts';
import { createRaceView } from './views/race-panel.ts';
import { createRecorded } from './views/recorded-run.ts';
import { createLimits } from './views/six-connections.ts';
import { createVerdicts } from './views/verdicts.ts';
import { type View, type ViewName, viewNames } from './views/view.ts';

const texts = {
  title: text('Real-time transports, side by side', '실시간 전송 방식, 나란히 비교'),
  views: text('Views', '화면'),
  linkDown: text('No connection to the site, connecting again …', '서버와 연결이 끊겨 다시 연결하는 중 …'),
};

const language = languageButton(() => {
  for (const { view } of places.values()) view.renewed?.();
});
const control = openControl();
const front = createFrontTab(() => race.refresh());
const race = openRace(control, front);
const chat = openChat(control);
/** Always takes its space, so that nothing on the page moves when the link goes down. */
const link = element('p', { class: 'link alarm', attributes: { role: 'status' } });

const views: Readonly<Record<ViewName, View>> = {
  race: createRaceView(control, race, front),
  chat: createChatView(chat),
  wire: createWire(control),
  verdicts: createVerdicts(control, race, chat),
  limits: createLimits(control),
  // If the site has a recorded run, the page opens with it; otherwise the tab of this view stays hidden.
  recorded: createRecorded(control, () => show('recorded')),
};

const places = new Map(
  (Object.entries(views) as [ViewName, View][]).map(([name, view]) => {
    const panel = element('section', { id: `view-${name}`, attributes: { hidden: '' } }, view.root);
    const tab = button(viewNames[name], () => show(name), { attributes: { 'data-view': name } });
    tab.hidden = name === 'recorded';
    return [name, { view, panel, tab }];
  }),
);

function show(name: ViewName): void {
  for (const [other, { view, panel, tab }] of places) {
    const isShown = other === name;
    tab.setAttribute('aria-current', isShown ? 'page' : 'false');
    panel.hidden = !isShown;
    if (isShown) tab.hidden = false;
    if (isShown) view.shown?.();
  }
}

document.body.append(
  element(
    'header',
    {},
    element('h1', { phrase: texts.title }),
    element('nav', { label: texts.views }, ...[...places.values()].map(({ tab }) => tab)),
    language,
  ),
  link,
  createClassroom(control),
  element('main', {}, ...[...places.values()].map(({ panel }) => panel)),
);
control.on('link', ({ isUp }) => speak(link, () => (isUp ? '' : tell(texts.linkDown))));
show('race');

/** The page, put together: a heading, a switch for the language, and a view for each of the things one can do here. */
import { text } from '../../base/text.ts';
import { openChat } from './chat-part.ts';
import { openControl } from './control-socket.ts';
import { button, element, say, sayAll, speak } from './element.ts';
import { createFrontTab } from './front-tab.ts';
import { languageNow, otherLanguage, setLanguage, tell } from './page-reader.ts';
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

setLanguage(document.documentElement.lang === 'ko' ? 'ko' : 'en');

const control = openControl();
const front = createFrontTab(() => race.refresh());
const race = openRace(control, front);
const chat = openChat(control);

const views: Readonly<Partial<Record<ViewName, View>>> = {
  race: createRaceView(control, race, front),
  chat: createChatView(chat),
  wire: createWire(control),
  verdicts: createVerdicts(control, race, chat),
  limits: createLimits(control),
};

const classroom = createClassroom(control);
const recorded = createRecorded(control);
/** Its place is always there: when the link goes, nothing of the page moves. */
const link = element('p', { class: 'link alarm', attributes: { role: 'status' } });
const places = new Map<ViewName, { readonly tab: HTMLElement; readonly panel: HTMLElement }>();

function show(name: ViewName): void {
  for (const [other, { tab, panel }] of places) {
    tab.setAttribute('aria-current', other === name ? 'page' : 'false');
    panel.hidden = other !== name;
  }
  views[name]?.shown?.();
}

function panelOf(name: ViewName, root: HTMLElement): HTMLElement {
  const panel = element('section', { id: `view-${name}`, attributes: { hidden: '' } }, root);
  const tab = button(viewNames[name], () => show(name), { attributes: { 'data-view': name } });
  places.set(name, { tab, panel });
  return panel;
}

const panels = (Object.entries(views) as [ViewName, View][]).map(([name, { root }]) => panelOf(name, root));
const recordedPanel = panelOf('recorded', recorded.root);
const tabs = [...places].map(([name, { tab }]) => {
  if (name === 'recorded') tab.hidden = true;
  return tab;
});
recorded.onLoaded(() => {
  const tab = places.get('recorded')?.tab;
  if (tab) tab.hidden = false;
  show('recorded');
});

const language = button(otherLanguage, () => {
  setLanguage(languageNow() === 'en' ? 'ko' : 'en');
  document.documentElement.lang = languageNow();
  sayAll();
  for (const view of Object.values(views)) view.renewed?.();
  recorded.renewed();
});
const heading = element('h1', { phrase: texts.title });
document.body.append(
  element('header', {}, heading, element('nav', { label: texts.views }, ...tabs), language),
  link,
  classroom,
  element('main', {}, ...panels, recordedPanel),
);
say(heading, texts.title);
control.onLink((isUp) => {
  speak(link, () => (isUp ? '' : tell(texts.linkDown)));
});
show('race');

/** The page of a client in a browser: it is told by the control connection what to do, and does nothing else. */
import {
  controlParameter,
  type FromPage,
  nameParameter,
  type PageOrder,
  type PageQuestion,
} from '../page-talk.ts';
import { openClient, type PageClient } from './page-client.ts';
import { leastStepMs } from './page-clock.ts';
import { probe } from './page-probes.ts';
import { createReports } from './page-reports.ts';

const parameters = new URLSearchParams(location.search);
const control = new WebSocket(
  `${parameters.get(controlParameter)}?${nameParameter}=${parameters.get(nameParameter)}`,
);
// What a page sends says which page it is (`Referer`): the one of its site, without what it was told.
history.replaceState(null, '', '/');
const tell = (told: FromPage) => control.send(JSON.stringify(told));
const reports = createReports(tell);
let client: PageClient | null = null;

async function answer(asked: PageQuestion): Promise<unknown> {
  switch (asked.type) {
    case 'clock':
      return performance.now();
    case 'open':
      client = openClient(asked, reports);
      return client.opened;
    case 'quiet':
      return client?.rest();
    case 'close':
      client?.close();
      return null;
    case 'probe':
      return probe(asked.name, asked.values);
  }
}

control.onmessage = async ({ data }) => {
  const told = JSON.parse(data) as PageOrder;
  if (told.type === 'say') client?.say(told.number, told.text, told.dueMs);
  else if (told.type === 'go-on') client?.goOn();
  else if (told.type === 'visit') open(told.url, '', 'popup,width=320,height=240');
  else if (told.type === 'leave') close();
  else {
    try {
      const value = await answer(told);
      // What happened before belongs before it.
      reports.flush();
      tell({ type: 'answer', id: told.id, value });
    } catch (error) {
      tell({ type: 'failed', id: told.id, why: String(error) });
    }
  }
};
control.onopen = () =>
  tell({
    type: 'hello',
    userAgent: navigator.userAgent,
    isVisible: document.visibilityState === 'visible',
    isIsolated: crossOriginIsolated,
    stepMs: leastStepMs(),
  });
// Whoever drove it is gone, and so is what it measures.
control.onclose = () => close();
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden' && control.readyState === WebSocket.OPEN)
    tell({ type: 'hidden' });
});

/** What a page, or a process in its place, does at the commands of its control connection, and nothing else. */
import {
  controlParameter,
  type FromPage,
  type Hello,
  nameParameter,
  type PageOrder,
  type PageQuestion,
} from '../page-talk.ts';
import { openClient, type PageClient } from './page-client.ts';
import { leastStepMs } from './page-clock.ts';
import { probe } from './page-probes.ts';
import { createReports } from './page-reports.ts';

interface Place {
  readonly hello: Pick<Hello, 'isVisible' | 'isIsolated'>;
  /** Opens another page like this one: a window of its own, or a tab of this page's window. */
  visit(url: string, isTab: boolean): void;
  leave(): void;
}

export function obey(control: WebSocket, { hello, visit, leave }: Place): (told: FromPage) => void {
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
    else if (told.type === 'visit') visit(told.url, told.isTab);
    else if (told.type === 'leave') leave();
    else {
      try {
        const value = await answer(told);
        // What happened before the answer has to reach the driver before it.
        reports.flush();
        tell({ type: 'answer', id: told.id, value });
      } catch (error) {
        tell({ type: 'failed', id: told.id, why: String(error) });
      }
    }
  };
  control.onopen = () =>
    tell({ type: 'hello', userAgent: navigator.userAgent, ...hello, stepMs: leastStepMs() });
  // The run has ended, or its process is gone: there is nothing more to measure.
  control.onclose = leave;
  return tell;
}

/** The control connection that the page's address names. */
export function controlOf({ searchParams }: Pick<URL, 'searchParams'>): WebSocket {
  const name = new URLSearchParams({ [nameParameter]: searchParams.get(nameParameter) ?? '' });
  return new WebSocket(`${searchParams.get(controlParameter)}?${name}`);
}

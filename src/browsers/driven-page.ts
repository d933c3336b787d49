/** A page as its driver sees it: the driver asks, tells and hears it over the page's control connection. */
import { setMaxListeners } from 'node:events';
import type { WebSocket } from 'ws';
import { CannotRun } from '../base/failure.ts';
import { type Text, text } from '../base/text.ts';
import type { FromPage, Hello, PageHappening, PageOrder, PageQuestion } from './page-talk.ts';

export interface DrivenPage {
  readonly hello: Hello;
  tell(told: PageOrder): void;
  /** Rejects with the error that the page reports, and when the page has gone. */
  ask(asked: PageQuestion): Promise<unknown>;
  onHappened: (happenings: readonly PageHappening[]) => void;
  /** Aborted, with the reason, when the page goes before it was told to, or is hidden. */
  readonly gone: AbortSignal;
  leave(): void;
}

const closed = text(
  'browser-gone: a page of the browser has closed',
  'browser-gone: 브라우저의 페이지가 닫혔습니다',
);
const hidden = text(
  'browser-hidden: a page of the browser is hidden, and engines slow the timers of hidden pages down: leave its window where it is',
  'browser-hidden: 브라우저의 페이지가 가려져 있습니다. 엔진은 가려진 페이지의 타이머를 늦춥니다. 창을 그대로 두어야 합니다',
);

/** Resolves when the page has introduced itself. */
export function drivePage(socket: WebSocket): Promise<DrivenPage> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  const gone = new AbortController();
  // A page may serve many trials, each with its own listeners: no warning about a leak.
  setMaxListeners(0, gone.signal);
  let isLeaving = false;
  let asked = 0;
  const tell = (told: PageOrder) => socket.send(JSON.stringify(told));
  const goneBecause = (why: Text) => {
    if (!isLeaving) gone.abort(new CannotRun(why));
    for (const { reject } of waiting.values()) reject(gone.signal.reason ?? new CannotRun(why));
    waiting.clear();
  };
  socket.on('close', () => goneBecause(closed));
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      const told = JSON.parse(data.toString()) as FromPage;
      if (told.type === 'hello') {
        if (!told.isVisible) goneBecause(hidden);
        resolve(Object.assign(page, { hello: told }));
      } else if (told.type === 'happened') page.onHappened(told.happenings);
      else if (told.type === 'hidden') goneBecause(hidden);
      else {
        const question = waiting.get(told.id);
        waiting.delete(told.id);
        if (told.type === 'answer') question?.resolve(told.value);
        else question?.reject(new Error(told.why));
      }
    });
    const page: Omit<DrivenPage, 'hello'> = {
      tell,
      ask: (question) =>
        new Promise((resolve, reject) => {
          if (gone.signal.aborted) return reject(gone.signal.reason);
          const id = ++asked;
          waiting.set(id, { resolve, reject });
          tell({ id, ...question });
        }),
      onHappened: () => {},
      gone: gone.signal,
      leave() {
        isLeaving = true;
        if (socket.readyState === socket.OPEN) tell({ type: 'leave' });
      },
    };
  });
}

/** What a page does to probe its engine's behaviour: one action each, reported as the page sees it. */

type Values = readonly (string | number)[];
type Probe = (...values: string[]) => Promise<unknown>;

/** Window features with which a page opens another beside it. */
export const ownWindow = 'popup,width=320,height=240';
/** A hidden page is an error, except in the probe that hides it on purpose. */
export const hiding = { isMeant: false };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const socketAt = (path: string) => {
  const url = new URL(path, location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url);
};

/** Resolves with the status, or with 0 if there was no answer. */
const asked = (path: string, init: RequestInit = {}): Promise<number> =>
  fetch(path, init).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );

/** The moments at which a 100 ms timer fired, for `forMs`, or until one was half a minute late. */
async function ticks(forMs: number): Promise<number[]> {
  const beganMs = performance.now();
  const times = [beganMs];
  for (let lastMs = beganMs; lastMs - beganMs < forMs; ) {
    await pause(100);
    const nowMs = performance.now();
    times.push(nowMs);
    if (nowMs - lastMs > 30_000) break;
    lastMs = nowMs;
  }
  return times;
}

const text = { 'content-type': 'text/plain; charset=utf-8' };

const probes: Readonly<Record<string, Probe>> = {
  get: (path = '', cache) => asked(path, cache === 'no-store' ? { cache } : {}),
  post: (path = '', bytes) => asked(path, { method: 'POST', headers: text, body: 'x'.repeat(Number(bytes)) }),
  /** Sends so many requests at once and waits for none. */
  async ask(path = '', times) {
    for (let time = 0; time < Number(times); time++) void asked(`${path}?${time}`, { cache: 'no-store' });
  },
  async listen(path = '', times) {
    for (let time = 0; time < Number(times); time++) new EventSource(`${path}?${time}`);
  },
  /** A cross-origin POST whose content type needs a preflight. */
  preflighted: (url = '') =>
    asked(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
  /** Opens so many more windows of the same origin, one after the other, and closes them at the end. */
  async windows(path = '', times, apartMs) {
    const opened: (Window | null)[] = [];
    for (let nth = 0; nth < Number(times); nth++) {
      opened.push(open(`${path}?${nth}`, '', ownWindow));
      await pause(Number(apartMs));
    }
    for (const one of opened) one?.close();
  },
  /** Another tab covers this one: ms between the ticks of a 100 ms timer. Empty if that does not hide this tab. */
  async hides(path = '', forMs) {
    hiding.isMeant = true;
    const other = open(path, '', '');
    for (let waited = 0; waited < 50 && document.visibilityState === 'visible'; waited++) await pause(100);
    if (document.visibilityState === 'visible') return [];
    const times = await ticks(Number(forMs));
    other?.close();
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  },
  /** Whether an EventSource is closed for good after this answer: `closed`, or the state it is in instead. */
  async refused(path = '', withinMs) {
    const source = new EventSource(path);
    const states = ['connecting', 'open', 'closed'];
    await Promise.race([new Promise((resolve) => (source.onerror = resolve)), pause(Number(withinMs))]);
    const state = states[source.readyState];
    source.close();
    return state;
  },
  /** Opens a WebSocket; resolves with whether it opened within so many ms. */
  async opens(path = '', withinMs) {
    const socket = socketAt(path);
    return Promise.race([
      new Promise<boolean>((resolve) => {
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      }),
      pause(Number(withinMs)).then(() => false),
    ]);
  },
  async says(path = '', bytes) {
    const socket = socketAt(path);
    await new Promise((resolve) => (socket.onopen = resolve));
    socket.send('x'.repeat(Number(bytes)));
    await new Promise((resolve) => (socket.onmessage = resolve));
    socket.close();
  },
  /** Opens a new WebSocket so many ms after the last has failed, for `forMs`. */
  async insists(path = '', everyMs, forMs) {
    for (const endMs = performance.now() + Number(forMs); performance.now() < endMs; ) {
      await new Promise((resolve) => (socketAt(path).onclose = resolve));
      await pause(Number(everyMs));
    }
  },
  /** How long it waits for the Close frame that answers its own. */
  async closes(path = '') {
    const socket = socketAt(path);
    await new Promise((resolve) => (socket.onopen = resolve));
    const beganMs = performance.now();
    socket.close(1000);
    await new Promise((resolve) => (socket.onclose = resolve));
    return performance.now() - beganMs;
  },
};

export function probe(name: string, values: Values): Promise<unknown> {
  const found = probes[name];
  if (!found) throw new Error(`this page has no probe ${name}`);
  return found(...values.map(String));
}

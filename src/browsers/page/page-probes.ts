/** What a page does when it is asked how its engine behaves: one thing each, told as it was seen from here. */

type Values = readonly (string | number)[];
type Probe = (...values: string[]) => Promise<unknown>;

/** How a page opens another beside it. */
export const ownWindow = 'popup,width=320,height=240';
/** A page that is hidden is an error, but for the one that is to find out what happens then. */
export const hiding = { isMeant: false };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const socketAt = (path: string) => {
  const url = new URL(path, location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url);
};

/** Resolves with the status, or with 0 where there was no answer. */
const asked = (path: string, init: RequestInit = {}): Promise<number> =>
  fetch(path, init).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );

/** Moments at which a timer of 100 ms came, for so long, or until one was late by half a minute. */
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
  /** So many at once, never waited for. */
  async ask(path = '', times) {
    for (let time = 0; time < Number(times); time++) void asked(`${path}?${time}`, { cache: 'no-store' });
  },
  async listen(path = '', times) {
    for (let time = 0; time < Number(times); time++) new EventSource(`${path}?${time}`);
  },
  /** From another origin, with a body that asks for leave first. */
  preflighted: (url = '') =>
    asked(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
  /** So many windows more, of the same origin, one after the other; closed again at the end. */
  async windows(path = '', times, apartMs) {
    const opened: (Window | null)[] = [];
    for (let nth = 0; nth < Number(times); nth++) {
      opened.push(open(`${path}?${nth}`, '', ownWindow));
      await pause(Number(apartMs));
    }
    for (const one of opened) one?.close();
  },
  /** Another tab covers this one: ms between the ticks of a timer of 100 ms. Nothing where it is not hidden by that. */
  async hides(path = '', forMs) {
    hiding.isMeant = true;
    const other = open(path, '', '');
    for (let waited = 0; waited < 50 && document.visibilityState === 'visible'; waited++) await pause(100);
    if (document.visibilityState === 'visible') return [];
    const times = await ticks(Number(forMs));
    other?.close();
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  },
  /** Whether an EventSource is closed for good after its answer: `closed`, or what else it is. */
  async refused(path = '', withinMs) {
    const source = new EventSource(path);
    const states = ['connecting', 'open', 'closed'];
    await Promise.race([new Promise((resolve) => (source.onerror = resolve)), pause(Number(withinMs))]);
    const state = states[source.readyState];
    source.close();
    return state;
  },
  /** Opens a WebSocket; resolves with whether it stood within so many ms. */
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
  /** A new WebSocket so many ms after the last has failed, for so long. */
  async insists(path = '', everyMs, forMs) {
    for (const endMs = performance.now() + Number(forMs); performance.now() < endMs; ) {
      await new Promise((resolve) => (socketAt(path).onclose = resolve));
      await pause(Number(everyMs));
    }
  },
  /** How long it waits for a Close in return to its own. */
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

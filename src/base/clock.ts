/**
 * Time as an argument. Everything that waits or measures takes a `Clock`, so a test (and the byte gate) can
 * run a schedule without sleeping, and a law can be checked exactly.
 *
 * Times are nanoseconds of the machine's one monotonic clock, the same in every process (a double holds them
 * exactly for the first 104 days of uptime, and to 2 ns after that). Wall-clock time never measures anything.
 */

export interface Clock {
  /** Nanoseconds since an arbitrary, machine-wide origin. */
  now(): number;
  /** Calls `action` at `dueNs` or later, never before. Returns a function that cancels it. */
  at(dueNs: number, action: () => void): () => void;
}

export const nanoseconds = { perMs: 1e6, perSecond: 1e9 } as const;

/** Resolves at `dueNs` or later; rejects with the signal's reason when aborted first. */
export function sleepUntil(clock: Clock, dueNs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.at(dueNs, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}

const machineNow = () => Number(process.hrtime.bigint());

/**
 * Resolves a millisecond or two after `dueNs`, never before: for waits of seconds, of which thousands may be pending.
 * To meet a time exactly costs turns of the event loop, and among thousands of waits one is always about to end.
 */
export async function sleepRoughly(clock: Clock, dueNs: number): Promise<void> {
  if (clock !== realClock) return sleepUntil(clock, dueNs);
  for (let leftNs = dueNs - clock.now(); leftNs > 0; leftNs = dueNs - clock.now())
    await new Promise((resolve) => setTimeout(resolve, Math.min(Math.ceil(leftNs / 1e6), 2 ** 31 - 1)));
}

/**
 * Node's timers count whole milliseconds and may fire a fraction early. So a timer covers all but the last
 * millisecond or two, and the rest is waited out one turn of the event loop at a time: arrivals are still
 * handled meanwhile, and nothing is ever sent before it is due.
 */
export const realClock: Clock = {
  now: machineNow,
  at(dueNs, action) {
    let timer: NodeJS.Timeout | undefined;
    let immediate: NodeJS.Immediate | undefined;
    const step = () => {
      const leftMs = (dueNs - machineNow()) / 1e6;
      if (leftMs <= 0) action();
      else if (leftMs > 2) timer = setTimeout(step, Math.min(leftMs - 1, 2 ** 31 - 1));
      else immediate = setImmediate(step);
    };
    // Even an action that is already due runs in a later turn, or a late schedule would never yield.
    immediate = setImmediate(step);
    return () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    };
  },
};

export interface VirtualClock extends Clock {
  /** Moves time to `untilNs`, running every action due on the way, in order. */
  advance(untilNs: number): Promise<void>;
}

/** A clock that moves only when told to. Between two actions it lets all pending promises settle. */
export function virtualClock(startNs = 0): VirtualClock {
  let now = startNs;
  let ordinal = 0;
  const waiting: { dueNs: number; ordinal: number; action: () => void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    at(dueNs, action) {
      const entry = { dueNs: Math.max(dueNs, now), ordinal: ordinal++, action };
      // A sorted insertion from the end: most timers are set for later than those already there.
      let index = waiting.length;
      while (index > 0 && (waiting[index - 1]?.dueNs ?? 0) > entry.dueNs) index--;
      waiting.splice(index, 0, entry);
      return () => {
        const found = waiting.indexOf(entry);
        if (found >= 0) waiting.splice(found, 1);
      };
    },
    async advance(untilNs) {
      await settle();
      for (let next = waiting[0]; next && next.dueNs <= untilNs; next = waiting[0]) {
        waiting.shift();
        now = next.dueNs;
        next.action();
        await settle();
      }
      now = Math.max(now, untilNs);
    },
  };
}

/**
 * A deadline for answers from outside: calls after `ms`, but only once what had arrived by then has been read. A
 * process that was stalled runs its due timers before it reads its sockets, and would give up on answers that are
 * already there. Returns a function that cancels the deadline.
 */
export function afterReading(ms: number, call: () => void): () => void {
  let turn: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    turn = setImmediate(() => {
      turn = setImmediate(call);
    });
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(turn);
  };
}

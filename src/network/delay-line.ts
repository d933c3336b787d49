/**
 * One direction of one connection over an emulated link: what goes in comes out later, in order and never
 * before its time. The timetable says when; this keeps the queue, the one timer, the stalls and the
 * backpressure. A pure function of the clock and the seed.
 */
import type { Clock } from '../base/clock.ts';
import { type Item, type Travel, timetable, type Waiting } from './timetable.ts';

/** Why nothing comes out: `stalled` is an outage, `full` a receiver that does not read. */
export type Hold = 'stalled' | 'full';

export interface DelayLineOptions extends Travel {
  readonly clock: Clock;
  readonly deliver: (item: Item) => void;
  /** Backpressure: `false` when the line holds `lineBytes`, `true` when half of them have come out. */
  readonly room: (isRoom: boolean) => void;
}

export interface DelayLine {
  push(item: Item): void;
  /**
   * From now on nothing comes out. The break is at the far end of the line: bytes travel up to it and wait.
   * With two reasons to hold, both must be released.
   */
  hold(why: Hold): void;
  /** Lets out what has waited; after an outage no faster than the bandwidth. */
  release(why: Hold): void;
  /** Drops what is on the line, and all that is pushed from now on; the line counts as empty. */
  drop(): void;
  /** Bytes that went in and have not come out. */
  bytes(): number;
}

/**
 * The line takes no more than this from a sender: about what two kernels' socket buffers would hold. It limits the
 * throughput of a long line, as a TCP window does.
 */
export const lineBytes = 4 * 1024 * 1024;

export function delayLine(options: DelayLineOptions): DelayLine {
  const due = timetable(options);
  const holds = new Set<Hold>();
  const queue = queueOf(options, holds);
  const isInstant = options.delayMs === 0 && options.jitterMs === 0 && options.bitsPerSecond === null;
  let dropped = false;
  return {
    push(item) {
      if (dropped || (isInstant && queue.pass(item))) return;
      queue.add(due.enter(options.clock.now(), item));
    },
    hold(why) {
      holds.add(why);
      queue.sleep();
    },
    release(why) {
      if (!holds.delete(why)) return;
      if (why === 'stalled') due.spread(options.clock.now(), queue.waiting);
      queue.run();
    },
    drop() {
      dropped = true;
      queue.clear();
    },
    bytes: queue.bytes,
  };
}

/** What is on the way, and the one timer for what comes out next. */
function queueOf({ clock, deliver, room }: DelayLineOptions, holds: ReadonlySet<Hold>) {
  const watchRoom = roomWatch(room);
  const alarm = alarmOf(clock, () => run());
  const waiting: Waiting[] = [];
  let bytes = 0;
  let delivering = false;

  const next = () => (holds.size === 0 ? waiting[0] : undefined);
  const run = () => {
    // If an item is pushed during a delivery, the loop that is already running takes it.
    if (delivering) return;
    delivering = true;
    alarm.off();
    for (let first = next(); first && first.dueNs <= clock.now(); first = next()) {
      waiting.shift();
      bytes -= first.bytes;
      deliver(first.item);
    }
    delivering = false;
    const later = next();
    if (later) alarm.set(later.dueNs);
    watchRoom(bytes);
  };
  const add = (items: readonly Waiting[]) => {
    waiting.push(...items);
    for (const item of items) bytes += item.bytes;
    // A timer that is already set is for an earlier item. A line without delay lets its bytes out at once.
    if (alarm.isSet()) watchRoom(bytes);
    else run();
  };
  /** Lets an item out that is due at once, unless it has to wait for others. */
  const pass = (item: Item): boolean => {
    if (delivering || waiting.length > 0 || holds.size > 0) return false;
    delivering = true;
    deliver(item);
    delivering = false;
    if (waiting.length > 0) run();
    return true;
  };
  const clear = () => {
    alarm.off();
    waiting.length = 0;
    bytes = 0;
    watchRoom(bytes);
  };
  return { waiting, bytes: () => bytes, sleep: alarm.off, run, add, pass, clear };
}

/** One timer, set anew each time. */
function alarmOf(clock: Clock, ring: () => void) {
  let cancel: (() => void) | undefined;
  return {
    isSet: () => cancel !== undefined,
    set(dueNs: number) {
      cancel = clock.at(dueNs, ring);
    },
    off() {
      cancel?.();
      cancel = undefined;
    },
  };
}

/** Reports when a line becomes full and when it is half empty again, not every byte between. */
function roomWatch(room: (isRoom: boolean) => void) {
  let crowded = false;
  return (bytes: number) => {
    if (bytes >= (crowded ? lineBytes / 2 : lineBytes) === crowded) return;
    crowded = !crowded;
    room(!crowded);
  };
}

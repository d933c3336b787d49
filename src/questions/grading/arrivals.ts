/** A queue of what has arrived, and a wait that ends as soon as enough is there. */

export interface ArrivalQueue<Item> {
  readonly all: readonly Item[];
  add(item: Item): void;
  /** Checks again although nothing has arrived: a connection has ended, for example. */
  nudge(): void;
  /** Forgets what has arrived. */
  clear(): void;
  /** Whether it was enough before the time was up. */
  until(isEnough: (all: readonly Item[]) => boolean, withinMs: number): Promise<boolean>;
}

export function createArrivals<Item>(): ArrivalQueue<Item> {
  const all: Item[] = [];
  const waiting = new Set<() => void>();
  const nudge = () => {
    for (const look of [...waiting]) look();
  };
  return {
    all,
    nudge,
    add(item) {
      all.push(item);
      nudge();
    },
    clear: () => void all.splice(0),
    until: (isEnough, withinMs) =>
      new Promise((resolve) => {
        const end = (found: boolean) => {
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found);
        };
        const look = () => isEnough(all) && end(true);
        const timer = setTimeout(() => end(isEnough(all)), withinMs);
        waiting.add(look);
        look();
      }),
  };
}

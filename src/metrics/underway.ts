/**
 * The messages of one sender of which copies are still on their way, in the order in which they were sent. They
 * mostly arrive in that order too, so the one looked for is mostly the first: a list that is read from its head
 * costs less than a Map, which rebuilds its table after every few messages added and removed.
 */

export interface UnderwayMessage {
  readonly sequence: number;
  readonly dueNs: number;
  readonly receivers: number;
  /** Copies still expected. */
  missing: number;
  /** Of them, those for receivers that were not set apart. */
  besides: number;
}

export interface Underway {
  add(message: UnderwayMessage): void;
  find(sequence: number): UnderwayMessage | null;
  /** Takes out the message that was found last. */
  remove(): void;
}

/** How many places at the head may be empty before the list is compacted. */
const emptyPlaces = 1024;

export function createUnderway(): Underway {
  const list: (UnderwayMessage | null)[] = [];
  let head = 0;
  let found = 0;
  return {
    add: (message) => void list.push(message),
    find(sequence) {
      for (found = head; found < list.length; found++) {
        const message = list[found];
        if (message?.sequence === sequence) return message;
      }
      return null;
    },
    remove() {
      if (found > head) {
        list.splice(found, 1);
        return;
      }
      list[head++] = null;
      if (head === list.length || head === emptyPlaces) {
        list.splice(0, head);
        head = 0;
      }
    },
  };
}

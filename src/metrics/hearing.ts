/** Which messages each receiver got from each sender; memory does not grow while messages arrive in order. */

/** Counts copies that arrive twice or out of order. */
export function createHearing() {
  const streams = new Map<number, Map<number, Stream>>();
  const counted = { duplicated: 0, reordered: 0 };
  return {
    counted,
    isNew(receiver: number, sender: number, sequence: number): boolean {
      const stream = entryOf(entryOf(streams, receiver, newStreams), sender, newStream);
      if (hasHeard(stream, sequence)) {
        counted.duplicated++;
        return false;
      }
      hear(stream, sequence);
      if (sequence < stream.newest) counted.reordered++;
      else stream.newest = sequence;
      return true;
    },
  };
}

/** What one receiver got from one sender: all of `start` to `next - 1`, and in `elsewhere` the numbers outside. */
interface Stream {
  start: number;
  next: number;
  readonly elsewhere: Set<number>;
  newest: number;
}

const newStreams = () => new Map<number, Stream>();
const newStream = (): Stream => ({ start: -1, next: -1, elsewhere: new Set(), newest: -1 });

const hasHeard = ({ start, next, elsewhere }: Stream, sequence: number) =>
  (sequence >= start && sequence < next) || (elsewhere.size > 0 && elsewhere.has(sequence));

/** In the usual case, in order, this only increments a number: a long run keeps no list. */
function hear(stream: Stream, sequence: number) {
  if (stream.next === -1) stream.start = stream.next = sequence;
  if (sequence !== stream.next) {
    stream.elsewhere.add(sequence);
    return;
  }
  stream.next++;
  while (stream.elsewhere.size > 0 && stream.elsewhere.delete(stream.next)) stream.next++;
}

function entryOf<Value>(map: Map<number, Value>, key: number, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

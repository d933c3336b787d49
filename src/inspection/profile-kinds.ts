/** Counts kinds of traffic: how often each came, and in which shapes. */
import type { Profile, ProfileField } from '../document/inspection.ts';

/**
 * The most kinds, and shapes of one, that are kept: an application with random paths or sizes must not fill the
 * memory.
 */
const kindsKept = 1000;
const shapesKept = 100;

/** An exchange, frame, packet or event under way: fields are added until the next one begins. */
export interface ProfileUnit {
  readonly fields: Map<string, { -readonly [Key in keyof ProfileField]: ProfileField[Key] }>;
  /** Called at the end, when all of the unit has been seen. */
  readonly kind: () => string;
  readonly races: boolean;
}

interface Kind {
  count: number;
  readonly races: boolean;
  readonly shapes: Map<string, { count: number; readonly fields: readonly ProfileField[] }>;
  unkept: number;
}

export type Kinds = ReturnType<typeof createKinds>;

export function createKinds() {
  const kinds = new Map<string, Kind>();
  const connections = new Map<string, number>();
  const unsteady = new Set<string>();
  const keyIn = (map: ReadonlyMap<string, unknown>, key: string) =>
    map.has(key) || map.size < kindsKept ? key : 'other';
  return {
    unsteady,
    connected(firstExchange: string) {
      const key = keyIn(connections, firstExchange);
      connections.set(key, (connections.get(key) ?? 0) + 1);
    },
    add({ kind, races, fields }: ProfileUnit) {
      const key = keyIn(kinds, kind());
      const known = kinds.get(key) ?? { count: 0, races, shapes: new Map(), unkept: 0 };
      kinds.set(key, known);
      known.count++;
      const all = [...fields.values()];
      const shape = JSON.stringify(all);
      const alike = known.shapes.get(shape);
      if (alike) alike.count++;
      else if (known.shapes.size < shapesKept) known.shapes.set(shape, { count: 1, fields: all });
      else known.unkept++;
    },
    read: (): Profile => ({
      kinds: sorted(kinds).map(([kind, { shapes, ...about }]) => ({
        kind,
        ...about,
        shapes: sorted(shapes).map(([, { count, fields }]) => ({ count, fields: [...fields] })),
      })),
      connections: sorted(connections).map(([first, count]) => ({ first, count })),
      unsteady: [...unsteady].sort(),
    }),
  };
}

const sorted = <Value>(map: ReadonlyMap<string, Value>) =>
  [...map.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));

/**
 * Where a request target leads: into a lane of a room, or to the page. `/race/sse/events?client=…` is a person's lane,
 * `/bots/race/sse/events` the same lane for simulated clients; what follows the lane is the carrier's own path.
 */
import { type LaneName, laneNames, type RoomName, roomNames } from '../page/control-talk.ts';

export interface Place {
  readonly room: RoomName;
  readonly lane: LaneName;
  readonly isBot: boolean;
  /** The target as the carrier knows it. */
  readonly target: string;
  /** The `client` parameter, as it came. */
  readonly client: string;
}

const pattern = /^(\/bots)?\/([a-z]+)\/([a-z.-]+)(\/[^?]*)(?:\?(.*))?$/;

/** Null for everything that is no lane. */
export function placeOf(target: string): Place | null {
  const [, bots, room, lane, path = '', query = ''] = pattern.exec(target) ?? [];
  if (!isOneOf(roomNames, room) || !isOneOf(laneNames, lane)) return null;
  return {
    room,
    lane,
    isBot: bots !== undefined,
    target: query === '' ? path : `${path}?${query}`,
    client: new URLSearchParams(query).get('client') ?? '',
  };
}

const isOneOf = <Name extends string>(names: readonly Name[], name: string | undefined): name is Name =>
  (names as readonly (string | undefined)[]).includes(name);

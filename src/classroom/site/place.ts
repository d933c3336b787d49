/**
 * Where a request target leads: into a lane of a room, or to the page. `/race/sse/events?client=…` is a lane for
 * browsers, `/bots/race/sse/events` the same lane for simulated clients; the rest of the path is the carrier's own.
 */
import { type LaneName, laneNames, type RoomName, roomNames } from '../page/control-talk.ts';

export interface Place {
  readonly room: RoomName;
  readonly lane: LaneName;
  readonly isBot: boolean;
  /** The target for the carrier, without the part that names the lane. */
  readonly target: string;
  /** The `client` parameter, as it came. */
  readonly client: string;
}

const pattern = /^(\/bots)?\/([a-z]+)\/([a-z.-]+)(\/[^?]*)(?:\?(.*))?$/;

/** Null for a target that is no lane. */
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

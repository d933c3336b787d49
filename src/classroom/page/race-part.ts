/**
 * This page's part in a race: five lanes side by side while a race runs and this tab is the one that races, and the
 * events that each has received. Draws nothing.
 */

import type { PageLane } from '../../transports/lane.page.ts';
import { lanes } from '../../transports/lanes.page.ts';
import type { Control } from './control-socket.ts';
import { type LaneName, laneNames, type RaceEvent, type RaceState } from './control-talk.ts';
import type { FrontTab } from './front-tab.ts';
import { openTrack, type Track } from './track.ts';

export interface Race {
  state(): RaceState | null;
  tracks(): Readonly<Record<LaneName, Track>>;
  /** Due times of events that any lane has heard, by number. */
  due(): ReadonlyMap<number, number>;
  /** The latest events, as many as a strip shows. */
  lately(): readonly (readonly [number: number, dueMs: number])[];
  /** The site's time; null while it is unknown. */
  nowMs(): number | null;
  /** To be called when another tab has become the one that races. */
  refresh(): void;
}

const newTracks = () =>
  Object.fromEntries(laneNames.map((name) => [name, openTrack()])) as Record<LaneName, Track>;

/** Twenty events a second for eight seconds, and those that wait after an outage. */
const mostShown = 400;

export function openRace(control: Control, front: FrontTab): Race {
  let state: RaceState | null = null;
  let tracks = newTracks();
  let due = new Map<number, number>();
  let lately: (readonly [number, number])[] = [];
  let open: { readonly number: number; readonly lanes: readonly PageLane[] } | null = null;

  const hear = (name: LaneName, number: number, text: string) => {
    const atMs = control.nowMs();
    const event = JSON.parse(text) as RaceEvent;
    // An event of another race came late, or from a lane that is just being closed.
    if (atMs === null || event.race !== number || number !== state?.number) return;
    if (!due.has(event.n)) lately = [...lately.slice(1 - mostShown), [event.n, event.dueMs]];
    due.set(event.n, event.dueMs);
    tracks[name].take({ n: event.n, dueMs: event.dueMs, atMs });
  };
  const enter = (name: LaneName, client: string, { number, settings }: RaceState): PageLane => {
    const track = tracks[name];
    track.become('connecting', control.nowMs());
    return lanes[name]({
      base: `/race/${name}`,
      client: `${client}.${number}`,
      pollIntervalMs: settings.pollIntervalMs,
      onMessage: (text) => hear(name, number, text),
      onState: (next) => track.become(next, control.nowMs()),
    });
  };
  const leave = () => {
    for (const lane of open?.lanes ?? []) lane.close();
    open = null;
  };
  const refresh = () => {
    const client = control.welcome()?.client;
    const shouldRun = state?.phase === 'running' && front.isFront() && client !== undefined;
    if (open && (!shouldRun || open.number !== state?.number)) leave();
    if (!shouldRun || open || !state) return;
    tracks = newTracks();
    due = new Map();
    lately = [];
    const race = state;
    open = { number: race.number, lanes: laneNames.map((name) => enter(name, client, race)) };
  };
  control.on('race', ({ race }) => {
    if (race.phase === 'voting' && state?.phase !== 'voting') tracks = newTracks();
    state = race;
    refresh();
  });
  return {
    state: () => state,
    tracks: () => tracks,
    due: () => due,
    lately: () => lately,
    nowMs: control.nowMs,
    refresh,
  };
}

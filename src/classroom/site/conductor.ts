/**
 * The race as the class goes through it: it votes, it watches, it compares. The leading page starts and stops, moves
 * the sliders, cuts the link. Every change that concerns the lanes begins a race with a new number.
 *
 * A new round trip time needs a new link, and a browser would go on with the connections it has: so the link is cut
 * and healed at once, and all pages reconnect over the new one.
 */
import type { Clock } from '../../base/clock.ts';
import {
  cutMs,
  type LaneName,
  questions,
  type RaceState,
  type Settings,
  type TablesQuestion,
  type ToSite,
  usualSettings,
} from '../page/control-talk.ts';
import { byLane } from './page-books.ts';
import type { RaceRoom } from './race-room.ts';

export interface RaceLink {
  cut(): number;
  heal(): number;
  /** Closes all connections; new ones have this round trip. */
  change(rttMs: number): void;
}

export type Vote = Omit<Extract<ToSite, { type: 'vote' }>, 'type'>;

export interface Conductor {
  state(): RaceState;
  /** The number of the current or last race. Called at every request, where counting the votes would be wasted. */
  number(): number;
  /** A browser has one vote for each question, even after a reload. */
  vote(token: string, vote: Vote): void;
  set(settings: Settings): void;
  start(): void;
  stop(): void;
  again(): void;
  cut(): void;
  end(): void;
}

/** How long before a cut it is announced: half a round trip, and time for a slow page to draw. */
const noticeMs = (rttMs: number) => rttMs / 2 + 100;

interface Parts {
  readonly clock: Clock;
  readonly room: RaceRoom;
  readonly link: RaceLink;
  /** Sets the number of simulated clients. */
  readonly fill: (bots: number) => void;
  readonly changed: () => void;
}

export function createConductor({ clock, room, link, fill, changed }: Parts): Conductor {
  const votes = openVotes();
  let state: Omit<RaceState, 'votes'> = { number: 0, phase: 'voting', settings: usualSettings, cut: null };
  let linkRttMs = usualSettings.rttMs;
  const cuts = cutsOf(link, clock, (cut) => become({ cut }));

  const become = (next: Partial<typeof state>) => {
    state = { ...state, ...next };
    changed();
  };
  const isCut = () => state.cut !== null && state.cut.healedMs === null;
  const mend = () => {
    cuts.cancel();
    if (isCut()) link.heal();
  };
  const run = () => {
    const { settings } = state;
    mend();
    become({ number: state.number + 1, phase: 'running', cut: null });
    if (settings.rttMs !== linkRttMs) link.change(settings.rttMs);
    linkRttMs = settings.rttMs;
    fill(settings.bots);
    // Socket.IO's upgrade takes longest: five round trips and a timer of 100 ms (SIO7), and pages come back first.
    room.speak(state.number, settings, 6 * settings.rttMs + 1200, () => become({ phase: 'ended' }));
  };
  return {
    state: () => ({ ...state, votes: votes.counted() }),
    number: () => state.number,
    vote(token, vote) {
      votes.cast(token, vote);
      changed();
    },
    set(settings) {
      state = { ...state, settings };
      if (state.phase === 'running') run();
      else changed();
    },
    start: run,
    stop() {
      room.stop();
      become({ phase: 'ended' });
    },
    again() {
      mend();
      room.stop();
      votes.clear();
      become({ phase: 'voting', cut: null });
    },
    cut() {
      if (state.phase === 'running' && !isCut()) cuts.begin(noticeMs(state.settings.rttMs));
    },
    end() {
      cuts.cancel();
      room.stop();
    },
  };
}

/** Announces a cut, makes it, and heals the link after `cutMs`. */
function cutsOf(link: RaceLink, clock: Clock, announced: (cut: RaceState['cut']) => void) {
  let cancel = () => {};
  const announce = (atNs: number, healedNs: number | null) =>
    announced({ atMs: atNs / 1e6, healedMs: healedNs && healedNs / 1e6 });
  return {
    begin(noticeMs: number) {
      const dueNs = clock.now() + noticeMs * 1e6;
      announce(dueNs, null);
      cancel = clock.at(dueNs, () => {
        const atNs = link.cut();
        cancel = clock.at(atNs + cutMs * 1e6, () => announce(atNs, link.heal()));
      });
    },
    cancel: () => cancel(),
  };
}

/** More voters than a class has. Later ones are not counted, so a client that invents voters cannot fill the memory. */
const votersKept = 400;

function openVotes() {
  const voters = new Map<string, Map<TablesQuestion, LaneName>>();
  const count = (question: TablesQuestion, lane: LaneName) =>
    [...voters.values()].filter((own) => own.get(question) === lane).length;
  return {
    cast(token: string, { question, lane, instead }: Vote) {
      const own = voters.get(token) ?? voters.get(instead ?? '') ?? new Map<TablesQuestion, LaneName>();
      voters.delete(instead ?? '');
      if (voters.size < votersKept || voters.has(token)) voters.set(token, own.set(question, lane));
    },
    clear: () => voters.clear(),
    counted: () =>
      Object.fromEntries(
        questions.map((question) => [question, byLane((lane) => count(question, lane))]),
      ) as RaceState['votes'],
  };
}

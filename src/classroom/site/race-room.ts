/**
 * The race: the server sends the same event into every lane, at seeded, jittered times (evenly spaced ones would lock
 * in phase with the polls: law POLL5). Each event contains when it was due, so the page can compute its age.
 */
import { type Clock, sleepUntil } from '../../base/clock.ts';
import { firstDueTimes, randomStream } from '../../base/schedule.ts';
import type { Behaviour, Peer } from '../../servers/server.ts';
import type { RaceEvent, Settings } from '../page/control-talk.ts';

export interface RaceRoom {
  readonly behaviour: Behaviour;
  /**
   * Sends events until `stop`, or for at most ten minutes; then it calls `ended`.
   *
   * @param afterMs the time that the lanes have to connect before the first event.
   */
  speak(race: number, settings: Settings, afterMs: number, ended: () => void): void;
  stop(): void;
}

const longestMs = 600_000;

export function createRaceRoom(clock: Clock, seed: number): RaceRoom {
  const peers = new Set<Peer>();
  let running = new AbortController();
  const speak = async (
    race: number,
    { rate, payloadBytes }: Settings,
    afterMs: number,
    signal: AbortSignal,
  ) => {
    const startNs = clock.now() + afterMs * 1e6;
    const pace = { rate, arrivals: 'jittered' } as const;
    const due = firstDueTimes(pace, randomStream(seed, `race ${race}`), Infinity, longestMs * 1e6);
    for (const [n, offset] of due.entries()) {
      await sleepUntil(clock, startNs + offset, signal);
      const text = eventText({ race, n, dueMs: (startNs + offset) / 1e6 }, payloadBytes);
      for (const peer of peers) peer.send(text);
    }
  };
  const stop = () => running.abort();
  return {
    behaviour: {
      joined: (peer) => void peers.add(peer),
      left: (peer) => void peers.delete(peer),
      // In a race only the server sends messages.
      message: () => {},
    },
    stop,
    speak(race, settings, afterMs, ended) {
      stop();
      running = new AbortController();
      const { signal } = running;
      speak(race, settings, afterMs, signal).then(ended, (error) => {
        if (!signal.aborted) throw error;
      });
    },
  };
}

/** The event's JSON, padded to exactly so many bytes; every character is one byte. */
function eventText(event: Omit<RaceEvent, 'pad'>, bytes: number): string {
  const dueMs = Math.round(event.dueMs * 1000) / 1000;
  const bare = JSON.stringify({ ...event, dueMs, pad: '' } satisfies RaceEvent);
  return bare.replace('"pad":""', `"pad":"${'.'.repeat(Math.max(0, bytes - bare.length))}"`);
}

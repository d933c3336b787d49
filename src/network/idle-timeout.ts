/**
 * A middlebox that closes a connection on which nothing was said for a while, in either direction. Real ones do
 * (AWS load balancers after 60 s, many NATs sooner), which is why long-lived transports have heartbeats.
 *
 * It closes with a FIN both ways. Some NATs forget in silence instead: that is a stall, not this box.
 */
import { type Clock, nanoseconds } from '../base/clock.ts';
import type { OpenBox, Way } from './box.ts';

export const idleTimeout =
  (idleMs: number, clock: Clock): OpenBox =>
  (ends) => {
    const idleNs = idleMs * nanoseconds.perMs;
    let lastNs = clock.now();
    let closed = false;
    // One timer a connection, looked at when it fires: resetting it at every byte would cost more than the byte.
    const check = () => {
      const dueNs = lastNs + idleNs;
      if (dueNs > clock.now()) {
        cancel = clock.at(dueNs, check);
        return;
      }
      closed = true;
      ends.close();
    };
    let cancel = clock.at(lastNs + idleNs, check);

    const watched = (way: Way): Way => ({
      push(bytes) {
        if (closed) return;
        lastNs = clock.now();
        way.push(bytes);
      },
      end: () => void (closed || way.end()),
    });
    return { up: watched(ends.up), down: watched(ends.down), dispose: () => cancel() };
  };

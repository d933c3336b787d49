/**
 * A middlebox that closes a connection when neither side has sent anything for a while. Where HTTP allows it, it
 * answers first, as haproxy does: a held poll with 504, a client that has not sent a request yet with 408. A stream
 * that has begun, a connection between two requests, a WebSocket and any other protocol just end, with a FIN both ways.
 * Long-lived transports send heartbeats against that.
 *
 * Some NATs drop the connection silently instead: that is a stall, not this box.
 */
import { type Clock, nanoseconds } from '../base/clock.ts';
import type { OpenBox, Way } from './box.ts';
import { type ResponseReader, readResponses } from './responses.ts';

/** By state of the exchange. A client that has sent nothing yet is answered as one that speaks HTTP. */
const answers: Partial<Record<ReturnType<ResponseReader['state']>, string>> = {
  asking: '408 Request Time-out',
  asked: '504 Gateway Time-out',
};

const answered = (status: string): Buffer =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\nContent-Length: 0\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n`,
  );

export const idleTimeout =
  (idleMs: number, clock: Clock): OpenBox =>
  (ends) => {
    const idleNs = idleMs * nanoseconds.perMs;
    const reader = readResponses({ content() {}, complete() {}, open() {} });
    let lastNs = clock.now();
    let closed = false;
    // One timer for each connection, which checks the time when it fires: resetting it at every byte would cost too
    // much.
    const check = () => {
      const dueNs = lastNs + idleNs;
      if (dueNs > clock.now()) {
        cancel = clock.at(dueNs, check);
        return;
      }
      closed = true;
      const status = answers[reader.state()];
      if (status !== undefined) ends.down.push(answered(status));
      ends.close();
    };
    let cancel = clock.at(lastNs + idleNs, check);

    const watched = (direction: 'up' | 'down', way: Way): Way => ({
      push(bytes) {
        if (closed) return;
        lastNs = clock.now();
        reader.push(direction, bytes);
        way.push(bytes);
      },
      end: () => void (closed || way.end()),
    });
    return { up: watched('up', ends.up), down: watched('down', ends.down), dispose: () => cancel() };
  };

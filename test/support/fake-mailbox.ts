/**
 * Polling and long polling without HTTP, on any clock: a mailbox per client at the server, a client that asks
 * for it, and a way of fixed length between them. Written from RFC 6202 §2; it imports no law.
 */
import type { Clock } from '../../src/base/clock.ts';
import type { Payload } from '../../src/protocols/contract.ts';
import type { Behaviour, Peer } from '../../src/servers/server.ts';
import type { Connection } from '../../src/transports/transport.ts';

interface Way {
  readonly upNs: number;
  readonly downNs: number;
}

type Connect = (onMessage: (data: Payload) => void) => Connection;

interface FakeMailbox {
  readonly connect: Connect;
  /** Messages in each response, in the order in which the server sent them; 0 = an empty poll. */
  readonly perResponse: number[];
}

/** Asks at phase + k · interval, whatever the answers say. */
export function fakePolling(
  clock: Clock,
  behaviour: Behaviour,
  { upNs, downNs, intervalNs, phaseNs }: Way & { intervalNs: number; phaseNs: number },
): FakeMailbox {
  const perResponse: number[] = [];
  const connect: Connect = (onMessage) => {
    const mailbox = openMailbox(behaviour);
    const originNs = clock.now() + phaseNs;
    let made = 0;
    let empty = 0;
    const answer = () => {
      const messages = mailbox.takeAll();
      perResponse.push(messages.length);
      if (messages.length === 0) empty++;
      clock.at(clock.now() + downNs, () => messages.forEach(onMessage));
    };
    const poll = () => {
      made++;
      clock.at(clock.now() + upNs, answer);
      cancel = clock.at(originNs + made * intervalNs, poll);
    };
    let cancel = clock.at(originNs, poll);
    return connectionOf(clock, {
      send: post(clock, behaviour, mailbox, upNs),
      polls: () => ({ made, empty, skipped: 0 }),
      close: async () => {
        cancel();
        behaviour.left(mailbox);
      },
    });
  };
  return { connect, perResponse };
}

/**
 * One question outstanding: parked where nothing waits, answered with all there is, asked again after the
 * turnaround. The server works on a question before it looks into the mailbox.
 */
export function fakeLongPolling(
  clock: Clock,
  behaviour: Behaviour,
  { upNs, downNs, turnaroundNs = 0, serviceNs = 0 }: Way & { turnaroundNs?: number; serviceNs?: number },
): FakeMailbox {
  const perResponse: number[] = [];
  const connect: Connect = (onMessage) => {
    let parked = false;
    const mailbox = openMailbox(behaviour, () => parked && answer());
    let made = 0;
    const ask = () => {
      made++;
      clock.at(clock.now() + upNs + serviceNs, () => {
        parked = true;
        if (mailbox.waiting() > 0) answer();
      });
    };
    const answer = () => {
      parked = false;
      const messages = mailbox.takeAll();
      perResponse.push(messages.length);
      clock.at(clock.now() + downNs, () => {
        messages.forEach(onMessage);
        clock.at(clock.now() + turnaroundNs, ask);
      });
    };
    ask();
    return connectionOf(clock, {
      send: post(clock, behaviour, mailbox, upNs),
      polls: () => ({ made, empty: 0, skipped: 0 }),
      close: async () => behaviour.left(mailbox),
    });
  };
  return { connect, perResponse };
}

function openMailbox(behaviour: Behaviour, onArrival: () => void = () => {}) {
  let messages: Payload[] = [];
  const mailbox = {
    send(data: Payload) {
      messages.push(data);
      onArrival();
    },
    waiting: () => messages.length,
    takeAll() {
      const taken = messages;
      messages = [];
      return taken;
    },
  };
  behaviour.joined(mailbox);
  return mailbox;
}

/** What they say goes up beside the polls. */
const post = (clock: Clock, behaviour: Behaviour, mailbox: Peer, upNs: number) => async (data: Payload) =>
  void clock.at(clock.now() + upNs, () => behaviour.message(mailbox, data));

const connectionOf = (clock: Clock, part: Pick<Connection, 'send' | 'polls' | 'close'>): Connection => ({
  quiet: async () => clock.now(),
  pollGrid: null,
  ...part,
});

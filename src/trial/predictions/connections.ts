/** The laws of connecting and of outages: how long connecting takes, and what an outage loses. */

import type { Trial } from '../../document/report.ts';
import { lostMessages } from '../../laws/outage.ts';
import { type CountedPolicy, type Returning, returning } from '../../laws/returning.ts';
import { upgradeNs } from '../../laws/socket-io-connect.ts';
import { handshakeTrips } from '../../laws/tls.ts';
import { isHttp2, isSealed } from '../../protocols/over.ts';
import { type Binding, type Facts, type Inputs, rttNs } from './binding.ts';
import { leastRttMs, machineMs, toMs } from './times.ts';

const stageMs = (trial: Trial, name: string) => {
  const found = trial.stages.find(({ stage }) => stage === name);
  return found ? toMs(found.p50Ns) : null;
};

/** Its tolerance: each one-way trip may be late by what the machine adds. */
const connecting = (
  metric: string,
  stages: readonly string[],
  trips: (inputs: Inputs) => number,
  law: (rtt: number, trips: number) => number,
): Binding => ({
  metric,
  unit: 'ms',
  predicted: (inputs) =>
    inputs.scenario.connecting === 'in-turn' && toMs(rttNs(inputs)) >= leastRttMs
      ? toMs(law(rttNs(inputs), trips(inputs)))
      : null,
  measured: ({ trial }) => stages.map((stage) => stageMs(trial, stage)).find((ms) => ms !== null) ?? null,
  tolerance: (inputs) => 2 * trips(inputs) * machineMs,
});

/**
 * Round trips until the first message can flow. Over TLS each connection dialled in turn adds its handshake. Over
 * HTTP/2 a client has one connection; before it may open a WebSocket there, the server's settings must allow it
 * (RFC 8441 §3), which takes one more.
 */
const tripsToConnect = ({ transport: { traits }, over, tlsVersion }: Inputs): number => {
  const inTurn = isHttp2(over) ? Math.min(1, traits.connectsInTurn) : traits.connectsInTurn;
  const sealing = isSealed(over) ? inTurn * handshakeTrips[tlsVersion] : 0;
  const allowing = isHttp2(over) && traits.extendedConnect ? 1 : 0;
  return traits.roundTripsToConnect + sealing + allowing;
};

const lost: Binding = {
  metric: 'messages lost in the outage',
  unit: 'messages',
  predicted(inputs, facts) {
    const { scenario, load, transport } = inputs;
    const outage = facts?.trial.outage;
    if (!scenario.breaksLink || !facts || !outage) return null;
    const { replays } = transport.traits;
    // In whatever way new connections are turned away, messages sent meanwhile reach no client.
    const kind = load.outage === 'silent' ? 'silent' : 'cut';
    const common = { kind, rate: load.rate, outageNs: outage.brokenMs * 1e6, replays } as const;
    const back = outage.recoveryMs.map((ms) => lostMessages({ ...common, awayNs: ms * 1e6 }));
    const never = outage.clients - outage.recovered;
    // After its last message nothing more can be lost.
    const remainingNs = (load.messages / load.rate) * 1e9 - outage.startedMs * 1e6;
    const gone = lostMessages({ ...common, awayNs: Number.POSITIVE_INFINITY, remainingNs });
    return back.reduce((sum, one) => sum + one, never > 0 ? never * gone : 0);
  },
  measured: ({ trial }) => trial.delivery.lost,
  /** Each client's window begins and ends inside a period, and a few messages were in flight. */
  tolerance: ({ transport, load }, { trial }) =>
    transport.traits.replays || load.outage === 'silent' ? 0 : 3 * (trial.outage?.clients ?? 0),
};

/** Time between two events (ms): how much a client's first event after its return may vary. */
const periodMs = ({ load }: Inputs): number => 1000 / load.rate;

/** Null unless it reconnects by a policy whose waits can be summed, and new connections are simply refused. */
function returningOf(inputs: Inputs, facts: Facts | null): Returning | null {
  const { scenario, load, transport } = inputs;
  const policy = transport.traits.comesBack;
  const outageMs = facts?.trial.outage?.brokenMs ?? load.outageMs;
  if (scenario.behaviour !== 'ticker' || !scenario.breaksLink) return null;
  if (policy !== 'socket.io' && policy !== 'eventsource') return null;
  return ['cut', 'refused'].includes(load.outage) ? returningAfter(policy, outageMs) : null;
}

/** Computed once for each policy and outage. */
const known = new Map<string, Returning>();
function returningAfter(policy: CountedPolicy, outageMs: number): Returning {
  const key = `${policy} ${outageMs}`;
  const found = known.get(key) ?? returning(policy, outageMs);
  known.set(key, found);
  return found;
}

const heardAgain: Binding = {
  metric: 'mean time until heard again',
  unit: 'ms',
  predicted(inputs, facts) {
    const found = returningOf(inputs, facts);
    // On average half a period passes until the next event.
    return found && found.meanMs + periodMs(inputs) / 2;
  },
  measured({ trial: { outage } }) {
    const { recoveryMs, recovered, clients } = outage ?? { recoveryMs: [], recovered: 0, clients: 1 };
    return recovered < clients ? null : recoveryMs.reduce((sum, ms) => sum + ms, 0) / recovered;
  },
  /** Four standard errors for that many clients, a period, and the time of the attempts and of all round trips. */
  tolerance(inputs, facts) {
    const { spreadMs = 0, meanAttempts = 0 } = returningOf(inputs, facts) ?? {};
    const { roundTripsToConnect } = inputs.transport.traits;
    return (
      (4 * spreadMs) / Math.sqrt(inputs.load.clients) +
      periodMs(inputs) +
      (meanAttempts + roundTripsToConnect) * (machineMs + toMs(rttNs(inputs)))
    );
  },
};

export const connectionBindings: Readonly<Record<string, readonly Binding[]>> = {
  // For transports with stages, messages can flow after the first.
  SIO6: [connecting('time to connect', ['connected', 'ready'], tripsToConnect, (rtt, trips) => rtt * trips)],
  SIO7: [
    connecting(
      'time to upgrade',
      ['upgraded'],
      ({ over, tlsVersion }) => 5 + 2 * (isSealed(over) ? handshakeTrips[tlsVersion] : 0),
      (rtt, trips) => upgradeNs({ rttNs: rtt, handshakeTrips: (trips - 5) / 2 }),
    ),
  ],
  OUT: [lost, heardAgain],
};

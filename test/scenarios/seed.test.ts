/** Same seed, same schedule and same exact figures; and a machine that stood still does not keep it to itself. */
import { expect, test } from 'vitest';
import type { Trial } from '../../src/document/report.ts';
import type { Transport } from '../../src/transports/transport.ts';
import { connect } from '../../src/trial/scenarios/connect.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import type { Scenario } from '../../src/trial/scenarios/scenario.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';
import { standStill } from '../support/stand-still.ts';
import { witnessHere } from '../support/witness.ts';

const load = { clients: 3, messages: 20, rate: 100, pollIntervalMs: 25 };

/** The due times of each client, from the start of the phase on, and the trial. */
async function spoken(name: string, seed: number, arrivals: string) {
  let due: number[][] = [];
  const scenario: Scenario = {
    ...echo,
    drive(lab) {
      due = lab.speakers.map((speaker) => speaker.due.map((ns) => ns - lab.startNs));
      return echo.drive(lab);
    },
  };
  const trial = await measureNextDoor(trialPlan(name, { scenario, seed, load: { ...load, arrivals } }));
  return { due, trial };
}

/** How many reads bytes came in is the machine's doing. */
const bytesOf = ({ segments: _, ...bytes }: Trial['perMessage']) => bytes;

/** What time cannot change: only POSTs that overlap may overtake one another. */
const exact = ({ delivery: { reordered: _, ...delivery }, messages, setup, perMessage }: Trial) => ({
  delivery,
  messages,
  setup,
  perMessage: bytesOf(perMessage),
});

test.concurrent.each(['jittered', 'poisson', 'periodic'])(
  'two trials of one seed have the same %s schedule, and those of another seed have not',
  async (arrivals) => {
    const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => spoken('ws', seed, arrivals)));
    expect(one!.due).toHaveLength(3);
    expect(same!.due).toEqual(one!.due);
    expect(other!.due).not.toEqual(one!.due);
    // Each client has a stream of its own.
    expect(one!.due[1]).not.toEqual(one!.due[0]);
  },
);

test.concurrent.each(['ws', 'sse', 'tcp', 'http', 'socket.io:websocket'])(
  'two trials of one seed over %s weigh the same to the byte',
  async (name) => {
    const [one, same] = await Promise.all([spoken(name, 7, 'jittered'), spoken(name, 7, 'jittered')]);
    expect(exact(same.trial)).toEqual(exact(one.trial));
    expect(one.trial.delivery).toMatchObject({ sent: 60, delivered: 60 });
  },
);

test("a server's own schedule is its seed's too", async () => {
  const offsets = async (seed: number) => {
    const { dueNs } = await witnessHere(trialPlan('ws', { scenario: push, seed, load }));
    return dueNs.map((ns) => ns - dueNs[0]!);
  };
  const [one, same, other] = await Promise.all([offsets(7), offsets(7), offsets(8)]);
  expect(one).toHaveLength(20);
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
});

test.each(['coming', 'going'])(
  'where coming and going is timed, a process that stood still meanwhile makes the trial noisy: %s',
  async (when) => {
    const plan = trialPlan('ws', { scenario: connect, load: { clients: 2, messages: 1, warmup: 0 } });
    const slow: Transport = {
      ...plan.transport,
      async connect(options) {
        if (when === 'coming') standStill(200);
        const connection = await plan.transport.connect(options);
        return {
          ...connection,
          close() {
            if (when === 'going') standStill(200);
            return connection.close();
          },
        };
      },
    };
    const trial = await measureNextDoor({ ...plan, transport: slow });
    expect(trial.verdict).toBe('noisy');
    expect(trial.notes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['loop-delay-client']));
  },
);

test('a process that stood still for 200 ms makes the trial noisy or invalid, and a note says why', async () => {
  const scenario: Scenario = {
    ...echo,
    async drive(lab) {
      if (lab.phase === 'steady') setTimeout(() => standStill(200), 100);
      await echo.drive(lab);
    },
  };
  const trial = await measureNextDoor(trialPlan('ws', { scenario, load: { ...load, messages: 40 } }));
  expect(['noisy', 'invalid']).toContain(trial.verdict);
  expect(trial.notes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['loop-delay-client']));
  // A starved machine does not change bytes and counts.
  expect(trial.delivery).toMatchObject({ sent: 120, delivered: 120, lost: 0 });
});

/** Chat: N clients with M messages each are N·M messages up and N²·M down, over every transport that can push. */
import { expect, test } from 'vitest';
import { transports } from '../../src/transports/index.ts';
import { chat } from '../../src/trial/scenarios/chat.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';

const [N, M] = [6, 4];
const pushers = transports.filter(({ traits }) => traits.push).map(({ name }) => name);

test.concurrent.each(pushers)(
  '%s carries N·M messages up and N²·M down, each to everyone once and in order',
  async (name) => {
    const load = { clients: N, messages: M, rate: 40, warmup: 1 };
    const trial = await measureNextDoor(trialPlan(name, { scenario: chat, load }));
    expect(trial.messages).toEqual({ up: N * M, down: N * N * M });
    const all = { sent: N * N * M, delivered: N * N * M, lost: 0, duplicated: 0, errors: {} };
    expect(trial.delivery).toMatchObject(all);
    const { first, last } = trial.fanOut!;
    expect([first.count, last.count]).toEqual([N * M, N * M]);
    for (const figure of ['min', 'mean', 'p50', 'max'] as const)
      expect(last[figure]!).toBeGreaterThanOrEqual(first[figure]!);
  },
);

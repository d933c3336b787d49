/** A POST that arrives twice: delivered once, or answered twice if the answer is all its effect; and counted. */
import { expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { cursorHeader, encodeMessage, type Payload, paths } from '../../src/protocols/contract.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { serveHere } from '../../src/target/here.ts';
import { serverOptions } from '../../src/trial/server-of.ts';
import { trialPlan } from '../support/plans.ts';

async function served(name: string) {
  const behaviour = behaviours.echo!(realClock);
  const heard: string[] = [];
  const counting = {
    ...behaviour,
    message(...said: Parameters<typeof behaviour.message>) {
      heard.push(Buffer.from(said[1]).toString());
      behaviour.message(...said);
    },
  };
  const target = await serveHere(await serverOf(name), counting, serverOptions(trialPlan(name)));
  const url = (path: string) => `http://127.0.0.1:${target.endpoint.port}${path}?client=0001`;
  return {
    target,
    heard,
    get: (path: string) => fetch(url(path)),
    post: (path: string, body: Payload) =>
      fetch(url(path), { method: 'POST', body, headers: { 'content-type': 'text/plain' } }),
    sentAgain: async () => (await target.stats!.read()).sentAgain,
  };
}

const message = (sequence: number) => String(encodeMessage({ client: 1, sequence }, 40, false));

test.each(['polling', 'long-polling', 'sse', 'ndjson'])(
  '%s: taken once, acknowledged twice, counted',
  async (name) => {
    const { target, heard, get, post, sentAgain } = await served(name);
    await using _ = target;
    const opening = { sse: paths.events, ndjson: paths.stream }[name] ?? paths.mailbox;
    const open = await get(opening);
    for (const sequence of [0, 1, 0, 2, 1, 1]) {
      const { status } = await post(paths.message, message(sequence));
      expect(status).toBe(204);
    }
    expect(heard).toEqual([0, 1, 2].map(message));
    expect(await sentAgain()).toBe(3);
    if (opening === paths.mailbox) expect(open.headers.get(cursorHeader)).not.toBeNull();
    await open.body?.cancel();
  },
);

test('http: answered each time, because the answer is what was asked for; counted', async () => {
  const { target, post, sentAgain } = await served('http');
  await using _ = target;
  for (let times = 0; times < 3; times++)
    expect(await (await post(paths.echo, message(7))).text()).toBe(message(7));
  expect(await sentAgain()).toBe(2);
});

test('what has no identity is never taken for another', async () => {
  const { target, heard, get, post, sentAgain } = await served('polling');
  await using _ = target;
  await get(paths.mailbox);
  for (let times = 0; times < 3; times++) await post(paths.message, 'the same words');
  expect(heard).toHaveLength(3);
  expect(await sentAgain()).toBe(0);
});

/** Each sentence holds for the server of docs/wire-formats.md, and falls for the fault that is planted for it. */
import { expect, test } from 'vitest';
import { repaired } from '../../src/questions/grading/exercises/exercise.ts';
import { exercises } from '../../src/questions/grading/exercises/index.ts';
import { kinds } from '../../src/questions/grading/kinds.ts';
import { sentencesOf } from '../../src/questions/grading/sentences/index.ts';
import { examples, groundAt, runServers } from '../support/wire-formats.ts';
import { endsServer, type Fault, faults } from './faults.ts';

/** A fault shows at once, so the wait for what does not come is short. */
const patienceMs = 1200;

const checkOf = (kind: (typeof kinds)[number], id: string) =>
  sentencesOf[kind].find((sentence) => sentence.id === id)!.check;

async function askedAt(port: number, kind: (typeof kinds)[number], id: string, ms: number) {
  // The sentence on a second round needs a first one before it.
  if (id === 'second-round') {
    using before = groundAt(port, 4000);
    expect(await checkOf(kind, 'answers')(before), `${kind}: the first round`).toBeNull();
  }
  using ground = groundAt(port, ms);
  return await checkOf(kind, id)(ground);
}

test.each(kinds)('%s: every sentence has an id, a fault, points, and both languages', (kind) => {
  const ids = sentencesOf[kind].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(faults[kind].map(([id]) => id).toSorted()).toEqual(ids.toSorted());
  for (const { points, text, hint } of sentencesOf[kind]) {
    expect(points).toBeGreaterThan(0);
    for (const words of [text, hint]) expect(words.ko).toMatch(/[가-힣]/);
  }
});

test('the examples of the page keep every sentence of their formats', async () => {
  const seen = await Promise.all(
    kinds.map(async (kind) => {
      await using servers = await runServers([examples[`${kind}.cjs`]!]);
      const broken = [];
      for (const { id } of sentencesOf[kind]) {
        const found = await askedAt(servers.ports[0]!, kind, id, 4000);
        if (found) broken.push(`${kind} ${id}: ${found.en}`);
      }
      return broken;
    }),
  );
  expect(seen.flat()).toEqual([]);
});

/** The example with the fault in it. */
function planted(kind: (typeof kinds)[number], [id, ...changes]: Fault): { id: string; code: string } {
  const code = changes.reduce((server, [before, after]) => {
    expect(server, `${kind} ${id}: ${before}`).toContain(before);
    return server.replaceAll(before, () => after);
  }, examples[`${kind}.cjs`]!);
  return { id, code };
}

async function notFound(kind: (typeof kinds)[number], group: readonly ReturnType<typeof planted>[]) {
  await using servers = await runServers(group.map(({ code }) => code));
  const asked = group.map(async ({ id }, index) =>
    (await askedAt(servers.ports[index]!, kind, id, patienceMs)) === null ? [`${kind} ${id}`] : [],
  );
  return (await Promise.all(asked)).flat();
}

test('each planted fault is found by its sentence', async () => {
  const groups = kinds.flatMap((kind) => {
    const all = faults[kind].map((fault) => planted(kind, fault));
    const [deadly, mild] = [true, false].map((ends) => all.filter(({ id }) => ends === endsServer.test(id)));
    return [mild!, ...deadly!.map((one) => [one])].map((group) => notFound(kind, group));
  });
  expect((await Promise.all(groups)).flat()).toEqual([]);
});

test('seven exercises: each repair changes its server, and each flaw has a sentence of its format', () => {
  expect(exercises.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  for (const exercise of exercises) {
    const [{ content }] = exercise.files;
    for (const [before] of exercise.repairs) expect(content.split(before)).toHaveLength(2);
    expect(repaired(exercise)).not.toContain(exercise.repairs[0]![0]);
    expect(sentencesOf[exercise.kind].map(({ id }) => id)).toEqual(
      expect.arrayContaining([...exercise.broken]),
    );
  }
});

/** Whether the server is told that a reader has left. */
import { request } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import { named, newName, type Sides, unlimited } from './through-asking.ts';

/** After how many ms the server was told; null where it was not within the patience, or was never asked. */
export type Told = number | null | 'never asked';

export interface LeavingPassage {
  /** Of a stream on which nothing is said, of one with a comment now and then, of a poll that is held. */
  readonly stream: Told;
  readonly talking: Told;
  readonly poll: Told;
}

export const leavingPatienceMs = 2000;
export const commentEveryMs = 250;
/** Time for a head that is held back to have been asked for. */
const settledMs = 300;
/** What the server is told within this time of each other has one cause. */
const togetherMs = 100;

const paths = {
  stream: '/quiet',
  talking: `/quiet?every=${commentEveryMs}`,
  poll: `/poll?hold=${10 * leavingPatienceMs}`,
} as const;

export async function probeLeaving(sides: Sides): Promise<LeavingPassage> {
  const told = (what: keyof typeof paths) =>
    unlimited(
      () => probeOne(sides, what),
      (found) => found === 'never asked',
    );
  const stream = await told('stream');
  const poll = await told('poll');
  return { stream, poll, talking: await told('talking') };
}

/** Another reader stays: if the server is told of both at once, it was told of silence, not of leaving. */
async function probeOne({ front, server }: Sides, what: keyof typeof paths): Promise<Told> {
  const [leaver, stayer] = [reader(), reader()];
  function reader() {
    const name = newName();
    const asked = request({ ...front, path: named(paths[what], name), agent: false }, (response) => {
      response.on('error', () => {});
      response.resume();
    });
    asked.on('error', () => {});
    asked.end();
    return { name, leave: () => void asked.destroy() };
  }
  await passed(settledMs);
  const over = () => {
    for (const { name, leave } of [leaver, stayer]) {
      leave();
      server.letGo(name);
    }
  };
  if (server.asked(leaver.name) === 0) {
    over();
    return 'never asked';
  }
  const leftMs = performance.now();
  const isEarly = server.left(leaver.name) !== undefined;
  leaver.leave();
  let told: number | undefined;
  for (const end = leftMs + leavingPatienceMs; performance.now() < end; await passed(10)) {
    told = server.left(leaver.name);
    if (told !== undefined) break;
  }
  if (told !== undefined) await passed(togetherMs);
  const silence = server.left(stayer.name);
  over();
  if (told === undefined || isEarly) return null;
  return silence !== undefined && Math.abs(silence - told) < togetherMs ? null : told - leftMs;
}

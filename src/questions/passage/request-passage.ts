/**
 * Requests and their ends: a held poll, a reader that leaves, a server that dies in mid-answer or instead of answering,
 * connections, and whether two readers of one address are two for the server.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import type { Address } from '../../target/target.ts';
import { withinMs } from '../probes/serving.ts';
import type { FacingServer } from './facing-server.ts';

/** What a client saw of an answer: whole, torn, or none. */
interface Answer {
  readonly status: number | null;
  readonly end: 'complete' | 'cut' | 'no answer';
}

interface Asking {
  readonly method?: string;
  readonly agent?: Agent | false;
  readonly body?: string;
}

const ask = ({ host, port }: Address, path: string, { method = 'GET', agent = false, body }: Asking = {}) =>
  new Promise<Answer>((resolve) => {
    const asked = request({ host, port, path, method, agent }, (response) => {
      const status = response.statusCode ?? null;
      response.resume();
      response.on('end', () => resolve({ status, end: response.complete ? 'complete' : 'cut' }));
      response.on('error', () => resolve({ status, end: 'cut' }));
    });
    asked.on('error', () => resolve({ status: null, end: 'no answer' }));
    asked.end(body);
  });

let names = 0;
const newName = () => `request${++names}`;

export interface PollPassage extends Answer {
  readonly heldMs: number;
}

export async function probePoll(front: Address, heldMs: number): Promise<PollPassage> {
  const answer = await withinMs(heldMs + 5000, ask(front, `/poll?hold=${heldMs}&name=${newName()}`));
  return { heldMs, ...(answer ?? { status: null, end: 'no answer' }) };
}

/** After how many ms the server was told; null where it was not within `patienceMs`. */
export type Told = number | null;

export const leavingPatienceMs = 2000;
/** Time for a head that is held back to have been asked for. */
const settledMs = 300;

/** What is said to a server within so long of each other is said for one reason. */
const togetherMs = 100;

/**
 * A reader leaves a stream on which nothing is said, or a poll that is held. Another one stays: where the server is told of
 * both at once, it was told of silence, and not of leaving.
 */
export async function probeLeaving(
  front: Address,
  server: FacingServer,
  what: 'stream' | 'poll',
): Promise<Told> {
  const [leaver, stayer] = [reader(front, what), reader(front, what)];
  await passed(settledMs);
  const leftMs = performance.now();
  leaver.leave();
  let told: number | undefined;
  for (const end = leftMs + leavingPatienceMs; performance.now() < end; await passed(10)) {
    told = server.left(leaver.name);
    if (told !== undefined) break;
  }
  if (told !== undefined) await passed(togetherMs);
  const silence = server.left(stayer.name);
  stayer.leave();
  if (told === undefined || (silence !== undefined && Math.abs(silence - told) < togetherMs)) return null;
  return told - leftMs;
}

function reader(front: Address, what: 'stream' | 'poll') {
  const name = newName();
  const path =
    what === 'stream' ? `/quiet?name=${name}` : `/poll?hold=${10 * leavingPatienceMs}&name=${name}`;
  const asked = request({ ...front, path, agent: false }, (response: IncomingMessage) => {
    response.on('error', () => {});
    response.resume();
  });
  asked.on('error', () => {});
  asked.end();
  return { name, leave: () => void asked.destroy() };
}

export interface DeathPassage {
  /** A body in chunks, and one whose length was said. */
  readonly chunked: Answer;
  readonly length: Answer;
}

export async function probeDeath(front: Address): Promise<DeathPassage> {
  const late: Answer = { status: null, end: 'no answer' };
  const [chunked, length] = await Promise.all(
    ['', '&length'].map(
      async (how) => (await withinMs(3000, ask(front, `/die?name=${newName()}${how}`))) ?? late,
    ),
  );
  return { chunked: chunked ?? late, length: length ?? late };
}

export interface DyingPost extends Answer {
  /** How often the server got it. */
  readonly deliveries: number;
}

/** A POST on a connection that was used before, and ends without an answer. */
export async function probeDyingPost(front: Address, server: FacingServer): Promise<DyingPost> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const name = newName();
  await ask(front, `/short?name=${newName()}`, { agent });
  const asked = ask(front, `/dying?name=${name}`, { method: 'POST', agent, body: 'hello' });
  const answer = (await withinMs(4000, asked)) ?? { status: null, end: 'no answer' };
  agent.destroy();
  return { ...answer, deliveries: server.asked(name) };
}

export interface ConnectionsPassage {
  readonly perHundred: number;
  /** In which the proxy asks the server. */
  readonly httpVersion: string;
}

const asks = 20;

export async function probeConnections(front: Address, server: FacingServer): Promise<ConnectionsPassage> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const before = server.connections();
  for (let n = 0; n < asks; n++) await ask(front, `/short?name=${newName()}`, { agent });
  agent.destroy();
  return { perHundred: (100 * (server.connections() - before)) / asks, httpVersion: server.httpVersion() };
}

/** How many of two readers, who come at once to one address, the server gets to see. */
export async function probeSharing(front: Address, server: FacingServer): Promise<number> {
  const name = newName();
  const path = `/poll?hold=300&name=${name}`;
  await Promise.all([ask(front, path), ask(front, path)]);
  return server.asked(name);
}

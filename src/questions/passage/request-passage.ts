/**
 * Requests and their ends: a held poll, a server that dies in mid-answer or instead of answering, many requests in a
 * row, and whether two readers of one address reach the server as two.
 */
import { Agent } from 'node:http';
import { ask, isLimited, newName, type Sides, type ThroughAnswer, unlimited } from './through-asking.ts';

const askUnlimited = (...asked: Parameters<typeof ask>) => unlimited(() => ask(...asked), isLimited);

export interface PollPassage extends ThroughAnswer {
  readonly heldMs: number;
}

export async function probePoll(sides: Sides, heldMs: number): Promise<PollPassage> {
  const answer = await askUnlimited(sides, `/poll?hold=${heldMs}`, { patienceMs: heldMs + 5000 });
  return { heldMs, ...answer };
}

export interface DeathPassage {
  /** A body in chunks, and one with a Content-Length. */
  readonly chunked: ThroughAnswer;
  readonly length: ThroughAnswer;
}

export async function probeDeath(sides: Sides): Promise<DeathPassage> {
  const patienceMs = 3000;
  const chunked = await askUnlimited(sides, '/die', { patienceMs });
  return { chunked, length: await askUnlimited(sides, '/die?length', { patienceMs }) };
}

export interface DyingPost extends ThroughAnswer {
  /** How often the server got it. */
  readonly deliveries: number;
}

/** A POST on a connection that was used before, and that ends without an answer. */
export async function probeDyingPost(sides: Sides): Promise<DyingPost> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await askUnlimited(sides, '/short', { agent });
  const name = newName();
  const asked = { method: 'POST', agent, body: 'hello', patienceMs: 5000 };
  const answer = await unlimited(() => ask(sides, '/dying', asked, name), isLimited);
  agent.destroy();
  return { ...answer, deliveries: sides.server.asked(name) };
}

export interface ConnectionsPassage {
  /** Per hundred requests that reach the server; null if none did. */
  readonly perHundred: number | null;
  /** The HTTP version in which the proxy asks the server. */
  readonly httpVersion: string | null;
  readonly asked: number;
  /** How many of them the proxy answered itself; `status` is that of the last one. */
  readonly answered: number;
  readonly status: number | null;
}

const asks = 20;

export async function probeConnections(sides: Sides): Promise<ConnectionsPassage> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  // One request first: otherwise it would be chance whether the proxy still had a connection.
  await askUnlimited(sides, '/short', { agent });
  const before = sides.server.connections();
  const answers: (ThroughAnswer & { name: string })[] = [];
  for (let n = 0; n < asks; n++) {
    const name = newName();
    answers.push({ ...(await ask(sides, '/short', { agent }, name)), name });
  }
  agent.destroy();
  const through = answers.filter(({ by }) => by === 'server');
  const own = answers.filter(({ by }) => by === 'proxy');
  const opened = sides.server.connections() - before;
  return {
    perHundred: through.length > 0 ? (100 * opened) / through.length : null,
    httpVersion: sides.server.head(through.at(-1)?.name ?? '')?.version.slice('HTTP/'.length) ?? null,
    asked: asks,
    answered: own.length,
    status: own.at(-1)?.status ?? null,
  };
}

export interface SharingPassage {
  /** How many of two readers that ask one address at once reach the server. */
  readonly atOnce: number;
  /** How many of two that ask one after the other. */
  readonly after: number;
  /** The same if the server sends `Cache-Control: no-store`; null if nothing was kept. */
  readonly notStored: number | null;
  /** The proxy's status if it turned one of them away; null if it did not. */
  readonly refused: { readonly atOnce: number | null; readonly after: number | null };
}

export async function probeSharing(sides: Sides): Promise<SharingPassage> {
  const twins = newName();
  const path = '/poll?hold=300';
  const together = await Promise.all([ask(sides, path, {}, twins), ask(sides, path, {}, twins)]);
  const after = await askedByTwo(sides, '/short');
  const isKept = after.asked < 2 && after.refused === null;
  return {
    atOnce: sides.server.asked(twins),
    after: after.asked,
    notStored: isKept ? (await askedByTwo(sides, '/short?remedy')).asked : null,
    refused: { atOnce: refusalIn(together), after: after.refused },
  };
}

const refusalIn = (answers: readonly ThroughAnswer[]) =>
  answers.find(({ status }) => status !== 200)?.status ?? null;

async function askedByTwo(sides: Sides, path: string): Promise<{ asked: number; refused: number | null }> {
  const name = newName();
  const answers = [await askUnlimited(sides, path, {}, name), await askUnlimited(sides, path, {}, name)];
  return { asked: sides.server.asked(name), refused: refusalIn(answers) };
}

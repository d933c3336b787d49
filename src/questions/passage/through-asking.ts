/** Requests through a proxy: what a client sees of an answer, and whether server or proxy wrote it. */
import { type Agent, request } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import type { Address } from '../../target/target.ts';
import { withinMs } from '../probes/serving.ts';
import type { FacingNotes } from './facing-notes.ts';

/** What a client saw of an answer: whole, torn, or none. */
export interface ThroughAnswer {
  readonly status: number | null;
  readonly end: 'complete' | 'cut' | 'no answer';
  /** Which side answered; null if there was no answer. If it is the proxy's, the server was not asked. */
  readonly by: 'server' | 'proxy' | null;
  readonly ms: number;
}

export interface ThroughAsking {
  readonly method?: string;
  readonly agent?: Agent | false;
  readonly body?: string;
  readonly patienceMs?: number;
}

/** The addresses in front of the proxy and behind it. */
export interface Sides {
  readonly front: Address;
  readonly server: FacingNotes;
}

let names = 0;
export const newName = (): string => `request${++names}`;

const usualPatienceMs = 5000;

/** A path without a name gets one: by its name the server knows whether it was asked. */
export async function ask(
  { front, server }: Sides,
  path: string,
  { method = 'GET', agent = false, body, patienceMs = usualPatienceMs }: ThroughAsking = {},
  name: string = newName(),
): Promise<ThroughAnswer> {
  const startedMs = performance.now();
  const before = server.asked(name);
  const asked = request({ ...front, path: named(path, name), method, agent });
  const seen = new Promise<Pick<ThroughAnswer, 'status' | 'end'>>((resolve) => {
    asked.on('response', (response) => {
      const status = response.statusCode ?? null;
      response.resume();
      response.on('end', () => resolve({ status, end: response.complete ? 'complete' : 'cut' }));
      response.on('error', () => resolve({ status, end: 'cut' }));
    });
    asked.on('error', () => resolve({ status: null, end: 'no answer' }));
  });
  asked.end(body);
  const answer = (await withinMs(patienceMs, seen)) ?? { status: null, end: 'no answer' };
  const ms = performance.now() - startedMs;
  if (answer.end === 'no answer') asked.destroy();
  const by = server.asked(name) > before ? 'server' : 'proxy';
  return { ...answer, by: answer.status === null ? null : by, ms };
}

export const named = (path: string, name: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}name=${name}`;

/** The statuses with which a proxy answers when a limit is exceeded. */
const limits: readonly (number | null)[] = [429, 503];
export const isLimited = ({ by, status }: Pick<ThroughAnswer, 'by' | 'status'>): boolean =>
  by === 'proxy' && limits.includes(status);

const restMs = 1100;
const tries = 3;

/**
 * Tries again after a rest if a proxy's limit was hit: the limit is reported once, for requests in a row, and nowhere
 * else.
 */
export async function unlimited<Found>(
  probe: () => Promise<Found>,
  isHit: (found: Found) => boolean,
): Promise<Found> {
  for (let tried = 1; ; tried++) {
    const found = await probe();
    if (!isHit(found) || tried === tries) return found;
    await passed(restMs);
  }
}

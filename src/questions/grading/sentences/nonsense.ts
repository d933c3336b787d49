/** Requests that no client should make, for servers over HTTP: each is refused, or its connection ends, and that is all. */
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../clients/http.ts';
import { openRude } from '../clients/rude.ts';
import type { Ground } from '../ground.ts';
import { places } from '../kinds.ts';

const requests = (paths: readonly string[], authority: string): readonly string[] => {
  const bare = (line: string) => `${line} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`;
  return [
    'this is no request\r\n\r\n',
    // A target that a client may send and that is no URL on its own, and one whose escapes are none.
    bare('GET //'),
    bare('GET /%E0%A4%A'),
    ...paths.flatMap((path) => [bare(`DELETE ${path}`), bare(`PUT ${path}`)]),
    // Bytes that are no UTF-8.
    bare(`POST ${places.message}`).replace('\r\n\r\n', '\r\nContent-Length: 2\r\n\r\n\xc3\x28'),
  ];
};

/** A body that stops in the middle. */
const broken = (authority: string): string =>
  `POST ${places.message} HTTP/1.1\r\nHost: ${authority}\r\nContent-Length: 100\r\n\r\nonly the beginning`;

const questions = (queries: readonly string[], authority: string): readonly string[] =>
  queries.map((query) => `GET ${query} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`);

/**
 * @param paths those of the format, to be asked for by methods that it does not have.
 * @param queries targets that may be asked for, and make no sense.
 */
export const nonsenseRequests =
  (paths: readonly string[], queries: readonly string[] = []) =>
  async (ground: Ground): Promise<void> => {
    const authority = `${ground.host}:${ground.port}`;
    for (const request of [...requests(paths, authority), ...questions(queries, authority)]) {
      const rude = await openRude(ground);
      rude.say(Buffer.from(request, 'latin1'));
      await rude.hear();
      rude.reset();
    }
    const half = await openRude(ground);
    half.say(broken(authority));
    await pause(ground.patienceMs / 40);
    half.reset();
    // By now whoever was going to fall has fallen.
    await ask(ground, { method: 'GET', path: places.nowhere, withinMs: ground.patienceMs / 4 });
  };

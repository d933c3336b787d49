/**
 * Requests that no client should send, for servers over HTTP: each must be refused, or its connection must end, and
 * nothing more.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../clients/http.ts';
import { openRude } from '../clients/rude.ts';
import type { Ground } from '../ground.ts';
import { places } from '../kinds.ts';

const requests = (paths: readonly string[], authority: string): readonly string[] => {
  const bare = (line: string) => `${line} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`;
  return [
    'this is no request\r\n\r\n',
    // A target that a client may send although it is not a URL by itself, and one with invalid escapes.
    bare('GET //'),
    bare('GET /%E0%A4%A'),
    ...paths.flatMap((path) => [bare(`DELETE ${path}`), bare(`PUT ${path}`)]),
    // Bytes that are not UTF-8.
    bare(`POST ${places.message}`).replace('\r\n\r\n', '\r\nContent-Length: 2\r\n\r\n\xc3\x28'),
  ];
};

/** A body that stops in the middle. */
const broken = (authority: string): string =>
  `POST ${places.message} HTTP/1.1\r\nHost: ${authority}\r\nContent-Length: 100\r\n\r\nonly the beginning`;

const questions = (queries: readonly string[], authority: string): readonly string[] =>
  queries.map((query) => `GET ${query} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`);

/**
 * @param paths those of the format, to be requested with methods that they do not have.
 * @param queries targets that may be requested, and make no sense.
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
    // By now a server that crashes on these requests has crashed.
    await ask(ground, { method: 'GET', path: places.nowhere, withinMs: ground.patienceMs / 4 });
  };

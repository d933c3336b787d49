/**
 * What is inspected: an origin, over TLS or not. Its name is resolved once, by connecting to it, so that every
 * connection of the inspection goes to the same address, and an application that does not listen is noticed before
 * any client comes.
 */
import { connect } from 'node:net';
import { CannotRun, UsageError } from '../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';

export interface Origin {
  /** For printing: without the user name and password that it may have had. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** What follows the origin. */
  readonly rest: string;
  /** It speaks TLS. */
  readonly isSealed: boolean;
}

const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

const patienceMs = 5000;

/** Reads `http://host:port/…`, `https:`, or `ws:` and `wss:`, which are the same below. Throws `UsageError`. */
export function parseTarget(typed: string): Origin {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  const usualPort = url && usualPorts[url.protocol];
  if (!url || !usualPort || url.hostname === '') {
    throw new UsageError(
      inEveryLanguage(
        text(
          '"{typed}" is no URL to inspect; write one such as http://127.0.0.1:3000',
          '"{typed}"은(는) 살필 수 있는 URL이 아닙니다. http://127.0.0.1:3000처럼 적어야 합니다',
        ),
        { typed },
      ),
    );
  }
  const rest = url.pathname === '/' ? '' : url.pathname + url.search;
  return {
    url: `${url.protocol}//${url.host}${rest}`,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || usualPort),
    rest,
    isSealed: usualPort === usualPorts['https:'],
  };
}

const unreachable = text(
  'cannot reach {url}: {why}; start the application first',
  '{url}에 닿을 수 없습니다: {why}. 애플리케이션을 먼저 띄워야 합니다',
);
const silent = text('no answer within {seconds} s', '{seconds}초 안에 응답이 없습니다');
const nobody = text('nothing listens on port {port}', '포트 {port}에서 받는 것이 없습니다');

/** Connects once and closes. Resolves with the literal address; rejects with `CannotRun` if nothing listens. */
export function reach({ url, host, port }: Origin): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const cannot = (why: string | Text) => {
      socket.destroy();
      reject(new CannotRun(inEveryLanguage(unreachable, { url, why })));
    };
    socket.once('timeout', () => cannot(inEveryLanguage(silent, { seconds: String(patienceMs / 1000) })));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      cannot(
        error.code === 'ECONNREFUSED'
          ? inEveryLanguage(nobody, { port: String(port) })
          : error.code || error.message,
      ),
    );
    socket.once('connect', () => {
      const address = socket.remoteAddress ?? host;
      socket.destroy();
      resolve(address);
    });
  });
}

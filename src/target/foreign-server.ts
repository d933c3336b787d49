/**
 * A server that this tool has not started: all it can do is check whether it is there, before anything is measured and
 * after each trial, and whether it takes our clients' names. What is not known of it is absent.
 */
import { request } from 'node:http';
import { request as requestSealed } from 'node:https';
import { connect, isIP } from 'node:net';
import { CannotRun, UsageError } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import { paths } from '../protocols/endpoints.ts';
import { controlHeader } from './far-talk.ts';
import { standing, type Target } from './target.ts';
import type { Located } from './target-address.ts';

export interface ForeignServer extends Located {
  /** PEM of its certificate authority, if that is not one that the system trusts. */
  readonly authority?: string | undefined;
}

const connectWithinMs = 5000;
const answerWithinMs = 1000;

const nobody = text(
  'nobody listens at {url} ({code}); start the server, or look at the port',
  '{url}에서 받는 서버가 없습니다({code}). 서버를 띄우거나 포트를 확인해야 합니다',
);
const gone = text(
  'target-gone: nobody listens at {url} any more ({code}); figures of its last trial are of a server that ended',
  'target-gone: 이제 {url}에서 받는 서버가 없습니다({code}). 마지막 측정의 숫자는 도중에 끝난 서버의 것입니다',
);
const untrusted = text(
  'nobody whom this system trusts vouches for {url} ({code}); name its authority with --target-ca FILE',
  '이 시스템이 신뢰하는 기관이 {url}의 인증서를 보증하지 않습니다({code}). --target-ca FILE로 인증 기관을 알려 주어야 합니다',
);
const otherFormat = text(
  'what listens at {url} does not speak HTTP as its URL says: {seen}',
  '{url}에서 받는 서버가 URL과 달리 HTTP로 말하지 않습니다: {seen}',
);
const isControl = text(
  '{url} is the control of `rtcompare serve --control`; add --target-token with the token that it printed',
  '{url}은(는) `rtcompare serve --control`의 제어 주소입니다. 그곳에 출력된 토큰을 --target-token으로 적어야 합니다',
);

/** Requests a path and reads the head of the response. Rejects with the system's error. */
function headOf(server: ForeignServer, path: string) {
  const { host, address, port, authority, isSealed } = server;
  const isName = isIP(host) === 0;
  const literal = host.includes(':') ? `[${host}]` : host;
  const options = {
    host: address,
    port,
    path,
    agent: false,
    timeout: answerWithinMs,
    headers: { host: `${literal}:${port}` },
    ...(isSealed && isName && { servername: host }),
    ...(authority && { ca: authority }),
  };
  return new Promise<{ readonly status: number; readonly isControl: boolean }>((resolve, reject) => {
    const asked = (isSealed ? requestSealed : request)(options, (response) => {
      const { statusCode = 0, headers } = response;
      resolve({ status: statusCode, isControl: headers[controlHeader] !== undefined });
      response.destroy();
    });
    asked.once('timeout', () => asked.destroy(new Error('ETIMEDOUT')));
    asked.on('error', reject);
    asked.end();
  });
}

const ofCertificates = /CERT|SIGNATURE|ALTNAME/;
/** Error codes of what is no TLS, and of what is no HTTP/1.1. */
const otherwise = /^(ERR_SSL|EPROTO|HPE_)/;

/** Why the server is not what the URL says; null if the error does not show it: it need not answer on every path. */
function unlike({ url }: ForeignServer, { code = '', message }: NodeJS.ErrnoException): CannotRun | null {
  if (ofCertificates.test(code)) return new CannotRun(inEveryLanguage(untrusted, { url, code }));
  if (!otherwise.test(code)) return null;
  return new CannotRun(inEveryLanguage(otherFormat, { url, seen: message.trim() }));
}

/** Opens a connection and closes it. Rejects with the system's error. */
const reach = ({ address, port }: ForeignServer) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: connectWithinMs });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => socket.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    socket.once('error', reject);
  });

/** Throws `CannotRun` if nothing listens there, or if it does not speak what the URL says. */
export async function look(server: ForeignServer): Promise<void> {
  const { url } = server;
  await reach(server).catch(({ code = '' }: NodeJS.ErrnoException) => {
    throw new CannotRun(inEveryLanguage(nobody, { url, code }));
  });
  const found = await headOf(server, `${server.prefix}/`).catch((error: NodeJS.ErrnoException) => {
    const why = unlike(server, error);
    if (why) throw why;
    return null;
  });
  if (found?.isControl) throw new UsageError(inEveryLanguage(isControl, { url }));
}

/** Throws `CannotRun` if the server is not there any more. */
export async function stillThere(server: ForeignServer): Promise<void> {
  await reach(server).catch(({ code = '' }: NodeJS.ErrnoException) => {
    throw new CannotRun(inEveryLanguage(gone, { url: server.url, code }));
  });
}

/** Paths on which our servers answer a client that gives its name; by the servers' names. */
const namedPaths: Readonly<Record<string, string>> = {
  sse: paths.events,
  ndjson: paths.stream,
  'long-polling': paths.mailbox,
  polling: paths.mailbox,
};

/** The server as a target for the transport `spoken`. */
export async function foreignTarget(server: ForeignServer, spoken: string): Promise<Target> {
  const { host, address, port, prefix, authority, isSealed } = server;
  const path = namedPaths[spoken];
  const answer = path && (await headOf(server, `${prefix}${path}?client=0000`).catch(() => null));
  const isPlain = answer ? answer.status >= 300 : false;
  return standing(
    { host: address, port },
    {
      site: { host, port, prefix, isPlain },
      ...(authority === undefined ? { isTrusted: isSealed } : { authority }),
    },
  );
}

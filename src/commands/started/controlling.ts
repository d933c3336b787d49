/** `serve --control`: servers under test in processes of their own, started by a run on another machine. */
import { randomBytes } from 'node:crypto';
import { certificateFor } from '../../base/certificate.ts';
import { realClock } from '../../base/clock.ts';
import { CannotRun, portFailure } from '../../base/failure.ts';
import { own } from '../../base/lookup.ts';
import { localAddress } from '../../base/platform.ts';
import { inEveryLanguage, type Reader, say, text } from '../../base/text.ts';
import { behaviours } from '../../servers/behaviours.ts';
import { startControl } from '../../target/far-control.ts';
import type { FarStart } from '../../target/far-talk.ts';
import { serve } from '../../target/server-process.ts';
import { serverNames } from '../../transports/index.ts';
import { authority } from '../../transports/transport.ts';

interface Where {
  readonly host: string;
  readonly port: number;
}

const otherServer = text(
  'this control starts {known} only, and {asked} was asked for',
  '이 제어 서버는 {known}만 띄우는데 {asked}이(가) 요청되었습니다',
);
const noListening = text(
  'the control cannot listen on {host}: {reason}; choose another --host',
  '제어 서버가 {host}에서 받을 수 없습니다: {reason}. 다른 --host를 골라야 합니다',
);
const phrases = {
  control: text('control on {host} port {port}', '제어 {host} 포트 {port}'),
  there: text('on the other machine:', '다른 컴퓨터에서:'),
  servers: text(
    'the server of each trial listens on {port} of the same address; whoever has the token may start servers here',
    '측정마다 서버가 같은 주소의 {port}에서 받습니다. 토큰을 아는 사람은 누구나 여기서 서버를 띄울 수 있습니다',
  ),
  freePort: text('a free port', '빈 포트'),
  onePort: text('port {port}', '포트 {port}'),
};

/** Without `--port`, the servers get any free port, too. */
const portBeside = ({ port }: Where) => (port === 0 ? 0 : port + 1);

/** Starts the server that the run asks for. */
async function open(
  { server, behaviour, options, sealed }: FarStart,
  where: Where,
  only: string | undefined,
) {
  const known = only === undefined ? serverNames : [only];
  if (!known.includes(server) || own(behaviours, behaviour) === undefined)
    throw new CannotRun(
      inEveryLanguage(otherServer, { known: known.join(', '), asked: `${server} ${behaviour}` }),
    );
  const isSealed = options.over === 'https' || options.over === 'h2';
  const certificate = isSealed ? await certificateFor(sealed.certificate, sealed.host) : undefined;
  return serve(server, behaviour, {
    ...options,
    host: where.host,
    port: portBeside(where),
    tls: certificate && { ...certificate, version: sealed.version },
  });
}

/** Listens for a run that has the token. @param only the one server that it may start; any of ours by default. */
export async function controlServers(where: Where, only?: string) {
  const token = randomBytes(18).toString('base64url');
  const control = await startControl({
    host: where.host,
    port: where.port,
    token,
    clock: realClock,
    open: (start) => open(start, where, only),
  }).catch((error: NodeJS.ErrnoException) => {
    const told = inEveryLanguage(noListening, { host: where.host, reason: error.message });
    throw portFailure(error, where) ?? new CannotRun(told);
  });
  const { port } = control;
  // A wildcard address is no destination: the printed line has one of this machine's own.
  const host = /^(0\.0\.0\.0|::)$/.test(where.host) ? (localAddress() ?? where.host) : where.host;
  const beside = portBeside(where);
  const transport = only ?? 'all';
  return {
    lines: (reader: Reader) => [
      say(reader, phrases.control, { host: where.host, port: String(port) }),
      `    ${say(reader, phrases.there)}`,
      `    npx rtcompare run --target http://${authority({ host, port })} --target-token ${token} --transport ${transport}`,
      `    (${say(reader, phrases.servers, {
        port:
          beside === 0
            ? say(reader, phrases.freePort)
            : say(reader, phrases.onePort, { port: String(beside) }),
      })})`,
    ],
    [Symbol.asyncDispose]: () => control[Symbol.asyncDispose](),
  };
}

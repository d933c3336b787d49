/** Why clients could not connect, in words: what they waited for or what refused them, and what can be done. */

import { CannotConnect, CannotRun, shortageIn } from '../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { emulatedIn, endingIn, forwardIn } from '../network/between.ts';
import { connectionsOf } from '../tap/dialer.ts';
import type { TunnelRefused } from '../tap/tunnel-socket.ts';
import { NoExtendedConnect } from '../transports/http2-client.ts';
import type { Client } from './clients.ts';
import type { TrialPlan } from './plan.ts';

/**
 * The error for clients that did not connect in time. More time helps if the server is slow, but not if no byte of a
 * response arrived: a proxy that buffers a response until it ends never lets a stream begin.
 */
export function whoWaits(clients: readonly Client[], plan: TrialPlan, ms: number): CannotConnect {
  const { transport } = plan;
  const waiting = clients.filter(({ connection }) => connection === null);
  const asked = (heard: (bytes: number) => boolean) =>
    waiting.filter(({ dialer }) =>
      connectionsOf(dialer).some(({ socket }) => socket.bytesWritten > 0 && heard(socket.bytesRead)),
    ).length;
  const unanswered = asked((bytes) => bytes === 0);
  const isStream = transport.traits.eventOverhead !== null;
  const notConnected = (outcome: CannotConnect['found']['outcome'], why: Text) =>
    new CannotConnect(
      inEveryLanguage(connecting, { transport: transport.name, clients: String(clients.length), why }),
      { outcome, status: null, why },
    );
  if (unanswered > 0) {
    const remedy = emulatedIn(plan).buffering && isStream ? buffered : heldBack;
    const found = { ms: String(ms), unanswered: String(unanswered), remedy };
    return notConnected('nothing-came', inEveryLanguage(unheard, found));
  }
  // If other clients connected, one that has received bytes is only late.
  if (waiting.length === clients.length && asked((bytes) => bytes > 0) > 0)
    return notConnected('swallowed', inEveryLanguage(swallowed, { ms: String(ms) }));
  return notConnected('too-slow', inEveryLanguage(slow, { ms: String(ms) }));
}

const connecting = text(
  'connecting {clients} {transport} clients: {why}',
  '{transport} 클라이언트 {clients}개 연결: {why}',
);
const slow = text(
  'it took longer than {ms} ms; raise --timeout',
  '{ms} ms가 넘게 걸렸습니다. --timeout을 늘리십시오',
);
const unheard = text(
  'after {ms} ms {unanswered} of them have asked and got no byte of an answer; {remedy}',
  '{ms} ms가 지나도록 그중 {unanswered}개는 요청을 보냈지만 응답을 한 바이트도 받지 못했습니다. {remedy}',
);
const swallowed = text(
  'after {ms} ms they have an answer, but what they asked for has not begun; something on the way has answered or keeps the rest, or the server is slow: then raise --timeout',
  '{ms} ms가 지나도록 응답은 왔지만 요청한 것이 시작되지 않았습니다. 중간에서 무언가가 대신 답했거나 나머지를 붙잡고 있거나 서버가 느린 것입니다. 서버가 느리면 --timeout을 늘리십시오',
);
const buffered = text(
  '--proxy buffering holds an answer back until it ends, and a stream does not end: leave it out',
  '--proxy buffering은 응답이 끝날 때까지 붙잡아 두는데 스트림은 끝나지 않습니다. 이 옵션을 빼십시오',
);
const heldBack = text(
  'something on the way holds the answer back (a proxy that buffers), or the server is slow: then raise --timeout',
  '중간에서 무언가(버퍼링하는 프록시 등)가 응답을 붙잡고 있거나 서버가 느린 것입니다. 서버가 느리면 --timeout을 늘리십시오',
);

export function whyNot(
  error: NodeJS.ErrnoException,
  plan: TrialPlan,
  client: Client,
  index: number,
): CannotRun {
  const remedy = remedyFor(error, plan, client);
  const why = inEveryLanguage(text('{reason}{remedy}', '{reason}{remedy}'), {
    reason: reasonOf(error, plan, client),
    remedy,
  });
  const told = inEveryLanguage(
    text(
      'connect-failed: {name} client {number}: {why}',
      'connect-failed: {name} 클라이언트 {number}번이 연결하지 못했습니다: {why}',
    ),
    { name: plan.transport.name, number: String(index + 1), why },
  );
  // If this machine has run out of something, that says nothing about the transport.
  const shortage = shortageIn(error);
  if (shortage) return shortage;
  if (error.code === 'EADDRNOTAVAIL') return new CannotRun(told);
  return new CannotConnect(told, { outcome: 'refused', status: null, why });
}

/** Libraries do not report what a forward proxy answered; the dialer does. */
function reasonOf(error: Error, plan: TrialPlan, { dialer }: Client): string | Text {
  if (error instanceof NoExtendedConnect) return notExtendedBy(plan);
  return dialer.refusal ? noTunnelBy(plan, dialer.refusal) : error.message;
}

const noTunnelBy = (plan: TrialPlan, { answer }: TunnelRefused): Text =>
  inEveryLanguage(noTunnel, {
    who: forwardIn(plan)?.name ?? '',
    answer: answer || text('it hung up', '연결을 끊음'),
  });

const noTunnel = text(
  '{who} gives no tunnel to the server (CONNECT answered {answer})',
  '{who}이(가) 서버로 가는 터널을 열어 주지 않습니다(CONNECT의 응답: {answer})',
);

/** The server's settings did not allow a WebSocket over HTTP/2 (RFC 8441 §3). */
const notExtendedBy = (plan: TrialPlan): Text =>
  inEveryLanguage(notExtended, {
    who: endingIn(plan)?.name ?? text('the server', '서버'),
  });

const notExtended = text(
  '{who} takes no WebSocket over HTTP/2 (extended CONNECT, RFC 8441); a browser opens a connection of HTTP/1.1 for it',
  '{who}은(는) HTTP/2 위의 WebSocket을 받지 않습니다(확장 CONNECT, RFC 8441). 브라우저는 이때 HTTP/1.1 연결을 따로 엽니다',
);

/** A transport that dials with its first message learns only then that a proxy refuses the tunnel: throws for that. */
export function checkTunnels(clients: readonly Client[], plan: TrialPlan, delivered: number): void {
  const index = clients.findIndex(({ dialer }) => dialer.refusal);
  const [client, refusal] = [clients[index], clients[index]?.dialer.refusal];
  if (client && refusal && delivered === 0) throw whyNot(refusal, plan, client, index);
}

function remedyFor(error: NodeJS.ErrnoException, plan: TrialPlan, { dialer }: Client): string | Text {
  const { refuseUpgrade, stripUpgrade } = emulatedIn(plan);
  if (stripUpgrade)
    return text(
      '; --proxy strip-upgrade takes the request for an upgrade away: leave it out',
      '. --proxy strip-upgrade가 업그레이드 요청을 지우므로 빼야 합니다',
    );
  if (refuseUpgrade)
    return text(
      '; --proxy refuse-upgrade refuses it: leave it out',
      '. --proxy refuse-upgrade가 거절하므로 빼야 합니다',
    );
  if (error.code === 'EADDRNOTAVAIL')
    return text(
      '; this machine has no client port left: leave keep-alive on, or use fewer --clients or --messages',
      '. 이 컴퓨터에 남은 클라이언트 포트가 없습니다. keep-alive를 켜 두거나 --clients 또는 --messages를 줄여야 합니다',
    );
  // A server that has no open file left accepts and closes at once: there is no other sign of it.
  const wasShut = connectionsOf(dialer).some(({ socket }) => socket.destroyed && socket.bytesRead === 0);
  return wasShut
    ? text(
        '; closed before the first byte: the server may have no open file left (`ulimit -n`), use fewer --clients',
        '. 첫 바이트 전에 닫혔습니다. 서버에 남은 열린 파일이 없을 수 있습니다(`ulimit -n`). --clients를 줄여야 합니다',
      )
    : '';
}

/**
 * Checks that must hold before anything starts. A file limit that is too low shows as EMFILE in the client and
 * as silent resets at the server; so it is computed beforehand and refused with the remedy.
 */
import { inEveryLanguage, type Text, text } from './base/text.ts';
import { CannotRun } from './failure.ts';
import type { Load } from './metrics/report.ts';
import { openFileLimit } from './platform.ts';
import { identityBytes } from './protocol.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Transport } from './transports/transport.ts';

const noPush = text('the server of {name} cannot speak first', '{name}의 서버는 먼저 보낼 수 없습니다');
const noEmpty = text('{name} cannot carry an empty message', '{name}은(는) 빈 메시지를 전달할 수 없습니다');
const noIdentity = text(
  'messages of {size} B cannot say who they are, which takes {least} B',
  '{size} B인 메시지에는 자기 이름을 담을 자리가 없습니다. {least} B가 필요합니다',
);

/** Why a transport cannot take part in a scenario with this load; null where it can. */
export function obstacle({ name, traits }: Transport, scenario: Scenario, { size }: Load): Text | null {
  if (scenario.needsPush && !traits.push) return inEveryLanguage(noPush, { name });
  if (size === 0 && !traits.emptyMessages) return inEveryLanguage(noEmpty, { name });
  if (scenario.needsIdentity && size < identityBytes)
    return inEveryLanguage(noIdentity, { size: String(size), least: String(identityBytes) });
  return null;
}

/** Files a process has open besides the connections: stdio, IPC, modules, epoll, logs. */
export const reserve = 40;

/** Throws `CannotRun` when the clients' connections would not fit; the child has the same limit as this process. */
export function checkFileLimit(clients: number, connectionsPerClient: number, limit = openFileLimit()): void {
  const needed = clients * connectionsPerClient + reserve;
  if (needed <= limit) return;
  const fits = Math.max(0, Math.floor((limit - reserve) / connectionsPerClient));
  throw new CannotRun(
    inEveryLanguage(
      text(
        '{clients} clients need about {needed} open files, but the limit is {limit}: use --clients {fits} or fewer, or raise it with `ulimit -n {needed}`',
        '클라이언트 {clients}개에는 열린 파일이 약 {needed}개 필요하지만 한도는 {limit}개입니다. --clients를 {fits} 이하로 줄이거나 `ulimit -n {needed}`로 한도를 높여야 합니다',
      ),
      { clients: String(clients), needed: String(needed), limit: String(limit), fits: String(fits) },
    ),
  );
}

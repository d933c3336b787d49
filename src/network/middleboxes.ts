/** Which middleboxes there are, and the row of them that stands before a server. */

import type { Clock } from '../base/clock.ts';
import { UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { inRow, type OpenBox, passing } from './box.ts';
import { cork, holdHead, inPieces, wholeResponses } from './buffering.ts';
import { idleTimeout } from './idle-timeout.ts';
import { refuseUpgrade, stripUpgrade, swallowUpgrade } from './upgrade-boxes.ts';

/** Plain data; a box that is not named is absent. */
export interface Middleboxes {
  /** Passes every request on without its `Upgrade` field, as reverse proxies do by default. */
  readonly stripUpgrade?: boolean;
  /** Answers every request with an `Upgrade` field with 403, and closes. */
  readonly refuseUpgrade?: boolean;
  /** Takes every request with an `Upgrade` field, and answers nothing. */
  readonly swallowUpgrade?: boolean;
  /** Holds each response back until it is complete (`true`), or until so many bytes have gathered. */
  readonly buffering?: boolean | number;
  /** Holds each response's head back until its first byte of content. */
  readonly holdHead?: boolean;
  /** Holds each piece that is not the end of a response for so long. */
  readonly corkMs?: number;
  /** Closes a connection on which neither side has sent anything for so long. */
  readonly idleTimeoutMs?: number;
}

/** A box on the command line; a new one is another entry. */
interface NamedBox {
  /** What it does, and which proxy does the same: its tests compare the two. */
  readonly meaning: Text;
  /** With a usual value, if it takes one. */
  readonly example: string;
  readonly read: (value: string | undefined) => Middleboxes | null;
}

const alone = (box: Middleboxes) => (value: string | undefined) => (value === undefined ? box : null);

function milliseconds(value: string | undefined): number {
  const [, digits, unit] = /^(\d{1,6})(ms|s)$/.exec(value ?? '') ?? [];
  return Number(digits) * (unit === 's' ? 1000 : 1);
}

function buffers(value: string | undefined): Middleboxes | null {
  if (value === undefined) return { buffering: true };
  const [, digits, unit] = /^(\d{1,7})(k?)$/.exec(value) ?? [];
  const bytes = Number(digits) * (unit === 'k' ? 1024 : 1);
  return bytes > 0 ? { buffering: bytes } : null;
}

export const namedBoxes: Readonly<Record<string, NamedBox>> = {
  'strip-upgrade': {
    example: 'strip-upgrade',
    meaning: text(
      'takes the request for an upgrade away, so the server answers 426, or 400 (nginx 1.22.1, Apache, lighttpd, Varnish and Squid as they are installed); also: no-upgrade',
      '업그레이드 요청을 지워서 서버가 426이나 400으로 응답합니다(기본 설정의 nginx 1.22.1, Apache, lighttpd, Varnish, Squid). 다른 이름: no-upgrade',
    ),
    read: alone({ stripUpgrade: true }),
  },
  'refuse-upgrade': {
    example: 'refuse-upgrade',
    meaning: text(
      'answers a request for an upgrade with 403 and closes: a company’s policy, and what no reverse proxy does by default',
      '업그레이드 요청에 403으로 응답하고 연결을 닫습니다. 회사 방침이 이런 경우이며, 기본 설정의 리버스 프록시는 이렇게 하지 않습니다',
    ),
    read: alone({ refuseUpgrade: true }),
  },
  'swallow-upgrade': {
    example: 'swallow-upgrade',
    meaning: text(
      'takes a request for an upgrade, and nobody answers (http-proxy-3 1.23.3, httpxy 0.5.6 without ws)',
      '업그레이드 요청을 삼켜 아무도 응답하지 않습니다(ws를 켜지 않은 http-proxy-3 1.23.3, httpxy 0.5.6)',
    ),
    read: alone({ swallowUpgrade: true }),
  },
  buffering: {
    example: 'buffering=4k',
    meaning: text(
      'holds a response until it is complete (lighttpd 1.4.69); with =4k until 4,096 bytes of content are together (nginx 1.22.1)',
      '응답이 끝날 때까지 붙듭니다(lighttpd 1.4.69). =4k를 붙이면 본문 4,096바이트가 모일 때까지 붙듭니다(nginx 1.22.1)',
    ),
    read: buffers,
  },
  'hold-head': {
    example: 'hold-head',
    meaning: text(
      'holds a response’s head until the first byte of its content (nginx 1.22.1 with the lines for WebSockets, http-proxy-3 1.23.3, httpxy 0.5.6)',
      '응답 헤더를 본문의 첫 바이트가 올 때까지 붙듭니다(WebSocket용 설정을 넣은 nginx 1.22.1, http-proxy-3 1.23.3, httpxy 0.5.6)',
    ),
    read: alone({ holdHead: true }),
  },
  cork: {
    example: 'cork=200ms',
    meaning: text(
      'holds what is not the end of a response for so long, or for a full packet (haproxy 2.6.12: the kernel’s 200 ms)',
      '응답의 끝이 아닌 바이트를 이만큼, 또는 패킷 하나가 찰 때까지 붙듭니다(haproxy 2.6.12: 커널의 200ms)',
    ),
    read: (value) => {
      const corkMs = milliseconds(value);
      return corkMs > 0 ? { corkMs } : null;
    },
  },
  'idle-timeout': {
    example: 'idle-timeout=30s',
    meaning: text(
      'ends what is silent for so long: a held poll with 504, a client that has not asked with 408, streams and sockets with a FIN (haproxy 2.6.12)',
      '이만큼 조용한 연결을 끝냅니다: 대기 중인 폴은 504, 아직 요청하지 않은 클라이언트는 408, 스트림과 소켓은 FIN(haproxy 2.6.12)',
    ),
    read: (value) => {
      const idleTimeoutMs = milliseconds(value);
      return idleTimeoutMs > 0 ? { idleTimeoutMs } : null;
    },
  },
};

/** Older names of boxes. */
const aliases: Readonly<Record<string, string>> = { 'no-upgrade': 'strip-upgrade' };

/** The names that a user may type; with `=` if the box takes a value. */
export const boxNames: readonly string[] = [
  ...Object.entries(namedBoxes).flatMap(([name, { example, read }]) => [
    ...(read(undefined) ? [name] : []),
    ...(example === name ? [] : [`${name}=`]),
  ]),
  ...Object.keys(aliases),
];

/** Reads one box; null if there is none of that name or its value is wrong. */
export function readBox(part: string): Middleboxes | null {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(part.trim()) ?? [];
  if (name === 'none') return value === undefined ? {} : null;
  return own(namedBoxes, own(aliases, name) ?? name)?.read(value) ?? null;
}

const examples = Object.values(namedBoxes)
  .map(({ example }) => example)
  .join(', ');

/** Reads `strip-upgrade`, `buffering=4k`, `idle-timeout=30s`, several with commas, or `none`. Throws `UsageError`. */
export function parseProxy(typed: string): Middleboxes {
  const row: Middleboxes = {};
  for (const part of typed.split(',')) {
    const box = readBox(part);
    if (!box) {
      throw new UsageError(
        inEveryLanguage(
          text(
            '--proxy {typed}: write none, {examples}, or several with commas',
            '--proxy {typed}: none, {examples} 가운데 하나 또는 쉼표로 여러 개를 적어야 합니다',
          ),
          { typed: JSON.stringify(typed), examples },
        ),
      );
    }
    Object.assign(row, box);
  }
  return row;
}

/** The first in this list is nearest to the client, in whatever order the user named them. */
export function openMiddleboxes(middleboxes: Middleboxes, clock: Clock): OpenBox {
  const { buffering = false, corkMs, idleTimeoutMs } = middleboxes;
  const row: OpenBox[] = [];
  if (idleTimeoutMs !== undefined) row.push(idleTimeout(idleTimeoutMs, clock));
  if (middleboxes.refuseUpgrade) row.push(refuseUpgrade);
  if (middleboxes.swallowUpgrade) row.push(swallowUpgrade);
  if (middleboxes.stripUpgrade) row.push(stripUpgrade);
  if (corkMs !== undefined) row.push(cork(corkMs, clock));
  if (buffering !== false) row.push(buffering === true ? wholeResponses : inPieces(buffering));
  if (middleboxes.holdHead) row.push(holdHead);
  return row.reduce(inRow, passing);
}

/**
 * What HTTP/1.1 costs in bytes: heads, chunks, the mailbox framing of polling, and the batch size from which polling
 * costs less than push.
 *
 * RFC 9112 (HTTP/1.1) §5 (fields), §7.1 (chunked); netstrings (Bernstein 1997) for the mailbox. Head sizes are
 * arguments: callers read them from the wire.
 */
import { decimalDigits, hexDigits } from './digits.ts';
import type { Law, Parameter } from './law.ts';
import { messagesPerResponse } from './long-polling.ts';
import { lambda, n, nanoseconds, T, V } from './notation.ts';

/** BY1, BY2: what the mailbox adds to one message, `LENGTH:BYTES,`: digits(n) + 2. */
export const mailboxBytes = (payloadBytes: number): number => decimalDigits(payloadBytes) + 2;

/** Bytes of the request head and of the response head, start line and blank line included. */
export interface HeadBytes {
  readonly requestHeadBytes: number;
  readonly responseHeadBytes: number;
}

const heads: Parameter = {
  name: 'heads',
  unit: 'B',
  meaning: {
    en: 'request head + response head, read off the wire',
    ko: '요청 헤더 + 응답 헤더, 실제 전송에서 측정한 값',
  },
};

/**
 * BY1: mean bytes per second of one polling client: (request head + response head)/T + λ·(n + mailbox framing).
 * Downstream messages only; `responseHeadBytes` is the mean over empty (204) and full (200) responses, weighted
 * by POLL4. Source: derived.
 */
export const pollingBytesPerSecond = (
  p: HeadBytes & { intervalNs: number; rate: number; payloadBytes: number },
): number =>
  ((p.requestHeadBytes + p.responseHeadBytes) * nanoseconds.perSecond) / p.intervalNs +
  p.rate * (p.payloadBytes + mailboxBytes(p.payloadBytes));

export const by1 = {
  id: 'BY1',
  exact: false,
  title: { en: 'Polling pays by the clock', ko: '폴링의 비용은 시간에 비례' },
  statement: {
    en: 'Each poll carries a request head and a response head, whether there is news or not. So the bytes per second have a fixed part, heads divided by the interval, and a part that grows with the messages. With rare messages nearly all of the traffic is headers; a shorter interval buys freshness with bytes, in exact proportion.',
    ko: '폴링은 새 데이터가 있든 없든 매번 요청 헤더와 응답 헤더를 주고받습니다. 그래서 초당 바이트는 헤더를 간격으로 나눈 고정된 부분과, 메시지 수에 따라 늘어나는 부분으로 이루어집니다. 메시지가 드물면 트래픽의 거의 전부가 헤더입니다. 간격을 줄이면 데이터를 더 빨리 받는 대신 바이트가 정확히 그만큼 늘어납니다.',
  },
  formula: 'bytes/s = heads/T + λ·(n + digits(n) + 2)',
  source: 'derived; RFC 9112 §2.1',
  parameters: [heads, T, lambda, n],
  plot: {
    x: { label: { en: 'poll interval', ko: '폴링 간격' }, unit: 'ms' },
    y: {
      label: { en: 'bytes/s (heads 400, 1 msg/s of 64 B)', ko: '초당 바이트 (헤더 400, 초당 64 B 하나)' },
      unit: 'B/s',
    },
    from: 100,
    to: 5000,
    curve: (x) =>
      pollingBytesPerSecond({
        requestHeadBytes: 200,
        responseHeadBytes: 200,
        intervalNs: x * nanoseconds.perMs,
        rate: 1,
        payloadBytes: 64,
      }),
  },
} satisfies Law;

/** BY2: mean bytes per message of long polling: n + mailbox framing + heads/m, m from LP2. Source: derived. */
export const longPollingBytesPerMessage = (
  p: HeadBytes & { rate: number; blindNs: number; payloadBytes: number },
): number =>
  p.payloadBytes +
  mailboxBytes(p.payloadBytes) +
  (p.requestHeadBytes + p.responseHeadBytes) / messagesPerResponse(p);

export const by2 = {
  id: 'BY2',
  exact: false,
  title: { en: 'Long polling shares its heads', ko: '롱 폴링은 헤더를 나누어 부담' },
  statement: {
    en: 'Long polling sends no request in vain, so its heads are paid per response and shared by the m messages in it. Rare messages pay for a whole request each, the dearest way to send a few bytes; frequent ones share, and the cost per message falls towards that of a push.',
    ko: '롱 폴링은 빈 응답을 받으려고 요청을 되풀이하지 않으므로, 헤더 비용은 응답마다 들고 그 응답에 담긴 메시지 m개가 나누어 부담합니다. 메시지가 드물면 메시지 하나가 요청 하나의 비용을 다 부담해 가장 비싸고, 잦으면 나누어 부담하므로 메시지당 비용이 푸시에 가까워집니다.',
  },
  formula: 'bytes per message = n + digits(n) + 2 + heads/m, m = λV + e^(−λV)',
  source: 'derived',
  parameters: [n, heads, lambda, V],
  plot: {
    x: { label: { en: 'messages per second (V = 40 ms)', ko: '초당 메시지 수 (V = 40 ms)' }, unit: '1/s' },
    y: {
      label: { en: 'bytes per 64 B message (heads 400)', ko: '64 B 메시지당 바이트 (헤더 400)' },
      unit: 'B',
    },
    from: 0,
    to: 200,
    curve: (x) =>
      longPollingBytesPerMessage({
        requestHeadBytes: 200,
        responseHeadBytes: 200,
        rate: x,
        blindNs: 40 * nanoseconds.perMs,
        payloadBytes: 64,
      }),
  },
} satisfies Law;

/** BY3: what a chunk adds to the bytes in it, no extensions: hexdigits(size) + 4, size ≥ 1. Source: RFC 9112 §7.1. */
export const chunkOverhead = (chunkBytes: number): number => hexDigits(chunkBytes) + 4;

/** BY3: the last chunk and the empty trailer section, `0 CRLF CRLF`. */
export const lastChunkBytes = 5;

/** BY3: one header field as HTTP clients and servers write it, `name: value CRLF`: both lengths + 4. */
export const headerBytes = (name: string, value: string): number => utf8Bytes(name) + utf8Bytes(value) + 4;

/** UTF-8 length without an encoder: code points by their size. */
const utf8Bytes = (text: string): number => {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
};

export const by3 = {
  id: 'BY3',
  exact: true,
  title: { en: 'Chunks and header fields', ko: '청크와 헤더 필드' },
  statement: {
    en: 'A body whose length is not known beforehand is sent in chunks: each begins with its size in hexadecimal and has two line ends, and five bytes mark the end. A header field costs its name, its value, a colon, a space and a line end. Small on their own, they are paid again with every request: a 200-byte cookie on 10 polls a second is 2 kB/s.',
    ko: '길이를 미리 알 수 없는 본문은 청크로 나누어 보냅니다. 청크마다 16진수 크기와 줄바꿈 두 개가 붙고, 끝을 알리는 데 5바이트가 듭니다. 헤더 필드 하나는 이름, 값, 콜론, 공백, 줄바꿈으로 이루어집니다. 하나하나는 작지만 요청마다 다시 보냅니다. 200바이트 쿠키를 1초에 열 번 폴링하며 보내면 2 kB/s입니다.',
  },
  formula: 'chunk = hexdigits(size) + 4, end = 5; header field = len(name) + len(value) + 4',
  source: 'RFC 9112 §5, §7.1',
  parameters: [{ name: 'size', unit: 'B', meaning: { en: 'bytes in the chunk', ko: '청크에 담긴 바이트' } }],
} satisfies Law;

/** IPv4 (20) and TCP (20) headers with timestamps (12): RFC 791 §3.1, RFC 9293 §3.1, RFC 7323 §3.2. */
export const packetHeaderBytes = 52;

/**
 * BY6: messages per poll from which polling costs fewer wire bytes than push: k > (H + 3·52)/(o + 2·52). A poll
 * is a request, a response and an acknowledgement whatever it carries; a pushed message is a packet and its
 * acknowledgement. `pushOverheadBytes` is o per message, `framingBytes` what polling itself adds per message
 * (`mailboxBytes`), which leaves less to gain: (H + 156)/(o + 104 − framing). Infinity when there is nothing to
 * gain. It holds while a batch fits one packet and pushes are far enough apart not to share one. Derived.
 */
export function batchingCrossover(
  p: HeadBytes & { pushOverheadBytes: number; framingBytes?: number },
): number {
  const perPoll = p.requestHeadBytes + p.responseHeadBytes + 3 * packetHeaderBytes;
  const gainPerMessage = p.pushOverheadBytes + 2 * packetHeaderBytes - (p.framingBytes ?? 0);
  return gainPerMessage > 0 ? perPoll / gainPerMessage : Number.POSITIVE_INFINITY;
}

export const by6 = {
  id: 'BY6',
  exact: false,
  title: { en: 'When polling is cheaper than push', ko: '폴링의 바이트가 푸시보다 적어지는 때' },
  statement: {
    en: 'A small pushed message still needs a TCP/IP packet of its own and an acknowledgement, 104 bytes of headers that no application sees. A poll needs three packets and two HTTP heads, but it brings everything that waits. From a handful of messages per poll on, the batch is cheaper in bytes. The price is age: the messages had to wait for each other.',
    ko: '작은 푸시 메시지 하나에도 TCP/IP 패킷 하나와 확인 응답 패킷이 필요합니다. 애플리케이션에는 보이지 않는 헤더가 104바이트입니다. 폴링 한 번에는 패킷 세 개와 HTTP 헤더 두 벌이 들지만, 그동안 쌓인 메시지를 한꺼번에 가져옵니다. 그래서 폴링 한 번에 메시지가 몇 개만 모여도 푸시보다 바이트가 적어집니다. 그 대가는 지연입니다. 메시지들이 서로를 기다려야 했기 때문입니다.',
  },
  formula: 'k > (H + 3·52)/(o + 104)',
  source: 'derived; RFC 791 §3.1, RFC 9293 §3.1, RFC 7323 §3.2 (packet headers)',
  parameters: [
    { name: 'H', unit: 'B', meaning: { en: 'request head + response head', ko: '요청 헤더 + 응답 헤더' } },
    {
      name: 'o',
      unit: 'B',
      meaning: { en: 'overhead of one pushed message', ko: '푸시 메시지 하나의 오버헤드' },
    },
    { name: 'k', unit: '', meaning: { en: 'messages per poll', ko: '폴링당 메시지 수' } },
  ],
  plot: {
    x: { label: { en: 'HTTP heads per poll', ko: '폴링당 HTTP 헤더' }, unit: 'B' },
    y: {
      label: { en: 'messages per poll (against ws, o = 2)', ko: '폴링당 메시지 수 (ws와 비교, o = 2)' },
      unit: '',
    },
    from: 100,
    to: 2000,
    curve: (x) => batchingCrossover({ requestHeadBytes: x, responseHeadBytes: 0, pushOverheadBytes: 2 }),
  },
} satisfies Law;

/** What was seen instead of what was expected, in words. Messages are shortened: their bytes are listed below. */
import { hexPairs } from '../../base/hex.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';

export type SeenMessage = string | Uint8Array;

const mostShown = 40;
const mostHex = 8;

const isSame = (one: SeenMessage, other: SeenMessage): boolean =>
  typeof one === 'string' || typeof other === 'string'
    ? one === other
    : Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

const sizes = {
  bytes: text('{count} bytes', '{count}바이트'),
  binary: text('binary, {count} bytes: {hex}{more}', '바이너리 {count}바이트: {hex}{more}'),
  textual: text('text “{shown}”{more}', '텍스트 “{shown}”{more}'),
  long: text(' … ({count} bytes in all)', ' … (모두 {count}바이트)'),
};

/** A message as a sentence shows it. */
function shown(message: SeenMessage): Text {
  const count = String(Buffer.byteLength(message));
  if (typeof message !== 'string')
    return inEveryLanguage(sizes.binary, {
      count,
      hex: hexPairs(message.subarray(0, mostHex)),
      more: message.length > mostHex ? ' …' : '',
    });
  const begins = beginning(message);
  const more = begins === message ? '' : inEveryLanguage(sizes.long, { count });
  return inEveryLanguage(sizes.textual, { shown: escaped(begins), more });
}

const escaped = (message: string): string => JSON.stringify(message).slice(1, -1);

/** As much of it as fits, even if every character is escaped. */
function beginning(message: string): string {
  let begins = '';
  let room = mostShown;
  for (const character of message.slice(0, 2 * mostShown)) {
    room -= escaped(character).length;
    if (room < 0) break;
    begins += character;
  }
  return begins;
}

export const seconds = (ms: number): string => String(ms / 1000);

const phrases = {
  nothing: text('nothing came within {seconds} s', '{seconds}초 안에 아무것도 오지 않았습니다'),
  instead: text('sent {sent}; got {got}', '보낸 것: {sent}. 받은 것: {got}'),
  tooFew: text('{got} of {sent} messages came', '메시지 {sent}개 중 {got}개가 왔습니다'),
  tooMany: text('{sent} messages were sent, {got} came', '메시지 {sent}개를 보냈는데 {got}개가 왔습니다'),
  otherOrder: text(
    'message {nth} was to be {wanted}; it was {got}',
    '{nth}번째로 올 메시지: {wanted}. 실제로 온 것: {got}',
  ),
  unasked: text('nobody had sent anything; what came was {got}', '아무도 보내지 않았는데 온 것: {got}'),
  closed: text('the server closed the connection ({how})', '서버가 연결을 닫았습니다({how})'),
  who: text('client {who}: {seen}', '클라이언트 {who}: {seen}'),
};

const nothingCame = (ms: number): Text => inEveryLanguage(phrases.nothing, { seconds: seconds(ms) });
export const closedBy = (how: string): Text => inEveryLanguage(phrases.closed, { how });

/** The first fault among all clients: one says enough. */
export function firstFault(faults: readonly (Text | null)[]): Text | null {
  const who = faults.findIndex((fault) => fault !== null);
  const seen = faults[who];
  return seen ? inEveryLanguage(phrases.who, { who: String(who + 1), seen }) : null;
}

/** What is wrong with the messages that arrived, if anything: they must be the same ones in this order. */
export function differenceIn(
  sent: readonly SeenMessage[],
  got: readonly SeenMessage[],
  waitedMs: number,
): Text | null {
  if (got.length === 0 && sent.length > 0) return nothingCame(waitedMs);
  const nth = sent.findIndex((message, index) => {
    const other = got[index];
    return other !== undefined && !isSame(message, other);
  });
  const [wanted, other] = [sent[nth], got[nth]];
  if (wanted !== undefined && other !== undefined)
    return sent.length === 1
      ? inEveryLanguage(phrases.instead, { sent: shown(wanted), got: shown(other) })
      : inEveryLanguage(phrases.otherOrder, {
          nth: String(nth + 1),
          wanted: shown(wanted),
          got: shown(other),
        });
  const counts = { sent: String(sent.length), got: String(got.length) };
  if (got.length < sent.length) return inEveryLanguage(phrases.tooFew, counts);
  const [unasked] = got.slice(sent.length);
  if (sent.length === 0 && unasked !== undefined)
    return inEveryLanguage(phrases.unasked, { got: shown(unasked) });
  return got.length > sent.length ? inEveryLanguage(phrases.tooMany, counts) : null;
}

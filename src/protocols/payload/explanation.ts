/**
 * What the application wanted to say, as the receiver reads it: without the mask, and named for what carries it.
 */
import { bytesEn, type Explain, line, means, type Reading, written } from '../explanation.ts';
import { find, latin1 } from '../unit.ts';

/** Longer text is cut in an explanation; the report shows the bytes beside it. */
const longest = 64;

const names: Readonly<Record<string, readonly [en: string, ko: string]>> = {
  message: ['the message', '메시지'],
  body: ['the whole body is the message', '본문 전체가 메시지'],
  argument: ['an argument of the event, as JSON', '이벤트의 인자, JSON으로'],
  attachment: ['the binary attachment of the event', '이벤트의 바이너리 첨부'],
  compressed: ['compressed: cannot be read here', '압축됨: 여기서는 읽을 수 없음'],
};

export const explainPayload: Explain = (reading) => {
  const { clear, name } = reading.field;
  const isMasked = find(reading.before, 'websocket', 'masking-key') !== undefined;
  const [en, ko] = names[name] ?? names.message ?? ['', ''];
  const size = line(`${en}, ${bytesEn(clear.length)}`, `${ko}, ${clear.length}바이트`);
  const base64 = isBase64(reading);
  return means(
    isMasked ? 'RFC 6455 §5.3' : base64 ? 'RFC 4648 §4' : null,
    base64 ? base64Size(clear.length) : size,
    ...(name === 'compressed' || base64 ? [] : [line(...same(excerpt(clear)))]),
    ...(isMasked
      ? [
          line(
            'unmasked: byte i XOR key byte i mod 4',
            '마스킹 해제: i번째 바이트 XOR 키의 (i mod 4)번째 바이트',
          ),
        ]
      : []),
  );
};

const same = (text: string): [string, string] => [text, text];

const excerpt = (bytes: Uint8Array): string => {
  const text = written(bytes.length > longest ? bytes.subarray(0, longest) : bytes);
  return bytes.length > longest ? `${text} …` : text;
};

/** Where only text may travel, bytes travel as base64: an `event: binary` of SSE, a `b` packet of Engine.IO. */
const isBase64 = ({ before }: Reading): boolean => {
  const type = find(before, 'sse', 'event');
  return (type !== undefined && /binary\s*$/.test(latin1(type.clear))) || before.at(-1)?.name === 'binary';
};

const base64Size = (count: number) =>
  line(
    `base64 that stands for ${bytesEn(count)} of message; every fourth character is an addition, and is counted below`,
    `메시지 ${count}바이트를 나타내는 base64. 네 글자마다 한 글자는 덧붙은 것이고 아래에서 따로 셈`,
  );

/** The head of a WebSocket frame, bit by bit (RFC 6455 §5.2), and what control frames carry (§5.5). */
import type { Text } from '../../base/text.ts';
import { type Explain, line, means, type Reading, written } from '../explanation.ts';
import type { RawField } from '../unit.ts';

const framing = 'RFC 6455 §5.2';

export const opcodes: { readonly [opcode: number]: Text } = {
  0: line('continuation', '이어지는'),
  1: line('text', '텍스트'),
  2: line('binary', '바이너리'),
  8: line('close', 'Close'),
  9: line('ping', 'Ping'),
  10: line('pong', 'Pong'),
};

export const opcodeOf = ({ clear }: RawField): number => (clear[0] ?? 0) & 0x0f;

/** `1... ....`: the bits a mask covers, the others as dots, in two groups of four. */
function bits(byte: number, mask: number): string {
  const all = [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((mask >> bit) & 1 ? String((byte >> bit) & 1) : '.'));
  return `${all.slice(0, 4).join('')} ${all.slice(4).join('')}`;
}

export const explainFrame: Explain = (reading) => {
  const { field } = reading;
  switch (field.name) {
    case 'opcode':
      return means(framing, ...firstByte(field));
    case 'length':
      return means(framing, ...lengthBytes(field));
    case 'masking-key':
      return means(
        'RFC 6455 §5.3',
        line(
          'the masking key, new for each frame: client bytes are XORed with it, so that no proxy takes them for HTTP',
          '마스킹 키, 프레임마다 새로 만듦: 클라이언트의 바이트를 이 키와 XOR 하여, 프록시가 HTTP로 착각하지 못하게 함',
        ),
      );
    case 'ping-data':
      return means('RFC 6455 §5.5.2', data('the ping', 'Ping', field));
    case 'pong-data':
      return means('RFC 6455 §5.5.3', data('the ping it answers', '이 프레임이 응답하는 Ping', field));
    case 'close-code':
      return closeCode(reading);
    case 'close-reason':
      return means(
        'RFC 6455 §7.1.6',
        line(`the reason: ${written(field.clear)}`, `이유: ${written(field.clear)}`),
      );
    default:
      return null;
  }
};

const data = (en: string, ko: string, { clear }: RawField): Text =>
  line(`data of ${en}: ${written(clear)}`, `${ko}의 데이터: ${written(clear)}`);

function firstByte(field: RawField): Text[] {
  const byte = field.clear[0] ?? 0;
  const opcode = opcodeOf(field);
  const name = opcodes[opcode] ?? line('reserved', '예약됨');
  const final = byte >> 7;
  const reserved = ((byte >> 4) & 7).toString(2).padStart(3, '0');
  return [
    final
      ? line(
          `${bits(byte, 0x80)} FIN=1 the message ends here`,
          `${bits(byte, 0x80)} FIN=1 메시지가 여기서 끝남`,
        )
      : line(`${bits(byte, 0x80)} FIN=0 more frames follow`, `${bits(byte, 0x80)} FIN=0 프레임이 더 이어짐`),
    reserved === '000'
      ? line(`${bits(byte, 0x70)} RSV=000 no extension`, `${bits(byte, 0x70)} RSV=000 확장 없음`)
      : line(`${bits(byte, 0x70)} RSV=${reserved} compressed`, `${bits(byte, 0x70)} RSV=${reserved} 압축됨`),
    line(
      `${bits(byte, 0x0f)} opcode=${opcode} ${name.en}`,
      `${bits(byte, 0x0f)} opcode=${opcode} ${name.ko}`,
    ),
  ];
}

function lengthBytes({ clear }: RawField): Text[] {
  const byte = clear[0] ?? 0;
  const short = byte & 0x7f;
  const masked = byte >> 7;
  const length = short < 126 ? short : clear.slice(1).reduce((value, next) => value * 256 + next, 0);
  return [
    masked
      ? line(
          `${bits(byte, 0x80)} MASK=1 a client must mask`,
          `${bits(byte, 0x80)} MASK=1 클라이언트는 반드시 마스킹`,
        )
      : line(
          `${bits(byte, 0x80)} MASK=0 a server must not`,
          `${bits(byte, 0x80)} MASK=0 서버는 마스킹하지 않음`,
        ),
    short < 126
      ? line(`${bits(byte, 0x7f)} length=${length}`, `${bits(byte, 0x7f)} 길이=${length}`)
      : line(
          `${bits(byte, 0x7f)} ${short}: the length is in the next ${clear.length - 1} bytes, ${length}`,
          `${bits(byte, 0x7f)} ${short}: 길이는 다음 ${clear.length - 1}바이트에 있음, ${length}`,
        ),
  ];
}

const closeCodes: { readonly [code: number]: Text } = {
  1000: line('normal: the purpose is fulfilled', '정상: 할 일을 마침'),
  1001: line('going away', '떠남'),
  1005: line('no code', '코드 없음'),
};

function closeCode({ field }: Reading) {
  const code = ((field.clear[0] ?? 0) << 8) | (field.clear[1] ?? 0);
  const reason = closeCodes[code];
  return means(
    'RFC 6455 §7.4.1',
    line(
      `close code ${code}${reason ? ` ${reason.en}` : ''}`,
      `Close 코드 ${code}${reason ? ` ${reason.ko}` : ''}`,
    ),
  );
}

/** MessagePack: heads say type and length, keys name the members of a packet. */
import { type Explain, line, means } from '../explanation.ts';

export const explainMessagePack: Explain = ({ field }) => {
  switch (field.name) {
    case 'head':
      return means(
        'MessagePack, "Formats"',
        line('the type of a value, and how long it is', '값의 타입과 길이'),
      );
    case 'key':
      return means(
        'MessagePack, "Map format family"',
        line('the key of a member: sent with every packet', '멤버의 키. 패킷마다 다시 보냄'),
      );
    default:
      return null;
  }
};

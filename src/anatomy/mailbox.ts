/** The mailbox of polling and long polling: netstrings (D. J. Bernstein, 1997), a length before each message. */
import { bytesEn, type Explain, line, means } from './reading.ts';
import { latin1 } from './unit.ts';

const netstrings = 'Bernstein 1997, netstrings';

export const explainMailbox: Explain = ({ field }) => {
  const length = Number.parseInt(latin1(field.clear), 10);
  if (field.name === 'length')
    return means(
      netstrings,
      line(
        `a netstring: ${bytesEn(length)} of message follow the colon`,
        `넷스트링: 콜론 뒤에 메시지 ${length}바이트가 이어진다`,
      ),
    );
  if (field.name === 'comma')
    return means(
      netstrings,
      line(
        'a comma ends the netstring; another may follow',
        '쉼표가 넷스트링을 끝낸다. 다음 것이 올 수 있다',
      ),
    );
  return null;
};

/** The mailbox of polling and long polling: netstrings (D. J. Bernstein, 1997), a length before each message. */
import { bytesEn, type Explain, line, means } from '../explanation.ts';
import { latin1 } from '../unit.ts';

const netstrings = 'Bernstein 1997, netstrings';

export const explainMailbox: Explain = ({ field }) => {
  const length = Number.parseInt(latin1(field.clear), 10);
  if (field.name === 'length')
    return means(
      netstrings,
      line(
        `a netstring: ${bytesEn(length)} of message follow the colon`,
        `netstring: 콜론 뒤에 메시지 ${length}바이트가 이어짐`,
      ),
    );
  if (field.name === 'comma')
    return means(
      netstrings,
      line(
        'a comma ends the netstring; another may follow',
        'netstring을 끝내는 쉼표. 뒤에 다음 것이 올 수 있음',
      ),
    );
  return null;
};

/** Start lines, header fields and the empty line of HTTP/1.1 (RFC 9112 §2 to §5). */

import { own } from '../../base/lookup.ts';
import type { Text } from '../../base/text.ts';
import { bytesEn, type Explain, line, means, type Reading } from '../explanation.ts';
import { shorthandLines } from '../http2/hpack/shorthand.ts';
import { headers } from './header-meanings.ts';

export const explainHttp: Explain = (reading) => {
  const explanation = explainLine(reading);
  const { shorthand, bytes, value } = reading.field;
  if (!explanation || !shorthand) return explanation;
  const name = reading.field.name.replace(/^trailer:/, '');
  const { direction } = reading.unit;
  const how = shorthandLines({ name, value, shorthand, bytes, direction });
  return { ...explanation, lines: [...explanation.lines, ...how] };
};

const explainLine: Explain = (reading) => {
  const { name } = reading.field;
  if (name === 'request-line') return requestLine(reading);
  if (name === 'status-line') return statusLine(reading);
  if (name === 'blank-line')
    return means('RFC 9112 §2.1', line('an empty line: the head ends here', '빈 줄: 헤더가 여기서 끝남'));
  if (name === 'refusal') return refusal(reading);
  if (name.startsWith('trailer:'))
    return means('RFC 9110 §6.5', line('a field after the content', '내용 뒤에 오는 필드'));
  const known = own(headers, name);
  if (known)
    return means(
      known.specification,
      ...known.lines(reading.field.value, reading.asked, reading.unit.direction),
    );
  return means('RFC 9110 §5', line('a header of the application', '애플리케이션의 헤더'));
};

const refusal = ({ field }: Reading) =>
  means(
    'RFC 9110 §15.5',
    line(
      `why the request was refused, ${bytesEn(field.bytes.length)}: no message of the application`,
      `요청이 거절된 이유, ${field.bytes.length}바이트: 애플리케이션의 메시지가 아님`,
    ),
  );

const methods: Readonly<Record<string, Text>> = {
  GET: line('GET: give me what is there', 'GET: 이 주소의 자원을 요청'),
  POST: line('POST: take what is in my body', 'POST: 본문의 데이터를 서버로 보냄'),
};

const queries: Readonly<Record<string, (value: string) => Text>> = {
  client: (value) => line(`client=${value}: who asks`, `client=${value}: 요청한 클라이언트`),
  cursor: (value) =>
    line(
      `cursor=${value}: what came before message ${value} is known`,
      `cursor=${value}: ${value}번 앞의 메시지는 이미 받음`,
    ),
  EIO: (value) =>
    line(`EIO=${value}: version ${value} of Engine.IO`, `EIO=${value}: Engine.IO 버전 ${value}`),
  transport: (value) =>
    line(`transport=${value}: how packets travel here`, `transport=${value}: 패킷을 전송하는 방식`),
  t: () => line('t=…: random, so that no cache answers', 't=…: 임의의 값. 캐시가 대신 응답하지 못하게 함'),
  sid: () => line('sid=…: the session of Engine.IO this belongs to', 'sid=…: 이 요청이 속한 Engine.IO 세션'),
};

function requestLine({ field }: Reading) {
  const [method = '', target = ''] = field.value.split(' ');
  const query = [...new URLSearchParams(target.split('?')[1] ?? '')];
  return means(
    'RFC 9112 §3',
    own(methods, method) ?? line(method, method),
    ...query.flatMap(([name, value]) => own(queries, name)?.(value) ?? []),
  );
}

const statuses: Readonly<Record<string, readonly [specification: string, text: Text]>> = {
  101: [
    'RFC 9110 §15.2.2',
    line(
      '101: agreed; after this head it is no HTTP any more',
      '101: 업그레이드 수락. 이 헤더 뒤로는 HTTP가 아님',
    ),
  ],
  200: ['RFC 9110 §15.3.1', line('200: yes, and the body is the answer', '200: 성공, 본문이 응답의 내용')],
  204: ['RFC 9110 §15.3.5', line('204: yes, and there is nothing to say', '204: 성공, 보낼 내용은 없음')],
};

function statusLine({ field }: Reading) {
  const [code = ''] = field.value.split(' ');
  const [specification, text] = own(statuses, code) ?? [
    'RFC 9110 §15',
    line(`status ${code}`, `상태 ${code}`),
  ];
  return means(`RFC 9112 §4, ${specification}`, text);
}

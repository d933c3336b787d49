/**
 * Packets of Engine.IO 4: one digit says the type. Polling's bodies and WebSocket's messages carry the same ones; the
 * probe, `2probe`, `3probe` and `5`, is how a session moves from the first to the second.
 */

import { own } from '../../base/lookup.ts';
import type { Text } from '../../base/text.ts';
import { type Explain, line, means, type Reading } from '../explanation.ts';
import { latin1 } from '../unit.ts';

const section = (name: string) => `Engine.IO 4, "${name}"`;
const encoding = section('Packet encoding');

/** Types and their purpose; `ping` and `pong` mean something else while a transport is probed. */
const types: Readonly<Record<string, readonly [section: string, text: Text]>> = {
  open: [
    section('Handshake'),
    line(
      'type 0 = open: the session begins, its parameters follow',
      '타입 0 = open: 세션 시작, 설정이 이어짐',
    ),
  ],
  close: [encoding, line('type 1 = close: the session ends', '타입 1 = close: 세션 종료')],
  ping: [
    section('Heartbeat'),
    line('type 2 = ping: are you still there?', '타입 2 = ping: 아직 연결되어 있는지 확인'),
  ],
  pong: [section('Heartbeat'), line('type 3 = pong: I am', '타입 3 = pong: 연결되어 있다는 응답')],
  message: [
    encoding,
    line('type 4 = message: what follows is Socket.IO’s', '타입 4 = message: 뒤에 Socket.IO 패킷이 이어짐'),
  ],
  upgrade: [
    section('Upgrade'),
    line(
      'type 5 = upgrade: polling is over, all packets go over this WebSocket now',
      '타입 5 = upgrade: 폴링을 끝내고, 이제 모든 패킷을 이 WebSocket으로 보냄',
    ),
  ],
  noop: [
    section('Upgrade'),
    line(
      'type 6 = noop: nothing; it only answers the poll that was held',
      '타입 6 = noop: 내용 없음, 대기 중이던 폴링에 응답할 뿐',
    ),
  ],
  binary: [
    encoding,
    line(
      'b: bytes as base64, because a body of packets is text',
      'b: base64로 쓴 바이트. 폴링의 본문은 텍스트이기 때문',
    ),
  ],
};

const parameters: Readonly<Record<string, (value: string) => Text>> = {
  sid: () => line('sid: the name of the session', 'sid: 세션의 ID'),
  upgrades: (value) =>
    line(
      `upgrades: may move to ${value || 'nothing'}`,
      `upgrades: 업그레이드할 수 있는 전송 방식 ${value || '없음'}`,
    ),
  pingInterval: (value) =>
    line(`pingInterval: a ping every ${value} ms`, `pingInterval: ${value} ms마다 Ping`),
  pingTimeout: (value) =>
    line(
      `pingTimeout: dead without an answer in ${value} ms`,
      `pingTimeout: ${value} ms 안에 응답이 없으면 끊긴 것으로 판단`,
    ),
  maxPayload: (value) =>
    line(`maxPayload: a body has at most ${value} bytes`, `maxPayload: 본문은 최대 ${value}바이트`),
};

export const explainEngineIo: Explain = (reading) => {
  const { name } = reading.field;
  const type = own(types, name);
  if (type) return means(type[0], type[1]);
  switch (name) {
    case 'handshake':
      return means(section('Handshake'), ...handshake(reading));
    case 'probe':
      return probe(reading);
    case 'separator':
      return means(
        section('HTTP long-polling'),
        line('U+001E: another packet follows', 'U+001E: 다음 패킷이 이어짐'),
      );
    case 'ok':
      return means(section('HTTP long-polling'), line('the packets were taken', '서버가 패킷을 받음'));
    case 'error':
      return means(section('HTTP long-polling'), line('the request was refused', '서버가 요청을 거부함'));
    case 'data':
      return means(encoding, line('data of the packet', '패킷의 데이터'));
    default:
      return null;
  }
};

/** The packet's JSON, parameter by parameter. */
function handshake({ field }: Reading): Text[] {
  try {
    const said: unknown = JSON.parse(latin1(field.clear));
    return Object.entries(said ?? {}).flatMap(
      ([name, value]) => own(parameters, name)?.(String(value)) ?? [],
    );
  } catch {
    return [line('the parameters of the session', '세션의 설정')];
  }
}

const probe = ({ before }: Reading) =>
  means(
    section('Upgrade'),
    before.at(-1)?.name === 'ping'
      ? line(
          '“probe”: does this WebSocket carry packets? Polling goes on meanwhile',
          '“probe”: 이 WebSocket으로 패킷을 보낼 수 있는지 확인. 그동안 폴링은 계속됨',
        )
      : line('“probe”: it does', '“probe”: 보낼 수 있음'),
  );

/** What the document says about the WebSocket protocol itself, and how the recorded wire decides it. */
import type { ProseClaim } from './claim.ts';
import { judgement } from './judgement.ts';
import { probed } from './trial-facts.ts';

const A11: ProseClaim = {
  id: 'A11',
  table: null,
  title: { en: 'The handshake', ko: '핸드셰이크' },
  says: {
    prose: {
      en: 'the handshake is a GET with Upgrade, answered 101, and the accept value follows from the key',
      ko: '핸드셰이크는 Upgrade 헤더가 있는 GET 요청이고 101로 응답하며, accept 값은 key에서 계산됩니다',
    },
  },
  judgement: judgement({
    needs: ['handshake'],
    facts: (evidence) =>
      probed(
        ...([evidence, 'handshake-request', 'handshake-is-get', 'handshake-upgrade'] as const),
        ...(['handshake-status', 'handshake-accept', 'accept-recomputed'] as const),
      ),
    reads: {
      get: ['handshake-is-get', 'ws'],
      upgrade: ['handshake-upgrade', 'ws'],
      status: ['handshake-status', 'ws'],
      recomputed: ['accept-recomputed', 'ws'],
    },
    quotes: { request: ['handshake-request', 'ws'], accept: ['handshake-accept', 'ws'] },
    verdict: ({ get, upgrade, status, recomputed }) =>
      get + upgrade + recomputed === 3 && status === 101 ? 'confirmed' : 'contradicted',
    explains: {
      confirmed: {
        en: 'Recorded: “{request}”, answered {status}; Sec-WebSocket-Accept {accept} is what SHA-1 makes of the key that was sent.',
        ko: '기록: “{request}”에 대한 응답은 {status}. Sec-WebSocket-Accept 값({accept})은 보낸 key를 SHA-1로 다시 계산한 값과 같습니다.',
      },
      contradicted: {
        en: 'Recorded: “{request}”, answered {status}; does the accept value {accept} follow from the key? {recomputed}.',
        ko: '기록: “{request}”에 대한 응답은 {status}. accept 값({accept})이 key에서 계산한 값과 같은가: {recomputed}.',
      },
    },
  }),
};

const A12: ProseClaim = {
  id: 'A12',
  table: null,
  title: { en: 'Frames', ko: '프레임' },
  says: {
    prose: {
      en: 'data travels in small frames: a header with type, length and end flag, then the payload',
      ko: '데이터는 작은 프레임으로 오갑니다. 유형, 길이, 끝 표시가 든 헤더 뒤에 페이로드가 옵니다',
    },
  },
  judgement: judgement({
    needs: ['frames'],
    facts: (evidence) =>
      probed(
        ...([evidence, 'frames', 'frame-kind-told', 'frame-end-told', 'frame-length-told'] as const),
        ...(['frame-payload-intact', 'frame-header-least', 'frame-header-most'] as const),
      ),
    reads: {
      kind: ['frame-kind-told', 'ws'],
      end: ['frame-end-told', 'ws'],
      length: ['frame-length-told', 'ws'],
      intact: ['frame-payload-intact', 'ws'],
      least: ['frame-header-least', 'ws'],
      most: ['frame-header-most', 'ws'],
    },
    quotes: { frames: ['frames', 'ws'] },
    verdict: ({ kind, end, length, intact }) =>
      kind + end + length + intact === 4 ? 'confirmed' : 'contradicted',
    explains: {
      confirmed: {
        en: 'In {frames} recorded frames, text and binary, opcode, FIN and length told the truth, and the payload came through whole, after {least} to {most} bytes of header.',
        ko: '기록한 텍스트, 바이너리 프레임 {frames}개에서 opcode, FIN, 길이가 모두 맞았고 페이로드도 온전했습니다. 헤더는 {least}~{most} 바이트였습니다.',
      },
      contradicted: {
        en: 'In {frames} recorded frames: kind right {kind}, end {end}, length {length}, payload {intact}.',
        ko: '기록한 프레임 {frames}개에서 맞았는지 여부: 유형 {kind}, 끝 {end}, 길이 {length}, 페이로드 {intact}.',
      },
    },
  }),
};

const A13: ProseClaim = {
  id: 'A13',
  table: null,
  title: { en: 'Closing', ko: '연결 닫기' },
  says: {
    prose: {
      en: 'either side may close: a close frame, the peer confirms, and the connection is gone',
      ko: '어느 쪽이든 연결을 닫을 수 있습니다. close 프레임을 보내고 상대가 확인하면 연결이 끝납니다',
    },
  },
  judgement: judgement({
    needs: ['closing'],
    facts: (evidence) =>
      probed(
        ...([evidence, 'close-begun-client', 'close-confirmed-client', 'close-ended-client'] as const),
        ...(['close-begun-server', 'close-confirmed-server', 'close-ended-server'] as const),
      ),
    reads: {
      clientBegun: ['close-begun-client', 'ws'],
      clientConfirmed: ['close-confirmed-client', 'ws'],
      clientEnded: ['close-ended-client', 'ws'],
      serverBegun: ['close-begun-server', 'ws'],
      serverConfirmed: ['close-confirmed-server', 'ws'],
      serverEnded: ['close-ended-server', 'ws'],
    },
    verdict(values) {
      const client = values.clientBegun + values.clientConfirmed + values.clientEnded;
      const server = values.serverBegun + values.serverConfirmed + values.serverEnded;
      if (client === 3 && server === 3) return 'confirmed';
      return client === 3 || server === 3 ? 'refined' : 'contradicted';
    },
    explains: {
      confirmed: {
        en: 'Recorded from both sides: whoever closes sends a close frame first, the other answers with one of the same code, and then the connection is gone.',
        ko: '양쪽에서 기록했습니다. 닫는 쪽이 먼저 close 프레임을 보내고, 상대가 같은 코드의 프레임으로 응답하면 연결이 끝납니다.',
      },
      refined: {
        en: 'From one side only. Client: begun {clientBegun}, confirmed {clientConfirmed}, ended {clientEnded}; server: {serverBegun}, {serverConfirmed}, {serverEnded}.',
        ko: '한쪽에서만 확인되었습니다. 클라이언트: 시작 {clientBegun}, 확인 {clientConfirmed}, 종료 {clientEnded}. 서버: {serverBegun}, {serverConfirmed}, {serverEnded}.',
      },
      contradicted: {
        en: 'Neither side went through it. Client: begun {clientBegun}, confirmed {clientConfirmed}, ended {clientEnded}; server: {serverBegun}, {serverConfirmed}, {serverEnded}.',
        ko: '어느 쪽에서도 확인되지 않았습니다. 클라이언트: 시작 {clientBegun}, 확인 {clientConfirmed}, 종료 {clientEnded}. 서버: {serverBegun}, {serverConfirmed}, {serverEnded}.',
      },
    },
  }),
};

export const proseAboutTheWire: readonly ProseClaim[] = [A11, A12, A13];

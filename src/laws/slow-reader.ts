/**
 * A client that stops reading: how much the system buffers before the server notices, and how much memory the server
 * keeps for each further message.
 *
 * Derived; the memory besides the payload was measured with Node 20.20.2 (`scenario slow`, 200 and 8,000 B), ws 8.23.0
 * and Socket.IO 4.8.4.
 */
import type { Law } from './law.ts';

/** Relative. Buffers fill in pieces and heaps are collected in pieces: neither law can be more exact. */
export const slowTolerance = 0.25;

/** SLOW1: after how many messages a server notices that its client does not read. */
const unnoticedMessages = (p: { buffersBytes: number; messageBytes: number }): number =>
  p.buffersBytes / p.messageBytes;

export const slow1 = {
  id: 'SLOW1',
  exact: false,
  title: { en: 'A slow reader is not felt at first', ko: '느린 클라이언트는 처음에 드러나지 않음' },
  statement: {
    en: 'A server that writes to a client which does not read is told nothing: the system takes what is written, into the send buffer of one end and the receive buffer of the other. Only when both are full do writes wait. How much that is does not depend on the transport but on the settings of the two systems, so it is measured with a bare pair of sockets in the same run; four megabytes are usual on Linux, which is a thousand messages of 4 kB. Whoever hears a message from a full buffer hears one that is as old as the buffer is deep.',
    ko: '읽지 않는 클라이언트에게 쓰는 서버는 아무것도 알지 못합니다. 쓴 것은 시스템이 받아 한쪽의 송신 버퍼와 다른 쪽의 수신 버퍼에 둡니다. 두 버퍼가 모두 차야 쓰기가 기다립니다. 그 크기는 전송 방식이 아니라 두 시스템의 설정에 달려 있으므로 같은 실행에서 소켓만 연결해 잽니다. Linux에서는 보통 4 MB이고, 4 kB 메시지 1,000개에 해당합니다. 가득 찬 버퍼에서 듣는 메시지는 버퍼의 깊이만큼 오래된 것입니다.',
  },
  formula: 'felt after K bytes = K/m messages; K of a bare pair of sockets',
  source: 'derived; tcp(7), tcp_rmem and tcp_wmem',
  parameters: [
    { name: 'K', unit: 'B', meaning: { en: 'what both systems keep', ko: '두 시스템이 보관하는 양' } },
    { name: 'm', unit: 'B', meaning: { en: 'a message on the wire', ko: '전송되는 메시지 하나의 크기' } },
  ],
  plot: {
    x: { label: { en: 'message', ko: '메시지' }, unit: 'B' },
    y: {
      label: { en: 'messages until it is felt (K = 4 MB)', ko: '드러나기까지의 메시지 수 (K = 4 MB)' },
      unit: '',
    },
    from: 500,
    to: 10_000,
    curve: (x) => unnoticedMessages({ buffersBytes: 4e6, messageBytes: x }),
  },
} satisfies Law;

/** SLOW2: bytes that a server's process keeps for each message after that. */
export const keptPerMessage = (p: { payloadBytes: number; besidesBytes: number }): number =>
  p.payloadBytes + p.besidesBytes;

export const slow2 = {
  id: 'SLOW2',
  exact: false,
  title: { en: 'What a slow reader costs a message', ko: '느린 클라이언트의 메시지당 메모리' },
  statement: {
    en: 'Once the buffers of the system are full, a server keeps every further message in its own memory until the reader takes it or is put out: the payload, and some hundreds of bytes for the objects around it. Nothing in WebSocket, Server-Sent Events or Socket.IO limits this. What Socket.IO says to a room or to everybody waits as a packet and as a finished frame, so it takes twice the payload. One reader that stops costs rate × size each second; an application has to look at what waits (bufferedAmount, writableLength), and drop messages or put the reader out.',
    ko: '시스템의 버퍼가 차면 서버는 이후의 모든 메시지를 자기 메모리에 둡니다. 클라이언트가 읽거나 서버가 연결을 끊을 때까지입니다. 메시지마다 내용과 이를 둘러싼 객체 수백 바이트가 듭니다. WebSocket, Server-Sent Events, Socket.IO 어디에도 이를 막는 것이 없습니다. Socket.IO가 방이나 모두에게 보낸 것은 패킷과 완성된 프레임으로 함께 기다리므로 내용의 두 배가 듭니다. 읽기를 멈춘 클라이언트 하나가 매초 속도 × 크기만큼을 차지합니다. 애플리케이션이 기다리는 양(bufferedAmount, writableLength)을 보고 메시지를 버리거나 그 클라이언트를 끊어야 합니다.',
  },
  formula: 'memory per message = p + c',
  source: 'derived; c measured with Node 20.20.2, ws 8.23.0, Socket.IO 4.8.4',
  parameters: [
    { name: 'p', unit: 'B', meaning: { en: 'payload', ko: '메시지 내용' } },
    { name: 'c', unit: 'B', meaning: { en: 'objects around it', ko: '둘러싼 객체' } },
  ],
  plot: {
    x: { label: { en: 'payload', ko: '메시지 내용' }, unit: 'B' },
    y: { label: { en: 'memory a message (c = 280 B)', ko: '메시지당 메모리 (c = 280 B)' }, unit: 'B' },
    from: 0,
    to: 2000,
    curve: (x) => keptPerMessage({ payloadBytes: x, besidesBytes: 280 }),
  },
} satisfies Law;

/** SLOW3: how many volatile messages a stopped reader receives: at most those that the server sent to any client. */
export const volatileHeard = (p: { buffersBytes: number; messageBytes: number; saidToAll: number }): number =>
  Math.min(unnoticedMessages(p), p.saidToAll);

export const slow3 = {
  id: 'SLOW3',
  exact: false,
  title: { en: 'What is volatile costs no memory', ko: '휘발성 메시지는 메모리를 쓰지 않음' },
  statement: {
    en: 'Socket.IO drops a volatile event whose connection cannot take it at once. A reader that stops hears what the buffers of the system have taken, K/m messages, and nothing of what was said after them: the server keeps none of it. Where fewer were sent to anybody at all, q, it hears those. Whoever reads on hears the oldest first, and then what is said from now on. The price is paid by readers that are quick as well: until the system has taken a frame the connection counts as busy, so of two volatile events in one turn the second is dropped for everybody.',
    ko: 'Socket.IO는 연결이 바로 받을 수 없는 휘발성(volatile) 이벤트를 버립니다. 읽기를 멈춘 클라이언트는 시스템의 버퍼가 받아 둔 K/m개만 듣고 그 뒤에 보낸 것은 듣지 못하며, 서버는 아무것도 보관하지 않습니다. 누구에게든 실제로 보낸 것이 그보다 적으면(q개) 그만큼만 듣습니다. 다시 읽으면 가장 오래된 것부터 듣고, 그다음에는 그때부터 보낸 것을 듣습니다. 빨리 읽는 클라이언트도 대가를 치릅니다. 시스템이 프레임을 받을 때까지 연결은 바쁜 것으로 여겨지므로, 한 차례에 보낸 휘발성 이벤트 두 개 가운데 둘째는 모두에게 버려집니다.',
  },
  formula: 'heard = min(K/m, q); memory per message = 0',
  source: 'derived; socket.io 4.8.4 (client.ts), engine.io 6.6.12 (websocket.ts)',
  parameters: [
    { name: 'K', unit: 'B', meaning: { en: 'what both systems keep', ko: '두 시스템이 보관하는 양' } },
    { name: 'm', unit: 'B', meaning: { en: 'a message on the wire', ko: '전송되는 메시지 하나의 크기' } },
    {
      name: 'q',
      unit: '',
      meaning: { en: 'what a reader that keeps up hears', ko: '제때 읽는 클라이언트가 받는 수' },
    },
  ],
} satisfies Law;

import { Encoder, PacketType } from 'socket.io-parser';
import { expect, test } from 'vitest';
import {
  ackPacketBytes,
  binaryEventOverhead,
  binaryHeaderBytes,
  eventOverhead,
  eventPacketBytes,
  heartbeatBytes,
  pollingBinaryBytes,
} from '../../src/laws/socket-io.ts';
import {
  connectNs,
  connectRoundTrips,
  pollingEchoRequests,
  setupRequests,
  upgradeNs,
} from '../../src/laws/socket-io-connect.ts';

/** The text Socket.IO's own parser writes, with Engine.IO's message type in front. */
const text = (packet: { type: PacketType; data: unknown; nsp?: string; id?: number }) =>
  `4${new Encoder().encode({ nsp: '/', ...packet })[0]}`;

test('SIO1: an echo adds 19 bytes up and 15 down while the packet fits a short frame', () => {
  for (const payloadBytes of [0, 20, 112]) {
    expect(eventOverhead('up', { nameBytes: 4, payloadBytes })).toBe(19);
    expect(eventOverhead('down', { nameBytes: 4, payloadBytes })).toBe(15);
  }
});

test('SIO1: the frame steps where the packet, not the payload, outgrows it (measured)', () => {
  const at = (payloadBytes: number) => [
    eventOverhead('up', { nameBytes: 4, payloadBytes }),
    eventOverhead('down', { nameBytes: 4, payloadBytes }),
  ];
  expect(at(113)).toEqual([21, 17]);
  expect(at(65_522)).toEqual([21, 17]);
  expect(at(65_523)).toEqual([27, 23]);
});

test('SIO1 and SIO2 count what socket.io-parser writes', () => {
  for (const [nsp, namespaceBytes] of [
    ['/', 0],
    ['/chat', 5],
  ] as const)
    for (const id of [undefined, 0, 9, 10, 12345]) {
      const envelope = { namespaceBytes, ...(id === undefined ? {} : { ackId: id }) };
      const packet = { nsp, ...(id === undefined ? {} : { id }) };
      expect(eventPacketBytes({ nameBytes: 7, payloadBytes: 20, ...envelope })).toBe(
        text({ type: PacketType.EVENT, data: ['message', 'x'.repeat(20)], ...packet }).length,
      );
      if (id !== undefined)
        expect(ackPacketBytes({ payloadBytes: 20, ackId: id, namespaceBytes })).toBe(
          text({ type: PacketType.ACK, data: ['x'.repeat(20)], nsp, id }).length,
        );
    }
});

test('SIO2: the reply is n + 6 + the digits of its number', () => {
  expect(ackPacketBytes({ payloadBytes: 20, ackId: 9 })).toBe(27);
  expect(ackPacketBytes({ payloadBytes: 20, ackId: 10 })).toBe(28);
});

test('SIO3: 20 binary bytes cost 74 up and 66 down with event echo (measured)', () => {
  expect(binaryHeaderBytes({ nameBytes: 4 })).toBe(42);
  expect(20 + binaryEventOverhead('up', { nameBytes: 4, attachmentBytes: [20] })).toBe(74);
  expect(20 + binaryEventOverhead('down', { nameBytes: 4, attachmentBytes: [20] })).toBe(66);
  expect(20 + binaryEventOverhead('up', { nameBytes: 4, attachmentBytes: [20], namespaceBytes: 2 })).toBe(77);
});

test('SIO3 counts what socket.io-parser writes, also for many attachments', () => {
  for (const attachments of [1, 2, 10, 11, 101]) {
    const data = ['echo', ...Array.from({ length: attachments }, () => Buffer.alloc(3))];
    expect(binaryHeaderBytes({ nameBytes: 4, attachments })).toBe(
      text({ type: PacketType.EVENT, data }).length,
    );
  }
});

test('SIO4: the set-up takes 4 or 5 requests, or 1 over WebSocket only', () => {
  expect(setupRequests('upgrade')).toEqual([4, 5]);
  expect(setupRequests('websocket')).toEqual([1]);
});

test('SIO6 and SIO7: 2, 3 and 4 round trips to connect, 5 and a timer to upgrade', () => {
  expect(connectRoundTrips).toEqual({ ws: 2, websocket: 3, upgrade: 4 });
  expect(connectNs({ way: 'ws', rttNs: 100e6 })).toBe(200e6);
  expect(connectNs({ way: 'upgrade', rttNs: 100e6 })).toBe(400e6);
  expect(upgradeNs({ rttNs: 100e6 })).toBe(600e6);
  // Over TLS 1.3 each of the two connections takes one more.
  expect(upgradeNs({ rttNs: 100e6, handshakeTrips: 1 })).toBe(800e6);
});

test('SIO8: a heartbeat is 3 bytes down and 7 up, 1,440 bytes an hour', () => {
  expect(heartbeatBytes(1)).toEqual({ up: 7, down: 3 });
  const hour = heartbeatBytes(3600 / 25);
  expect(hour.up + hour.down).toBe(1440);
});

test('SIO9: an echo over polling is two requests', () => {
  expect(pollingEchoRequests(30)).toBe(60);
});

test('SIO10: binary over polling is a letter and base64', () => {
  for (const size of [0, 1, 2, 3, 4, 20, 1000])
    expect(pollingBinaryBytes(size)).toBe(`b${Buffer.alloc(size).toString('base64')}`.length);
});

import { expect, test } from 'vitest';
import { frameOverhead, handshakeBytes, idleBytes, wsAgeNs, wsEchoNs } from '../../src/laws/websocket.ts';

test('WS1 (RFC 6455 §5.2): an echo of 20 bytes costs 6 bytes up and 2 down', () => {
  expect(frameOverhead('up', 20)).toBe(6);
  expect(frameOverhead('down', 20)).toBe(2);
});

test('WS1 steps at 126 and at 65,536 bytes', () => {
  const sizes = [0, 125, 126, 65_535, 65_536, 4 * 1024 * 1024];
  expect(sizes.map((size) => frameOverhead('down', size))).toEqual([2, 2, 4, 4, 10, 10]);
  expect(sizes.map((size) => frameOverhead('up', size))).toEqual([6, 6, 8, 8, 14, 14]);
});

test('WS1 agrees with the frame lengths of RFC 6455 §5.7', () => {
  // Unmasked "Hello" is 7 bytes, masked 11; 256 and 65,536 unmasked bytes follow headers of 4 and 10 bytes.
  expect(5 + frameOverhead('down', 5)).toBe([0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f].length);
  expect(5 + frameOverhead('up', 5)).toBe(
    [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58].length,
  );
  expect(frameOverhead('down', 256)).toBe([0x82, 0x7e, 0x01, 0x00].length);
  expect(frameOverhead('down', 65_536)).toBe([0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0].length);
});

test('WS2: pushes take the way down, echoes both ways and the service', () => {
  expect(wsAgeNs({ downNs: 30 })).toBe(30);
  expect(wsEchoNs({ upNs: 10, downNs: 30 })).toBe(40);
  expect(wsEchoNs({ upNs: 10, downNs: 30, serviceNs: 2 })).toBe(42);
});

test('WS3: the handshake of ws, measured', () => {
  const target = { pathBytes: '/ws'.length, hostBytes: '127.0.0.1:39211'.length };
  expect(handshakeBytes(target)).toEqual({ up: 156, down: 129 });
  expect(handshakeBytes({ ...target, deflate: 'offered' })).toEqual({ up: 226, down: 129 });
  expect(handshakeBytes({ ...target, deflate: 'accepted' })).toEqual({ up: 226, down: 175 });
});

test('WS3 agrees with the two heads written out', () => {
  // The request and response of ws 8.23.0, key and accept value being those of RFC 6455 §1.3.
  const request = [
    'GET /ws HTTP/1.1',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Host: 127.0.0.1:39211',
  ];
  const response = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  ];
  const bytes = (lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`.length;
  expect(handshakeBytes({ pathBytes: 3, hostBytes: 15 })).toEqual({
    up: bytes(request),
    down: bytes(response),
  });
});

test('WS4: silence costs nothing, a ping 2 bytes and its pong 6', () => {
  expect(idleBytes()).toEqual({ up: 0, down: 0 });
  expect(idleBytes({ pings: 10 })).toEqual({ up: 60, down: 20 });
});

/**
 * Removes the mask of a WebSocket frame (RFC 6455 §5.3). It repeats over the whole frame, however its bytes arrive.
 *
 * @param from where in the frame's data the bytes begin.
 */
export function unmask(bytes: Uint8Array, key: Uint8Array, from: number): Uint8Array {
  const clear = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) clear[i] = (bytes[i] ?? 0) ^ (key[(from + i) & 3] ?? 0);
  return clear;
}

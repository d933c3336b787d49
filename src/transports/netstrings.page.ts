/**
 * Reads a mailbox's response: netstrings, `LENGTH:BYTES,` one after the other. The protocol's decoder, rewritten with
 * what a browser has. Lengths count bytes, so the body must not be decoded to text first.
 */
export function readNetstrings(body: Uint8Array): string[] {
  const decoder = new TextDecoder();
  const messages: string[] = [];
  for (let at = 0; at < body.length; ) {
    const colon = body.indexOf(0x3a, at);
    const digits = decoder.decode(body.subarray(at, Math.max(at, colon)));
    const end = colon + 1 + Number(digits);
    if (!/^\d+$/.test(digits) || body[end] !== 0x2c) throw new RangeError(`no netstring at byte ${at}`);
    messages.push(decoder.decode(body.subarray(colon + 1, end)));
    at = end + 1;
  }
  return messages;
}

/** A message as an event of an event stream (WHATWG HTML §9.2.6). */
import { type Payload, sseTypes } from '../protocols/contract.ts';

/** One event. Each line of a text is a `data:` line; bytes and texts with CR are encoded, and `event:` says how. */
export function formatEvent(data: Payload, id: number | null): string {
  const idLine = id === null ? '' : `id: ${id}\n`;
  if (typeof data !== 'string') {
    return `${idLine}event: ${sseTypes.binary}\ndata: ${Buffer.from(data).toString('base64')}\n\n`;
  }
  if (data.includes('\r')) return `${idLine}event: ${sseTypes.json}\ndata: ${JSON.stringify(data)}\n\n`;
  return `${idLine}data: ${data.replaceAll('\n', '\ndata: ')}\n\n`;
}

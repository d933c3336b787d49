/** The message that an event of an event stream carries. */
import type { EventSourceMessage } from 'eventsource-parser';
import { type Payload, sseTypes } from '../protocols/contract.ts';

export function messageOf({ event, data }: EventSourceMessage): Payload {
  if (event === sseTypes.binary) return Buffer.from(data, 'base64');
  return event === sseTypes.json ? String(JSON.parse(data)) : data;
}

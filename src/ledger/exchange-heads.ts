/**
 * Heads as they are on the wire: request and response of the first exchange of each kind. Kept at both ends of a path,
 * they show what a proxy between changed. A head is kept as soon as it is complete, because the body of an event stream
 * may never end.
 */
import type { Layer } from '../protocols/layers.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Conversation, Dissect } from '../wire/conversation.ts';
import { exchangeKind, type Request, type Response } from '../wire/message.ts';

export interface Head {
  /** `HTTP/1.1`. */
  readonly version: string;
  /** By lower-case name. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Their names as they were spelled. */
  readonly spelled: readonly string[];
}

export interface ExchangeHeads {
  /** Method, path without its query, status. */
  readonly kind: string;
  readonly request: Head;
  readonly response: Head;
}

export interface Heads {
  /** Takes the next chunk of the tape. */
  keep(chunk: Pick<Chunk, 'connection' | 'direction' | 'bytes'>): void;
  read(): ExchangeHeads[];
}

export function createHeads(dissect: Dissect<Layer>): Heads {
  const conversations = new Map<number, Conversation>();
  const kinds = new Map<string, ExchangeHeads>();
  const note = (response: Response) => {
    const request = response.peer;
    if (request === null || isInterim(response)) return;
    const kind = exchangeKind(request, response.status);
    if (!kinds.has(kind)) kinds.set(kind, { kind, request: headOf(request), response: headOf(response) });
  };
  const opened = (ordinal: number) => {
    const conversation = dissect(
      {
        tell({ layer, name, message }) {
          if (layer === 'http' && name === 'blank-line' && message.kind === 'response') note(message);
        },
      },
      ordinal,
    );
    conversations.set(ordinal, conversation);
    return conversation;
  };
  return {
    keep({ connection, direction, bytes }) {
      (conversations.get(connection) ?? opened(connection)).push(direction, bytes);
    },
    read: () => [...kinds.values()],
  };
}

/** 101 is the final HTTP response on its connection; the other 1xx are not (RFC 9110 §15.2). */
const isInterim = ({ status }: Response) => status < 200 && status !== 101;

const headOf = ({ version, headers, spelled }: Request | Response): Head => ({
  version,
  fields: [...headers],
  spelled: spelled.split('\n').filter((name) => name !== ''),
});

/**
 * What a box that holds responses back has to know of them: how many of the server's bytes are content, where each
 * response ends, and from where on the connection is no longer HTTP.
 *
 * Bytes of other protocols, and those after a 101 or a CONNECT, belong to no response. Interim responses (1xx) belong
 * to the final one.
 */
import { httpConversation } from '../protocols/http1/http.ts';
import type { Fields } from '../wire/message.ts';
import { httpStart } from './http-start.ts';

export interface ResponseListener {
  /** `bytes` of a head have been read; `fields` are those read so far. */
  head?(bytes: number, fields: Fields): void;
  /** `bytes` of content have been read, without heads and chunk sizes. They end at byte `until` of the connection. */
  content(bytes: number, until: number): void;
  /** A response and its request are complete. */
  complete(): void;
  /** The connection is no longer HTTP: everything that follows passes as it comes. */
  open(): void;
}

export interface ResponseReader {
  push(direction: 'up' | 'down', piece: Uint8Array): void;
  /** Of the current exchange; `between` if the last one is complete and nothing has come since. */
  state(): 'asking' | 'asked' | 'answering' | 'between' | 'open';
}

export function readResponses(listener: ResponseListener): ResponseReader {
  const judge = { up: httpStart('up'), down: httpStart('down') };
  const read = { up: 0, down: 0 };
  // Bytes since the last complete response, and how many responses are complete.
  const since = { up: 0, down: 0, answers: 0 };
  let isOpen = false;
  let isAsked = false;
  const open = () => {
    isOpen = true;
    listener.open();
  };
  const conversation = httpConversation({
    tell({ message, layer, name, length }) {
      const { direction } = message;
      read[direction] += length;
      if (message.kind === 'request' && layer === 'http' && name === 'blank-line') isAsked = true;
      if (direction === 'up' || length === 0) return;
      if (message.kind === 'response' && layer === 'http') listener.head?.(length, message.headers);
      else if (layer !== 'http' && layer !== 'chunk') listener.content(length, read.down);
    },
    answered({ method }, { status }) {
      Object.assign(since, { up: 0, down: 0, answers: since.answers + 1 });
      isAsked = false;
      if (status === 101 || method === 'CONNECT') open();
      else listener.complete();
    },
  });
  return {
    push(direction, piece) {
      if (isOpen) return;
      since[direction] += piece.length;
      if (judge[direction](piece) === 'foreign') open();
      else conversation.push(direction, piece);
    },
    state() {
      if (isOpen) return 'open';
      if (since.down > 0) return 'answering';
      if (isAsked) return 'asked';
      return since.up > 0 || since.answers === 0 ? 'asking' : 'between';
    },
  };
}

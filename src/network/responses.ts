/**
 * What a box that holds responses back has to know of them: how many of the bytes that came from the server are content, where
 * each response ends, and from where on nothing is HTTP any more.
 *
 * What does not speak HTTP, and what follows a 101 or a CONNECT, is nobody's response. Interim responses (1xx) belong to the
 * final one.
 */
import { httpConversation } from '../protocols/http1/http.ts';
import type { Fields } from '../wire/message.ts';
import { httpStart } from './http-start.ts';

export interface ResponseListener {
  /** So many bytes of a head have been read, and these fields of it. */
  head?(bytes: number, fields: Fields): void;
  /** So many bytes of content have been read, heads and chunk sizes apart; the last of them is byte `until` of all. */
  content(bytes: number, until: number): void;
  /** A response and its request are complete. */
  complete(): void;
  /** Everything that follows passes as it comes. */
  open(): void;
}

export interface ResponseReader {
  push(direction: 'up' | 'down', piece: Uint8Array): void;
  /** Of the exchange that is under way; `between` where the last one is complete and nothing has come since. */
  state(): 'asking' | 'asked' | 'answering' | 'between' | 'open';
}

export function readResponses(listener: ResponseListener): ResponseReader {
  const judge = { up: httpStart('up'), down: httpStart('down') };
  const read = { up: 0, down: 0 };
  // What has come since the last response was complete.
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

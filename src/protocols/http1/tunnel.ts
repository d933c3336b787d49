/**
 * Connections to a forward proxy. One that begins with CONNECT (RFC 9110 §9.3.6) is HTTP/1.1 until the proxy grants it;
 * `inside` reads what then goes through the tunnel. If the proxy refuses, the connection stays HTTP/1.1. A connection
 * without CONNECT is read by `inside` from its first byte.
 */
import type { Conversation, Dissect, Listener } from '../../wire/conversation.ts';
import type { Layer } from '../layers.ts';
import { httpConversation } from './http.ts';

const method = Buffer.from('CONNECT ');
const headEnd = Buffer.from('\r\n\r\n');

/** @param inside reads what goes through a tunnel, and connections that do not ask for one. */
export const tunnelConversations =
  (inside: Dissect<Layer>): Dissect<Layer> =>
  (listener, ordinal) => {
    let begun = Buffer.alloc(0);
    let chosen: Conversation | undefined;
    return {
      push(direction, bytes) {
        if (chosen) return chosen.push(direction, bytes);
        // The client sends first, so only its bytes decide.
        if (direction === 'up') begun = Buffer.concat([begun, bytes]);
        const isTunnel = begun.subarray(0, method.length).equals(method);
        if (!isTunnel && begun.length < method.length && method.subarray(0, begun.length).equals(begun))
          return;
        chosen = isTunnel ? tunnel(inside, listener, ordinal) : inside(listener, ordinal);
        chosen.push('up', begun);
        if (direction === 'down') chosen.push('down', bytes);
      },
      end() {
        if (!chosen && begun.length > 0) {
          chosen = httpConversation(listener, ordinal);
          chosen.push('up', begun);
        }
        chosen?.end();
      },
    };
  };

function tunnel(inside: Dissect<Layer>, listener: Listener<Layer>, ordinal?: number): Conversation {
  const asking = httpConversation(listener, ordinal);
  let through: Conversation | undefined;
  let isRefused = false;
  let asked = false;
  let request = Buffer.alloc(0);
  let answer = Buffer.alloc(0);
  /** What the client sent before the proxy answered. */
  const early: Uint8Array[] = [];
  const up = (bytes: Uint8Array) => {
    if (asked) return void early.push(bytes);
    request = Buffer.concat([request, bytes]);
    const end = request.indexOf(headEnd);
    if (end < 0) return;
    asked = true;
    asking.push('up', request.subarray(0, end + headEnd.length));
    const rest = request.subarray(end + headEnd.length);
    if (rest.length > 0) early.push(rest);
  };
  const down = (bytes: Uint8Array) => {
    answer = Buffer.concat([answer, bytes]);
    const end = answer.indexOf(headEnd);
    if (end < 0) return;
    isRefused = !/^HTTP\/1\.\d 2\d\d/.test(answer.toString('latin1', 0, 12));
    if (isRefused) {
      asking.push('down', answer);
      for (const one of early) asking.push('up', one);
      return;
    }
    asking.push('down', answer.subarray(0, end + headEnd.length));
    through = inside(listener, ordinal);
    for (const one of early) through.push('up', one);
    const rest = answer.subarray(end + headEnd.length);
    if (rest.length > 0) through.push('down', rest);
  };
  return {
    push(direction, bytes) {
      if (through) through.push(direction, bytes);
      else if (isRefused) asking.push(direction, bytes);
      else if (direction === 'up') up(bytes);
      else down(bytes);
    },
    end() {
      if (!asked && request.length > 0) asking.push('up', request);
      if (!through && !isRefused && answer.length > 0) asking.push('down', answer);
      asking.end();
      through?.end();
    },
  };
}

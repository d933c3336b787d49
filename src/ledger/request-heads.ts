/**
 * Bytes of request heads, field by field, for each kind of request that a browser sends: a script's GET and POST, an
 * EventSource, the handshake of a WebSocket.
 */
import type { RequestHead, RequestKind } from '../document/browser-side.ts';
import { requestKinds } from '../document/request-kinds.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Conversation, Dissect } from '../wire/conversation.ts';
import type { Request } from '../wire/message.ts';

type Field = RequestHead['fields'][number];

export function createRequestHeads(dissect: Dissect<Layer>) {
  const conversations = new Map<number, Conversation>();
  const heads = new Map<Request, Field[]>();
  const opened = (ordinal: number) => {
    const conversation = dissect(
      {
        tell({ layer, name, length, message, value = '', mark }) {
          if (layer !== 'http' || message.kind !== 'request' || name.startsWith('trailer:')) return;
          const fields = heads.get(message) ?? [];
          heads.set(message, fields);
          const last = fields.at(-1);
          if (mark === 'more' && last?.name === name) last.bytes += length;
          else fields.push({ name, value, bytes: length });
        },
      },
      ordinal,
    );
    conversations.set(ordinal, conversation);
    return conversation;
  };
  return {
    keep({ connection, direction, bytes }: Pick<Chunk, 'connection' | 'direction' | 'bytes'>) {
      (conversations.get(connection) ?? opened(connection)).push(direction, bytes);
    },
    read(): RequestHead[] {
      for (const conversation of conversations.values()) conversation.end();
      return requestKinds.flatMap((kind) => {
        const own = [...heads].filter(([request]) => kindOf(request) === kind).map(([, fields]) => fields);
        const [first] = own;
        if (!first) return [];
        return [{ kind, bytes: sum(first), lastBytes: sum(own.at(-1) ?? first), fields: first }];
      });
    },
  };
}

const sum = (fields: readonly Field[]) => fields.reduce((bytes, field) => bytes + field.bytes, 0);

function kindOf({ method, headers }: Request): RequestKind {
  if (method === 'CONNECT' || headers.get('upgrade')?.toLowerCase() === 'websocket') return 'WebSocket';
  if (headers.get('accept') === 'text/event-stream') return 'EventSource';
  return method === 'POST' ? 'POST' : 'GET';
}

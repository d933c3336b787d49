/**
 * The server of lesson 18: it counts POSTed messages, and how many there are by their ids. To test a repeat, it ends
 * the connection of the first request with an id after counting it, before any byte of an answer.
 */
import { createServer } from 'node:http';
import { listen } from '../../servers/listening.ts';

export interface CountingServer extends AsyncDisposable {
  readonly port: number;
  /** How many messages came, and how many different ids they had. */
  counted(): { readonly came: number; readonly known: number };
}

/** A message that is answered, and one whose connection ends before the answer: its id tells repeats apart. */
export const paths = { warm: '/hello', counted: '/count?id=7' } as const;

export async function countMessages(host: string): Promise<CountingServer> {
  const came: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    request.resume().on('end', () => {
      const id = searchParams.get('id');
      if (pathname === paths.warm || id === null) return void response.writeHead(204).end();
      came.push(id);
      if (came.length === 1) request.socket.destroy();
      else response.writeHead(204).end();
    });
  });
  const { port, close } = await listen(server, { host, port: 0, writeCostUs: 0 });
  return {
    port,
    counted: () => ({ came: came.length, known: new Set(came).size }),
    [Symbol.asyncDispose]: close,
  };
}

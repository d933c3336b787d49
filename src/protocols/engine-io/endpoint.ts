/** What a request's target says of Engine.IO: version, transport, session. The query says so, whatever the path is. */
export interface Endpoint {
  readonly transport: 'polling' | 'websocket';
  /** 3 is what Socket.IO 2 speaks. */
  readonly version: 3 | 4;
  /** Its answers are scripts (JSONP): polling for pages that may not read another origin's answers. */
  readonly isJsonp: boolean;
  /** Socket.IO's own path; anywhere else it says by its handshake that it is Socket.IO. */
  readonly isSocketIo: boolean;
}

const parametersOf = (target: string) => new URLSearchParams(target.split('?').slice(1).join('?'));

/** The session that it names. */
export const sessionIdOf = (target: string): string | null => parametersOf(target).get('sid');

export function engineIoAt(target: string): Endpoint | undefined {
  const parameters = parametersOf(target);
  const transport = parameters.get('transport');
  const version = Number(parameters.get('EIO'));
  if (version !== 3 && version !== 4) return undefined;
  if (transport !== 'polling' && transport !== 'websocket') return undefined;
  return {
    transport,
    version,
    isJsonp: transport === 'polling' && parameters.has('j'),
    isSocketIo: /\/socket\.io\/?\?/.test(target),
  };
}

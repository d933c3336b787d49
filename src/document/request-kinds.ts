/** Kinds of requests that a browser makes differently. */
export const requestKinds = ['GET', 'POST', 'EventSource', 'WebSocket'] as const;

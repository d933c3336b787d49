/** The kinds of requests for which a browser sends different headers. */
export const requestKinds = ['GET', 'POST', 'EventSource', 'WebSocket'] as const;

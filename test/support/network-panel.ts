/**
 * What Chromium's Network panel is made of: the events of the DevTools protocol's `Network` domain, gathered a request
 * each. Nothing here counts bytes itself; a figure is the protocol's or the length of a text that it shows.
 */
import type { Page } from 'playwright-core';

export interface Shown {
  readonly requestId: string;
  /** Empty as long as only its headers were told: the order of the protocol's events is not given. */
  url: string;
  method: string;
  /** As tab Payload shows it. */
  postData: string;
  /** As tab Headers shows them: of the request by name, of the response as they came. */
  requestHeaders: Readonly<Record<string, string>>;
  /** A WebSocket's request is shown as text. */
  requestText: string | null;
  responseText: string;
  status: number | null;
  connectionId: number | null;
  /** `encodedDataLength` of the response, of each piece of data, and of the finished request. */
  headBytes: number;
  readonly received: { readonly encoded: number; readonly decoded: number }[];
  finishedBytes: number | null;
  failed: string | null;
  readonly events: string[];
  readonly frames: { readonly direction: 'up' | 'down'; readonly payload: string }[];
}

const fresh = (requestId: string): Shown => ({
  requestId,
  url: '',
  method: 'GET',
  postData: '',
  requestHeaders: {},
  requestText: null,
  responseText: '',
  status: null,
  connectionId: null,
  headBytes: 0,
  received: [],
  finishedBytes: null,
  failed: null,
  events: [],
  frames: [],
});

/** Begin before the page is opened: what happened earlier is not in the list. */
export async function openNetworkPanel(page: Page): Promise<() => readonly Shown[]> {
  const shown = new Map<string, Shown>();
  const cdp = await page.context().newCDPSession(page);
  const of = (requestId: string): Shown => {
    const one = shown.get(requestId) ?? fresh(requestId);
    shown.set(requestId, one);
    return one;
  };
  cdp.on('Network.requestWillBeSent', ({ requestId, request: { url, method, postData = '' } }) => {
    Object.assign(of(requestId), { url, method, postData });
  });
  cdp.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    of(requestId).requestHeaders = headers;
  });
  cdp.on('Network.responseReceivedExtraInfo', ({ requestId, headersText = '', statusCode }) => {
    Object.assign(of(requestId), { responseText: headersText, status: statusCode });
  });
  cdp.on('Network.responseReceived', ({ requestId, response: { encodedDataLength, connectionId } }) => {
    Object.assign(of(requestId), { headBytes: encodedDataLength, connectionId });
  });
  cdp.on('Network.dataReceived', ({ requestId, encodedDataLength, dataLength }) => {
    of(requestId).received.push({ encoded: encodedDataLength, decoded: dataLength });
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    of(requestId).finishedBytes = encodedDataLength;
  });
  cdp.on('Network.loadingFailed', ({ requestId, errorText }) => {
    of(requestId).failed = errorText;
  });
  cdp.on('Network.eventSourceMessageReceived', ({ requestId, data }) => of(requestId).events.push(data));
  cdp.on('Network.webSocketCreated', ({ requestId, url }) => {
    of(requestId).url = url;
  });
  cdp.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) => {
    const { requestHeadersText = null, headersText = '', status } = response;
    Object.assign(of(requestId), { requestText: requestHeadersText, responseText: headersText, status });
  });
  const frame =
    (direction: 'up' | 'down') =>
    ({ requestId, response }: { requestId: string; response: { payloadData: string } }) =>
      of(requestId).frames.push({ direction, payload: response.payloadData });
  cdp.on('Network.webSocketFrameSent', frame('up'));
  cdp.on('Network.webSocketFrameReceived', frame('down'));
  await cdp.send('Network.enable');
  return () => [...shown.values()];
}

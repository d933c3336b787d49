/**
 * The HTTP listing of Kaazing 2010, sent by a real client and answered by a real server, header by header in its own
 * order and spelling: so that it can be weighed.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { listen } from '../../servers/listening.ts';
import { createRecorder } from '../probes/recorder.ts';

const host = '127.0.0.1';

/** The listing's request, line by line: names and values in its own order and spelling. */
export const requestTarget = '/PollingStock//PollingStock';
export const requestHeaders = [
  ...['Host', 'localhost:8080'],
  ...[
    'User-Agent',
    'Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.9.1.5) Gecko/20091102 Firefox/3.5.5',
  ],
  ...['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ...['Accept-Language', 'en-us', 'Accept-Encoding', 'gzip,deflate'],
  ...['Accept-Charset', 'ISO-8859-1,utf-8;q=0.7,*;q=0.7', 'Keep-Alive', '300', 'Connection', 'keep-alive'],
  ...['Referer', 'http://www.example.com/PollingStock/'],
  ...[
    'Cookie',
    [
      ...['Constant', 'ProtectedConstant', 'Property', 'ProtectedProperty', 'Method', 'ProtectedMethod'],
      ...['Event', 'Style', 'Effect'],
    ]
      .map((name) => `showInherited${name}=false`)
      .join('; '),
  ],
];

/** The listing's response; it says HTTP/1.x, which no server can send: 1.1 weighs the same. */
export const responseHeaders = [
  ...['X-Powered-By', 'Servlet/2.5', 'Server', 'Sun Java System Application Server 9.1_02'],
  ...['Content-Type', 'text/html;charset=UTF-8', 'Content-Length', '21'],
  ...['Date', 'Sat, 07 Nov 2009 00:32:46 GMT'],
];
export const body = 'x'.repeat(21);

/** What one poll with these headers weighs on the wire: heads up and down, and the body. */
export async function weighPoll() {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    // Node would say `Connection: keep-alive`, which the listing does not.
    response.removeHeader('connection');
    response.writeHead(200, responseHeaders).end(body);
  });
  const { port, close } = await listen(server, { host, port: 0, writeCostUs: 0 });
  const recorder = createRecorder(host, port);
  const asked = request({
    host,
    port,
    path: requestTarget,
    setHost: false,
    headers: requestHeaders,
    createConnection: () => recorder.dialer.dial(),
  });
  asked.end();
  const [response] = await once(asked, 'response');
  response.resume();
  await once(response, 'end');
  asked.destroy();
  const spans = await recorder.spans();
  await close();
  const sum = (direction: 'up' | 'down', layer: 'http' | 'payload') =>
    spans
      .filter((span) => span.message.direction === direction && span.layer === layer)
      .reduce((total, { length }) => total + length, 0);
  return { up: sum('up', 'http'), down: sum('down', 'http'), body: sum('down', 'payload') };
}

/**
 * Lines of HTTP heads as two recordings of the same application can be compared: what is another at each visit (dates,
 * ids, cookies, ports) is written as `*` and weighs one byte, and everything else stands as it was sent, the case of
 * names included. Names are those of RFC 9110, RFC 9113, RFC 6265, RFC 6455 and W3C Trace Context.
 */

/** Its value is another each time, whatever it is. */
const volatile = new Set([
  ...['date', 'expires', 'last-modified', 'age', 'etag', 'if-none-match', 'if-modified-since', 'if-range'],
  ...[
    'host',
    ':authority',
    'last-event-id',
    'sec-websocket-key',
    'sec-websocket-accept',
    'traceparent',
    'tracestate',
  ],
  ...['server-timing', 'x-response-time', 'x-runtime', 'retry-after', 'authorization', 'x-csrf-token'],
]);

/** `x-request-id`, `x-amzn-trace-id`, `cf-ray`. */
const isIdHeader = (name: string): boolean => /(^|-)(id|ray|nonce)$/.test(name);

export interface SteadyLine {
  /** Without its line end. */
  readonly text: string;
  /** Whether something of it was left out. */
  readonly isUnsteady: boolean;
}

/**
 * @param name as the dissector calls it: `request-line`, or a header's name in lower case.
 * @param counted whether the length of the body is worth comparing; where messages share bodies as they happen to
 *   come, it is not.
 */
export function steadyLine(name: string, line: string, counted: boolean): SteadyLine {
  const text = line.replace(/[\r\n]+$/, '');
  const steady = steadied(name, text, counted);
  return { text: steady, isUnsteady: steady !== text };
}

function steadied(name: string, text: string, counted: boolean): string {
  if (name === 'request-line') return requestLine(text);
  const value = partsOf(text);
  if (value === null) return text;
  const { before, after } = value;
  if (volatile.has(name) || isIdHeader(name) || (name === 'content-length' && !counted)) return `${before}*`;
  if (name === ':path') return before + steadyTarget(after);
  if (name === 'set-cookie') return before + setCookie(after);
  if (name === 'cookie') return before + after.replace(/=[^;]*/g, '=*');
  // Where the page came from, and where it is sent: the relay's own port is another each time.
  if (['origin', 'referer', 'location', 'content-location'].includes(name))
    return before + after.replace(/^(\w+:\/\/)[^/]+/, '$1*');
  return text;
}

/** Name, colon and space; and the rest. Names of HTTP/2 may begin with a colon. */
function partsOf(text: string): { before: string; after: string } | null {
  const [before] = /^:?[^:]+:[ \t]*/.exec(text) ?? [];
  return before === undefined ? null : { before, after: text.slice(before.length) };
}

/** The value, and the date on which it ends; attributes stay. */
const setCookie = (value: string): string =>
  value.replace(/^([^=;]*=)[^;]*/, '$1*').replace(/(;\s*expires=)[^;]*/i, '$1*');

const requestLine = (text: string): string => {
  const [, method, target = '', version] = /^(\S+) (\S+) (\S+)$/.exec(text) ?? [];
  return method === undefined ? text : `${method} ${steadyTarget(target)} ${version}`;
};

/** A path and a query without the ids in them: of `/users/42/orders?t=Pk3x` that is `/users/[id]/orders?t=[id]` with `*` for each id. */
export function steadyTarget(target: string): string {
  const [path = '', query] = target.split(/\?(.*)/s);
  const segments = path.split('/').map((segment) => (isAnother(segment) ? '*' : segment));
  if (query === undefined) return segments.join('/');
  const pairs = query.split('&').map((pair) => {
    const [key = '', value] = pair.split(/=(.*)/s);
    return value !== undefined && (isPassing(key) || isId(value)) ? `${key}=*` : pair;
  });
  return `${segments.join('/')}?${pairs.join('&')}`;
}

/** Names that carry times, sessions and places in a stream. */
const isPassing = (key: string): boolean => ['t', '_', 'sid', 'ts', 'time', 'cursor', 'nonce'].includes(key);

/** A number as a segment is somebody's; in a query `page=2` is what was asked for. */
const isAnother = (segment: string): boolean => /^\d+$/.test(segment) || isId(segment);

/** A time or a large number, a UUID, or letters and digits that nobody would type. */
const isId = (word: string): boolean =>
  /^\d{6,}$/.test(word) ||
  /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(word) ||
  (word.length >= 12 && /\d/.test(word) && /^[\w.~-]+$/.test(word));

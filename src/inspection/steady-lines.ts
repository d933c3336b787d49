/**
 * Makes lines of HTTP heads comparable between two recordings of the same application: what differs at each visit
 * (dates, ids, cookies, ports) is written as `*` and weighs one byte, and everything else stays as it was sent, the
 * case of names included. Names are those of RFC 9110, RFC 9113, RFC 6265, RFC 6455 and W3C Trace Context.
 */

/** Headers whose value differs each time. */
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
  /** Whether something of it was replaced. */
  readonly isUnsteady: boolean;
}

/**
 * @param name as the dissector calls it: `request-line`, or a header's name in lower case.
 * @param counted whether to keep the length of the body; it is not comparable where messages share bodies by chance.
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
  // Where the page came from, and where it is redirected: the relay's own port differs each time.
  if (['origin', 'referer', 'location', 'content-location'].includes(name))
    return before + after.replace(/^(\w+:\/\/)[^/]+/, '$1*');
  return text;
}

/** Name, colon and space; and the rest. Names of HTTP/2 may begin with a colon. */
function partsOf(text: string): { before: string; after: string } | null {
  const [before] = /^:?[^:]+:[ \t]*/.exec(text) ?? [];
  return before === undefined ? null : { before, after: text.slice(before.length) };
}

/** Replaces the value and the expiry date; the other attributes stay. */
const setCookie = (value: string): string =>
  value.replace(/^([^=;]*=)[^;]*/, '$1*').replace(/(;\s*expires=)[^;]*/i, '$1*');

const requestLine = (text: string): string => {
  const [, method, target = '', version] = /^(\S+) (\S+) (\S+)$/.exec(text) ?? [];
  return method === undefined ? text : `${method} ${steadyTarget(target)} ${version}`;
};

/**
 * A path and a query without the ids in them: of `/users/42/orders?t=Pk3x` that is `/users/[id]/orders?t=[id]` with
 * `*` for each id.
 */
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

/** A number as a path segment is an id; in a query it is not, as in `page=2`. */
const isAnother = (segment: string): boolean => /^\d+$/.test(segment) || isId(segment);

/** A time or a large number, a UUID, or a long random word of letters and digits. */
const isId = (word: string): boolean =>
  /^\d{6,}$/.test(word) ||
  /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(word) ||
  (word.length >= 12 && /\d/.test(word) && /^[\w.~-]+$/.test(word));

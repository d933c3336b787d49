/**
 * What every answer of the page's own says to the browser: load nothing but ours, frame us nowhere, guess no types, and
 * let no text become markup (Trusted Types). The lanes' answers carry none of it: they are what is measured.
 */
export const securityHeaders = (host: string): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // 'self' is not the same origin for ws: everywhere, so it is named.
    `connect-src 'self' ws://${host}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** What every client of HTTP/2 says first (RFC 9113 §3.4): a server of HTTP/1.1 takes it for an error at once. */
export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** What is needed to read a body, from the heads of its request and response; the same in every version of HTTP. */
import type { Fields, Request, Response } from '../../wire/message.ts';
import { codingOf } from '../coding/content-coding.ts';
import { cursorHeader } from '../contract.ts';
import type { Body } from './body.ts';
import { isHandshake } from './upgrade-outcome.ts';

export const requestBody = (request: Request): Body => ({
  direction: 'up',
  ...about(request),
  status: 0,
  ...described(request.headers),
});

export const responseBody = ({ status, headers, peer }: Response): Body => ({
  direction: 'down',
  ...about(peer),
  status,
  ...described(headers),
});

/** A response whose request was not seen is read as that of a plain GET. */
const about = (request: Request | null): Pick<Body, 'method' | 'target' | 'isHandshake'> => ({
  method: request?.method ?? 'GET',
  target: request?.target ?? '',
  isHandshake: request !== null && isHandshake(request.headers),
});

function described(headers: Fields): Pick<Body, 'contentType' | 'coding' | 'hasCursor'> {
  const coding = codingOf(headers.get('content-encoding'), headers.get('transfer-encoding'));
  return { contentType: headers.get('content-type') ?? '', coding, hasCursor: headers.has(cursorHeader) };
}

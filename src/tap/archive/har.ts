/**
 * HAR 1.2 as the DevTools of Chromium and Firefox write it: the fields that are read, and null for sizes that it does
 * not know. softwareishard.com/blog/har-12-spec, and `_webSocketMessages` and `_fromCache` of Chromium.
 */
import { z } from 'zod';

const field = z.object({ name: z.string(), value: z.string() });
/** -1 means "not known", and so does an absent size. */
const size = z
  .number()
  .nullish()
  .transform((value) => (typeof value === 'number' && value >= 0 ? value : null));
const word = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const head = {
  httpVersion: word,
  headersSize: size,
  bodySize: size,
  headers: z.array(field).default([]),
};

const entrySchema = z.object({
  startedDateTime: z.iso.datetime({ offset: true }).transform((value) => Date.parse(value)),
  /** Milliseconds. */
  time: z
    .number()
    .nullish()
    .transform((value) => Math.max(value ?? 0, 0)),
  /** An id of the connection; but Firefox writes the server's port here, which identifies none. */
  connection: word,
  _fromCache: word,
  request: z.object({
    ...head,
    method: z.string(),
    url: z.string(),
    postData: z.object({ text: word, encoding: word }).nullish(),
  }),
  response: z.object({
    ...head,
    status: z.number().int(),
    statusText: word,
    content: z
      .object({ size, text: z.string().nullish(), encoding: word })
      .default({ size: null, text: null, encoding: '' }),
  }),
  _webSocketMessages: z
    .array(
      z.object({
        type: z.string(),
        /** Seconds since 1970. */
        time: z.number(),
        opcode: z.number(),
        data: z.string(),
      }),
    )
    .nullish(),
});

export const harSchema = z.object({
  log: z.object({
    creator: z.object({ name: word, version: word }).default({ name: '', version: '' }),
    entries: z.array(entrySchema),
  }),
});

export type HarEntry = z.infer<typeof entrySchema>;
export type Har = z.infer<typeof harSchema>;

export const isHttp1 = ({ request, response }: HarEntry): boolean =>
  /^http\/1/i.test(response.httpVersion || request.httpVersion);

export const isAnswered = ({ response }: HarEntry): boolean => response.status >= 100;

/** Whether it crossed a network at all. */
export const isSent = ({ request, _fromCache }: HarEntry): boolean =>
  /^(https?|wss?):/i.test(request.url) && URL.canParse(request.url) && _fromCache === '';

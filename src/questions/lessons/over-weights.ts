/** Conversations over TLS and HTTP/2, in this process and exact: the bytes of each step. */
import type { Over } from '../../protocols/over.ts';
import { converse, type Recorded, type Script, type Setting } from '../../script/scripted-conversation.ts';
import { serverOf } from '../../servers/index.ts';
import type { RecordedSpan } from '../../tap/spans.ts';
import { transportOf } from './lesson-weights.ts';

/** Step 0 is the set-up; the requested steps follow. */
export async function converseOver(
  name: string,
  over: Over,
  steps: readonly ((script: Script) => Promise<unknown>)[],
  changes: Pick<Setting, 'message'> = {},
): Promise<Recorded> {
  const transport = transportOf(name);
  const server = await serverOf(transport.server);
  const asked = steps.map((step) => async (script: Script) => void (await step(script)));
  return converse({ transport, server, over, ...changes }, asked);
}

/** Bytes of a step, of the spans that `wanted` selects. */
export const bytesIn = (
  { spans }: Recorded,
  step: number,
  isWanted: (span: RecordedSpan) => boolean,
): number =>
  spans.filter((span) => span.at === step && isWanted(span)).reduce((sum, { length }) => sum + length, 0);

export const isOverhead = ({ layer }: RecordedSpan): boolean => layer !== 'payload';
export const isOfTls = ({ layer }: RecordedSpan): boolean => layer === 'tls';

/**
 * The sentences of each format, in the order of their checks. If the first does not hold, the others are not checked.
 */
import type { Kind } from '../kinds.ts';
import type { Sentence } from '../sentence.ts';
import { longPollingSentences } from './long-polling.ts';
import { socketIoSentences } from './socket-io.ts';
import { sseSentences } from './sse.ts';
import { chatSentences, echoSentences } from './websocket.ts';

export const sentencesOf: Readonly<Record<Kind, readonly Sentence[]>> = {
  'ws-echo': echoSentences,
  'ws-chat': chatSentences,
  sse: sseSentences,
  'long-polling': longPollingSentences,
  'socket.io': socketIoSentences,
};

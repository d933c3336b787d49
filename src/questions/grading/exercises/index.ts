/** The exercises, in the order of their numbers. */
import type { Exercise } from './exercise.ts';
import { forgetfulPoll, lateStream } from './http.ts';
import { acknowledgedAlways, tutorialSocketIo } from './socket-io.ts';
import { tutorialWs } from './tutorial-ws.ts';
import { echoInText, fragileChat } from './websocket.ts';

export const exercises: readonly Exercise[] = [
  echoInText,
  fragileChat,
  lateStream,
  forgetfulPoll,
  acknowledgedAlways,
  tutorialWs,
  tutorialSocketIo,
];

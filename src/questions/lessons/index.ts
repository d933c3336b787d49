/** The registry of lessons, in the order of a class. */
import { behindNginx } from './behind-nginx.ts';
import { benchmark } from './benchmark.ts';
import { blindWindow } from './blind-window.ts';
import { devtools } from './devtools.ts';
import { frames } from './frames.ts';
import { headerCost } from './header-cost.ts';
import { herd } from './herd.ts';
import type { Lesson } from './lesson.ts';
import { handshake } from './opening-handshake.ts';
import { outage } from './outage.ts';
import { overHttp2 } from './over-http2.ts';
import { overTls } from './over-tls.ts';
import { pollingAge } from './polling-age.ts';
import { postTwice } from './post-twice.ts';
import { slowReader } from './slow-reader.ts';
import { socketIo } from './socket-io.ts';
import { stream } from './stream.ts';
import { tutorialChat } from './tutorial-chat.ts';
import { whenPollingWins } from './when-polling-wins.ts';

export const lessons: readonly Lesson[] = [
  ...[handshake, headerCost, pollingAge, blindWindow, frames],
  ...[socketIo, outage, whenPollingWins, benchmark, tutorialChat, stream, devtools],
  ...[overHttp2, overTls, behindNginx, herd, slowReader, postTwice],
];

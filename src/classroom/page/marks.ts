/**
 * How a lane is drawn: a shape and a kind of line of its own, so that lanes stay apart without their colours, too: on a
 * projector that has faded, on a print, for somebody who sees no red. Charts and legends draw the same shapes.
 */
import type { LaneName } from './control-talk.ts';

interface Mark {
  /** SVG path around 0 0, ten wide. */
  readonly shape: string;
  /** Lengths of dashes and gaps; empty = a solid line. */
  readonly dash: readonly number[];
}

export const marks: Readonly<Record<LaneName, Mark>> = {
  polling: { shape: 'M-4.5-4.5h9v9h-9z', dash: [14, 5] },
  'long-polling': { shape: 'M0-6L6 0L0 6L-6 0z', dash: [7, 5] },
  sse: { shape: 'M0-6L6 5H-6z', dash: [3, 4] },
  ws: { shape: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z', dash: [] },
  'socket.io': { shape: 'M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z', dash: [12, 4, 3, 4] },
};

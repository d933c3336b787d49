/**
 * The strip of a lane: time runs to the left, an event is a bar from the moment it was due to the moment it was here. It
 * is a picture beside figures that say the same, so a screen reader passes it by.
 */
import { text } from '../../../base/text.ts';
import { element } from '../element.ts';
import { picture, shape } from '../legend.ts';
import type { Race } from '../race-part.ts';
import type { Track } from '../track.ts';

export interface StripInk {
  readonly lane: string;
  readonly waiting: string;
  readonly lost: string;
  readonly grid: string;
}

export const seconds = 8;

export function drawStrip(
  canvas: HTMLCanvasElement,
  track: Track,
  due: ReturnType<Race['lately']>,
  nowMs: number,
  ink: StripInk,
): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  const x = (ms: number) => width * (1 - (nowMs - ms) / (seconds * 1000));
  drawGrid(pen, nowMs, x, height, ink.grid);
  const arrived = new Map(track.arrivals.slice(-400).map(({ n, atMs }) => [n, atMs]));
  const first = track.first();
  for (const [n, dueMs] of due) {
    const atMs = arrived.get(n);
    if ((atMs ?? nowMs) < nowMs - seconds * 1000) continue;
    if (atMs !== undefined) bar(pen, x(dueMs), x(atMs), lineOf(n, height), ink.lane);
    else if (track.lost.has(n)) cross(pen, x(dueMs), lineOf(n, height), ink.lost);
    // What came before this lane was there is not waiting for it.
    else if (first !== null && n > first) hollow(pen, x(dueMs), x(nowMs), lineOf(n, height), ink.waiting);
  }
}

/** Bars that overlap in time lie on lines of their own. */
const lines = 4;
const lineOf = (n: number, height: number) => ({
  top: ((n % lines) * height) / lines + 2,
  height: height / lines - 4,
});

type Line = ReturnType<typeof lineOf>;

function bar(pen: CanvasRenderingContext2D, from: number, to: number, { top, height }: Line, ink: string) {
  pen.fillStyle = ink;
  pen.globalAlpha = 0.45;
  pen.fillRect(from, top, Math.max(2, to - from), height);
  pen.globalAlpha = 1;
  pen.fillRect(Math.max(from, to - 4), top, 4, height);
}

function hollow(pen: CanvasRenderingContext2D, from: number, to: number, { top, height }: Line, ink: string) {
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  pen.strokeRect(from, top + 1, Math.max(2, to - from), height - 2);
}

function cross(pen: CanvasRenderingContext2D, at: number, { top, height }: Line, ink: string) {
  pen.strokeStyle = ink;
  pen.lineWidth = 2.5;
  const half = height / 2;
  pen.beginPath();
  pen.moveTo(at - half, top);
  pen.lineTo(at + half, top + height);
  pen.moveTo(at + half, top);
  pen.lineTo(at - half, top + height);
  pen.stroke();
}

/** A line a second. */
function drawGrid(
  pen: CanvasRenderingContext2D,
  nowMs: number,
  x: (ms: number) => number,
  height: number,
  ink: string,
) {
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  for (let at = Math.floor(nowMs / 1000) * 1000; at > nowMs - seconds * 1000; at -= 1000) {
    pen.beginPath();
    pen.moveTo(x(at), 0);
    pen.lineTo(x(at), height);
    pen.stroke();
  }
}

const keys = [
  {
    drawing: ['bar', 'M-20-5H16V5H-20z', 'M16-5H20V5H16z'],
    phrase: text(
      'an event, from when it was due until this browser had it',
      '이벤트 하나: 생긴 때부터 이 브라우저가 받은 때까지',
    ),
  },
  { drawing: ['hollow', 'M-20-5H20V5H-20z'], phrase: text('still waits', '아직 기다리는 중') },
  { drawing: ['cross', 'M-6-6L6 6M-6 6L6-6'], phrase: text('lost', '잃음') },
] as const;

/** What the strips draw, each beside its word. */
export const stripLegend = (): HTMLElement =>
  element(
    'ul',
    { class: 'legend' },
    ...keys.map(({ drawing: [name, ...paths], phrase }) =>
      element(
        'li',
        {},
        picture(`strip-${name}`, name === 'cross' ? 14 : 44, ...paths.map(shape)),
        element('span', { phrase }),
      ),
    ),
  );

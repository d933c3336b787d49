/**
 * The strip of a lane: time runs to the left, an event is a bar from the moment it was due to the moment it arrived.
 * The figures beside it say the same, so it is hidden from screen readers.
 */
import { text } from '../../../base/text.ts';
import type { LaneName } from '../control-talk.ts';
import { element } from '../element.ts';
import { inkOf, laneInk, picture, shape } from '../legend.ts';
import type { Race } from '../race-part.ts';

export const seconds = 8;

export function drawStrip(canvas: HTMLCanvasElement, lane: LaneName, race: Race, nowMs: number): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const { width, height } = clear(canvas, pen);
  const track = race.tracks()[lane];
  const x = (ms: number) => width * (1 - (nowMs - ms) / (seconds * 1000));
  drawGrid(pen, nowMs, x, height);
  const ink = { lane: laneInk(lane), waiting: inkOf('--quiet'), lost: inkOf('--alarm') };
  const arrived = new Map(track.arrivals.slice(-400).map(({ n, atMs }) => [n, atMs]));
  const first = track.first();
  for (const [n, dueMs] of race.lately()) {
    const atMs = arrived.get(n);
    if ((atMs ?? nowMs) < nowMs - seconds * 1000) continue;
    const line = lineOf(n, height);
    if (atMs !== undefined) bar(pen, x(dueMs), x(atMs), line, ink.lane);
    else if (track.lost.has(n)) stroke(pen, ink.lost, 2.5, cross(x(dueMs), line));
    // Events from before this lane was open are not waiting.
    else if (first !== null && n > first) stroke(pen, ink.waiting, 1.5, hollow(x(dueMs), x(nowMs), line));
  }
}

/** Clears the canvas and fits it to the screen's resolution. */
function clear(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  // Setting a size, even the same one, allocates a new bitmap.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  return { width, height };
}

/** Bars lie on several lines, because they may overlap in time. */
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

function stroke(pen: CanvasRenderingContext2D, ink: string, width: number, path: string) {
  pen.strokeStyle = ink;
  pen.lineWidth = width;
  pen.stroke(new Path2D(path));
}

const hollow = (from: number, to: number, { top, height }: Line) =>
  `M${from} ${top + 1}H${Math.max(from + 2, to)}V${top + height - 1}H${from}z`;

function cross(at: number, { top, height }: Line) {
  const [left, right, bottom] = [at - height / 2, at + height / 2, top + height];
  return `M${left} ${top}L${right} ${bottom}M${right} ${top}L${left} ${bottom}`;
}

/** A line for each second. */
function drawGrid(pen: CanvasRenderingContext2D, nowMs: number, x: (ms: number) => number, height: number) {
  const newestMs = Math.floor(nowMs / 1000) * 1000;
  const times = Array.from({ length: seconds + 1 }, (_, back) => newestMs - back * 1000);
  const path = times.filter((at) => at > nowMs - seconds * 1000).map((at) => `M${x(at)} 0V${height}`);
  stroke(pen, inkOf('--line'), 1, path.join(''));
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

/** The shapes in the strips, each beside its word. */
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

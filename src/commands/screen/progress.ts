/**
 * Progress on stderr: on a terminal one line that is rewritten, and above it, if a command has them, the rows so far;
 * elsewhere a plain line for each stage. Nothing is drawn while a measurement runs: the next line comes when the next
 * trial starts. A command that takes long says so beforehand.
 */
import { type Reader, say, text } from '../../base/text.ts';
import { displayWidth } from '../../report/skins/wrap.ts';

export interface ProgressLine {
  /** A line that stays. */
  tell(line: string): void;
  /** @param above lines that fit the terminal, drawn again each time; only drawn on a terminal. */
  show(line: string, above?: readonly string[]): void;
  /** Leaves a terminal as if nothing had been drawn. */
  end(): void;
}

export const canRewrite = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY && stream.columns > 0 && process.env.TERM !== 'dumb';

export function createProgress(stream: NodeJS.WriteStream, quiet: boolean): ProgressLine {
  const rewrites = canRewrite(stream);
  let drawnAbove = 0;
  const erase = () => {
    const up = drawnAbove > 0 ? `\u001b[${drawnAbove}A` : '';
    drawnAbove = 0;
    return `${up}\r\u001b[${up ? 'J' : '2K'}`;
  };
  return {
    tell(line) {
      if (!quiet) stream.write(`${line}\n`);
    },
    show(line, above = []) {
      if (quiet) return;
      if (!rewrites) return void stream.write(`${line}\n`);
      // Lines that scroll off the screen cannot be erased.
      const shown = above.slice(0, Math.max(0, (stream.rows || 24) - 2));
      stream.write(`${erase()}${shown.map((one) => `${one}\n`).join('')}${cut(line, stream.columns - 1)}`);
      drawnAbove = shown.length;
    },
    end() {
      if (!quiet && rewrites) stream.write(erase());
    },
  };
}

/** Cuts a line to so many columns: a longer one would wrap, and only its last part would be rewritten. */
function cut(line: string, columns: number): string {
  let shown = '';
  for (const character of line) {
    if (displayWidth(shown + character) > columns) break;
    shown += character;
  }
  return shown;
}

export interface ProgressStage {
  readonly index: number;
  readonly total: number;
  /** The stage that begins now. */
  readonly name: string;
  /** The estimated time until everything is over. */
  readonly leftMs: number;
}

const phrases = {
  takes: text('This takes about {seconds} s.', '약 {seconds}초 걸립니다.'),
  stage: text('{name} (about {seconds} s left)', '{name} (약 {seconds}초 남음)'),
};

/** Shorter runs are over before the user wonders, so they are not announced. */
const longMs = 10_000;

const secondsOf = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1000)));

const stageText = (reader: Reader, name: string, leftMs: number): string =>
  say(reader, phrases.stage, { name, seconds: secondsOf(leftMs) });

/** After this much of the plan, its real speed on this machine is known well enough. */
const tellingMs = 3000;

/** Estimates what is left of a plan from how long its first part has taken on this machine. */
export function createForeteller(startedMs: number) {
  let wholeMs = 0;
  return (plannedLeftMs: number, nowMs: number): number => {
    wholeMs = Math.max(wholeMs, plannedLeftMs);
    const plannedMs = wholeMs - plannedLeftMs;
    return plannedMs < tellingMs ? plannedLeftMs : (plannedLeftMs * (nowMs - startedMs)) / plannedMs;
  };
}

/** Progress through stages whose time is planned: how long all of it takes, then what runs and how long is left. */
export function createPlannedProgress(stream: NodeJS.WriteStream, quiet: boolean, reader: Reader) {
  const progress = createProgress(stream, quiet);
  const announce = (ms: number) => {
    if (ms >= longMs) progress.tell(say(reader, phrases.takes, { seconds: secondsOf(ms) }));
  };
  const foretell = createForeteller(performance.now());
  return {
    announce,
    /** @param above see `Progress`. */
    stage({ index, total, name, leftMs }: ProgressStage, above?: readonly string[]) {
      if (index === 0) announce(leftMs);
      const left = foretell(leftMs, performance.now());
      progress.show(`[${index + 1}/${total}] ${stageText(reader, name, left)}`, above);
    },
    show: (name: string, leftMs: number) => progress.show(stageText(reader, name, leftMs)),
    end: progress.end,
  };
}

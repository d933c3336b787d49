/**
 * Progress on stderr: one line that is rewritten on a terminal, a plain line a stage elsewhere. Nothing is drawn
 * while a measurement runs: the next line comes when the next trial starts. What takes long says so beforehand.
 */
import { type Reader, say, text } from '../base/text.ts';

export function createProgress(stream: NodeJS.WriteStream, quiet: boolean) {
  const rewrites = stream.isTTY && stream.columns > 0 && process.env.TERM !== 'dumb';
  return {
    /** A line that stays. */
    tell(line: string) {
      if (!quiet) stream.write(`${line}\n`);
    },
    show(line: string) {
      if (quiet) return;
      stream.write(rewrites ? `\r\u001b[2K${line.slice(0, stream.columns - 1)}` : `${line}\n`);
    },
    end() {
      if (!quiet && rewrites) stream.write('\r\u001b[2K');
    },
  };
}

export interface Stage {
  readonly index: number;
  readonly total: number;
  /** What begins now. */
  readonly name: string;
  /** Until everything is over, about. */
  readonly leftMs: number;
}

const phrases = {
  takes: text('This takes about {seconds} s.', '약 {seconds}초 걸립니다.'),
  stage: text('{name} (about {seconds} s left)', '{name} (약 {seconds}초 남음)'),
};

/** What is over before anybody wonders need not be announced. */
const longMs = 10_000;

const secondsOf = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1000)));

const stageText = (reader: Reader, name: string, leftMs: number): string =>
  say(reader, phrases.stage, { name, seconds: secondsOf(leftMs) });

/** From so much of the plan on it shows how fast this machine goes through it. */
const tellingMs = 3000;

/** What is left of a plan, by how long its first part has taken on this machine. */
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
    stage({ index, total, name, leftMs }: Stage) {
      if (index === 0) announce(leftMs);
      const left = foretell(leftMs, performance.now());
      progress.show(`[${index + 1}/${total}] ${stageText(reader, name, left)}`);
    },
    show: (name: string, leftMs: number) => progress.show(stageText(reader, name, leftMs)),
    end: progress.end,
  };
}

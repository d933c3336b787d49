/** Measures how long this page keeps its timers waiting: commands and arriving messages wait as long. */
const everyMs = 50;

export function watchDelay() {
  let delays: number[] = [];
  let dueMs = performance.now() + everyMs;
  const look = () => {
    const nowMs = performance.now();
    delays.push(Math.max(0, nowMs - dueMs));
    dueMs = nowMs + everyMs;
    timer = setTimeout(look, everyMs);
  };
  let timer = setTimeout(look, everyMs);
  return {
    stop: () => clearTimeout(timer),
    /** Since the last read. */
    read() {
      const sorted = delays.sort((a, b) => a - b);
      delays = [];
      return { p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0, maxMs: sorted.at(-1) ?? 0 };
    },
  };
}

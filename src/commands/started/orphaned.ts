/**
 * Whether the npm that started this program is still there. npm and npx do not pass signals on to what they run: a
 * signal that ends them would leave this program behind, and a script that waits for it would wait for ever.
 */

const lookEveryMs = 500;

/**
 * Read when this module loads: npm may be ended right after the address was printed, before `whenParentIsGone` runs.
 */
const startedBy = process.ppid;

/** Calls back once when npm, which started this program, is gone. Returns a function that stops looking. */
export function whenParentIsGone(action: () => void): () => void {
  const isOfNpm = process.env.npm_command !== undefined || process.env.npm_lifecycle_event !== undefined;
  if (!isOfNpm) return () => {};
  const timer = setInterval(() => {
    if (process.ppid === startedBy) return;
    clearInterval(timer);
    action();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

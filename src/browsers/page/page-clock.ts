/** The least step by which this page's clock moves: engines make clocks coarse against timing attacks between pages. */
export function leastStepMs(steps = 50): number {
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step < steps; step++) {
    const before = performance.now();
    let after = performance.now();
    while (after === before) after = performance.now();
    least = Math.min(least, after - before);
  }
  // The difference of two doubles may be off by a rounding error: round it to the step.
  return Math.round(least * 1e6) / 1e6;
}

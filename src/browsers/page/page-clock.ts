/** The least step by which this page's clock moves: engines make it coarse, to keep pages from measuring each other. */
export function leastStepMs(steps = 50): number {
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step < steps; step++) {
    const before = performance.now();
    let after = performance.now();
    while (after === before) after = performance.now();
    least = Math.min(least, after - before);
  }
  // A page that is busy skips steps; what is seen is a double's neighbour of the step.
  return Math.round(least * 1e6) / 1e6;
}

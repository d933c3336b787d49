/** Nothing of this process gets a turn for so long: what a machine that is busy elsewhere does to it. */
export function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Loaded before a program: its wall clock jumps by an hour, forwards and back, every time it is read. */
const { now } = Date;
let read = 0;
Date.now = () => now() + (read++ % 2 === 0 ? 3_600_000 : -3_600_000);

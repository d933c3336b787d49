/** Loaded before a program: in each child process of ours the event loop is blocked for 200 ms, again and again. */
if (process.send) {
  const block = () => {
    for (const end = performance.now() + 200; performance.now() < end; );
  };
  setInterval(block, 400).unref();
}

/**
 * What the processes of a crowd have in common. Plain JavaScript over the build: compiling TypeScript at run time would
 * take memory and CPU of its own in each process.
 */

/**
 * Answers each message of the parent with what `to` resolves to and what this process has spent; ends with the
 * parent.
 */
export function answer(to) {
  process.once('disconnect', () => process.exit());
  process.on('message', async (asked) => {
    const value = await to(asked);
    const { user, system } = process.cpuUsage();
    process.send({ value, spent: { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() } });
  });
}

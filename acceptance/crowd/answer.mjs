/**
 * What the processes of a crowd have in common. Plain JavaScript over the build: what compiles TypeScript as it runs would take
 * memory and CPU of its own in each process.
 */

/** Answers each question of the parent with what it resolves to and what this process has spent; ends with the parent. */
export function answer(to) {
  process.once('disconnect', () => process.exit());
  process.on('message', async (asked) => {
    const value = await to(asked);
    const { user, system } = process.cpuUsage();
    process.send({ value, spent: { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() } });
  });
}

/** Who may speak as a client: Node's own clients, pages of a browser, or processes of another runtime. */
export const speakers = ['node', 'chromium', 'firefox', 'webkitgtk', 'bun', 'deno'] as const;
export type SpokenBy = (typeof speakers)[number];

/** Those that are no browsers: what speaks there is a process, not a page. */
export const runtimes: ReadonlySet<SpokenBy> = new Set<SpokenBy>(['node', 'bun', 'deno']);

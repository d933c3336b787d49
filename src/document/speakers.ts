/** What a client can be: Node's own client, a page of a browser, or a process of another runtime. */
export const speakers = ['node', 'chromium', 'firefox', 'webkitgtk', 'bun', 'deno'] as const;
export type SpokenBy = (typeof speakers)[number];

/** Those that are not browsers: a process is the client, not a page. */
export const runtimes: ReadonlySet<SpokenBy> = new Set<SpokenBy>(['node', 'bun', 'deno']);

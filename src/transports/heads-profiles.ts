/** What `--headers` may name; apart from the headers themselves, because every command line reads the names. */
export const headsProfiles = ['minimal', 'node', 'chromium', 'firefox', 'webkitgtk'] as const;
export type HeadsProfile = (typeof headsProfiles)[number];

/** Values of `--headers`; in a file without the headers themselves, because every command line loads the names. */
export const headsProfiles = ['minimal', 'node', 'chromium', 'firefox', 'webkitgtk'] as const;
export type HeadsProfile = (typeof headsProfiles)[number];

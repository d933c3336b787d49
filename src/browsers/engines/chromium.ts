/**
 * Chromium. No switch may change what it sends or how it keeps connections: web security stays on, and the headers are
 * those of a headless Chromium. Only the language is set, because a Chromium without a user has none.
 */
import { keyHash } from '../../base/certificate.ts';
import type { Engine } from '../engine.ts';

const quiet = [
  '--headless=new',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-gpu',
  '--disable-quic',
  '--disable-crash-reporter',
  // Containers have only a few megabytes of shared memory.
  '--disable-dev-shm-usage',
  // A page opens the pages of the clients, without a user's click.
  '--disable-popup-blocking',
  // The clients' windows cover each other; none of them may count as hidden.
  '--disable-backgrounding-occluded-windows',
  '--password-store=basic',
  '--accept-lang=en-US,en',
];

/** Its sandbox refuses to run as root. */
const asRoot = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

export const chromium = {
  name: 'chromium',
  title: 'Chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  package: { name: '@sparticuz/chromium', packed: 'bin/chromium.br' },
  install: 'npm install @sparticuz/chromium',
  args: ({ folder, url, trusted, keyLogFile }) => [
    ...quiet,
    ...asRoot(),
    `--user-data-dir=${folder}`,
    `--ssl-key-log-file=${keyLogFile}`,
    ...(trusted.length > 0
      ? [`--ignore-certificate-errors-spki-list=${trusted.map(keyHash).join(',')}`]
      : []),
    url,
  ],
  profile: () => ({}),
  environment: () => ({}),
} as const satisfies Engine;

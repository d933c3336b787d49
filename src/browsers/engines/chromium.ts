/**
 * Chromium. Never switches that change what it may send or how it keeps connections: web security stays on, heads are those
 * of a headless Chromium. It is given a language, which one without a user has not.
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
  // Containers give shared memory of a few megabytes.
  '--disable-dev-shm-usage',
  // The page of a client is opened by a page, without anybody's click.
  '--disable-popup-blocking',
  // Windows of clients lie behind each other, and none of them is hidden.
  '--disable-backgrounding-occluded-windows',
  '--password-store=basic',
  '--accept-lang=en-US,en',
];

/** Its sandbox refuses root. */
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

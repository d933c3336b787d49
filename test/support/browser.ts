/**
 * A real browser for tests: the Chromium that comes inside a package, unpacked once beside the packages, or the
 * one that `RTCOMPARE_CHROMIUM` names. Never its package's own flags: they would switch web security off.
 */
import { type Browser, chromium } from 'playwright-core';
import { engines } from '../../src/browsers/engines/index.ts';
import { unpackedBrowser } from '../../src/browsers/found-browser.ts';

/** Where a browser is. */
export const chromiumPath = async (): Promise<string> =>
  process.env.RTCOMPARE_CHROMIUM ?? (await unpackedBrowser(engines.chromium)) ?? '';

export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      ...[
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
      ],
      ...['--disable-component-update', '--disable-sync', '--headless=new'],
      ...more,
    ],
  });
}

/** Firefox, set up by preferences of its profile. */
import type { Engine } from '../engine.ts';

const preferences: Readonly<Record<string, string | number | boolean>> = {
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'extensions.update.enabled': false,
  // A page opens the pages of the clients, without a user's click.
  'dom.disable_open_during_load': false,
  'dom.allow_scripts_to_close_windows': true,
  // A remote agent would otherwise set preferences for tests, which change how pages behave.
  'remote.prefs.recommended': false,
};

export const firefox = {
  name: 'firefox',
  title: 'Firefox',
  programs: ['firefox', 'firefox-esr'],
  package: null,
  install: 'apt install firefox-esr',
  args: ({ folder, url, trusted }) => [
    ...['--headless', '--no-remote', '--profile', folder],
    ...(trusted.length > 0 ? ['--remote-debugging-port', '0'] : []),
    url,
  ],
  profile: () => ({
    'user.js': Object.entries(preferences)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  }),
  environment: () => ({ MOZ_CRASHREPORTER_DISABLE: '1' }),
  async afterStart({ folder, trusted }) {
    if (trusted.length === 0) return;
    const { acceptOwnCertificates } = await import('./firefox-trust.ts');
    await acceptOwnCertificates(folder);
  },
} as const satisfies Engine;

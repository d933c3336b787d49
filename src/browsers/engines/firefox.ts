/** Firefox: the same by preferences of its profile. Never run here, where there is none; see docs/browsers.md. */
import { text } from '../../base/text.ts';
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
  // The page of a client is opened by a page, without anybody's click.
  'dom.disable_open_during_load': false,
  'dom.allow_scripts_to_close_windows': true,
};

export const firefox = {
  name: 'firefox',
  title: 'Firefox',
  programs: ['firefox', 'firefox-esr'],
  package: null,
  install: 'apt install firefox-esr',
  args: ({ folder, url }) => ['--headless', '--no-remote', '--profile', folder, url],
  profile: () => ({
    'user.js': Object.entries(preferences)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  }),
  environment: () => ({ MOZ_CRASHREPORTER_DISABLE: '1' }),
  notSealed: text(
    'Firefox is not told here to trust the certificate of a run',
    '여기서는 Firefox에 실행용 인증서를 신뢰하게 하지 않습니다',
  ),
} as const satisfies Engine;

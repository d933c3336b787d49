/** What `rtcompare serve NAME --devtools` starts and prints: five steps to the same bytes in a browser's DevTools. */

import { portFailure, UsageError } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import { type LaneName, laneNames } from '../classroom/page/control-talk.ts';
import type { RunningBehaviour } from '../servers/behaviours.ts';
import { readerOf } from './options/language.ts';

interface Options {
  readonly port: number;
  readonly behaviour: RunningBehaviour;
  readonly lang?: string;
}

const title = text(
  '{transport}: the same bytes in the DevTools of a browser',
  '{transport}: 브라우저 DevTools에서 같은 바이트 찾기',
);

/** Starts the page's server. It opens no browser: the user does, following the printed steps. */
export async function serveDevtools(name: string | undefined, options: Options): Promise<AsyncDisposable> {
  const transport = await spokenByBrowsers(name);
  const { startDevtools } = await import('../classroom/site/devtools/devtools.ts');
  const { realClock } = await import('../base/clock.ts');
  const { wrap } = await import('../report/skins/wrap.ts');
  const { language } = readerOf(options.lang);
  const { behaviour, port } = options;
  const running = await startDevtools({ transport, behaviour, port, language, clock: realClock }).catch(
    (error: NodeJS.ErrnoException) => {
      throw portFailure(error, { host: '127.0.0.1', port }) ?? error;
    },
  );
  const steps = running.steps.flatMap((step, index) =>
    wrap(step[language], 76).map((line, at) => (at === 0 ? `${index + 1}. ${line}` : `   ${line}`)),
  );
  process.stdout.write(`${[inEveryLanguage(title, { transport })[language], ...steps].join('\n')}\n`);
  return running;
}

/** Takes any name of a transport. Throws `UsageError` for one that a page cannot speak. */
async function spokenByBrowsers(name: string | undefined): Promise<LaneName> {
  const { transportByName } = await import('../transports/index.ts');
  const wanted = name === undefined ? undefined : (transportByName(name)?.server ?? name);
  const found = laneNames.find((lane) => lane === wanted);
  if (found) return found;
  const names = laneNames.join(', ');
  throw new UsageError(
    name === undefined
      ? inEveryLanguage(
          text(
            '--devtools shows one transport; say which, such as `rtcompare serve ws --devtools`. Known: {names}',
            '--devtools는 전송 방식 하나를 보여 줍니다. `rtcompare serve ws --devtools`처럼 이름을 적어야 합니다. 쓸 수 있는 이름: {names}',
          ),
          { names },
        )
      : inEveryLanguage(
          text(
            '--devtools: the page does not speak "{name}"; take one of {names}',
            '--devtools: 이 페이지는 "{name}" 방식을 쓰지 않습니다. 다음 가운데 하나를 골라야 합니다: {names}',
          ),
          { name, names },
        ),
  );
}

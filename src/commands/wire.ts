/** `rtcompare wire TRANSPORT`: one conversation, recorded as it is held, each byte under its owner. */

import type { Command } from 'commander';
import { unknownWord } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, listed, type Reader, say, text } from '../base/text.ts';
import type { Payload } from '../protocols/contract.ts';
import { isHttp2, type Over, overs } from '../protocols/over.ts';
import type { Specimen } from '../script/specimen.ts';
import { type HeadsProfile, headsProfiles } from '../transports/heads-profiles.ts';
import type { Transport } from '../transports/transport.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { languageOf, readerOf } from './options/language.ts';
import { asciiOption, jsonOption, langOption, option, quietOption } from './options/values.ts';
import { mayColour } from './screen/colour.ts';
import { jsonText } from './screen/print.ts';
import { createProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.wire,
  examples: [
    ['rtcompare wire ws', text('every byte of a WebSocket conversation', 'WebSocket 대화의 모든 바이트')],
    [
      'rtcompare wire all',
      text('five transports, step by step and side by side', '전송 방식 다섯 개를 단계별로 나란히'),
    ],
    ['rtcompare wire socket.io --step', text('pauses at each field', '필드마다 멈춤')],
    [
      'rtcompare wire ws --project --lang ko',
      text('one field at a time, large, for a projector', '필드를 하나씩, 크게, 프로젝터용'),
    ],
    ['rtcompare wire ws --over h2', text('the same over TLS and HTTP/2', '같은 대화를 TLS와 HTTP/2로')],
    ['rtcompare wire sse --json'],
  ],
} satisfies AboutCommand;

interface Options {
  message?: string;
  binary?: boolean;
  headers: HeadsProfile;
  over: Over;
  step?: boolean;
  project?: boolean;
  json?: boolean;
  color?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

export const wireCommand = (context: Context): Command =>
  command(
    'wire',
    about,
    [
      option('--message <text>', text('what is said; default: hello', '보낼 메시지. 기본값: hello')),
      option(
        '--binary',
        text(
          'send it as bytes; without --message, bytes that no text may hold',
          '바이너리로 보냄. --message가 없으면 텍스트에 담을 수 없는 바이트',
        ),
      ),
      option('--headers <profile>', text('headers of every request', '모든 요청의 헤더'))
        .choices(headsProfiles)
        .default('minimal'),
      option('--over <protocol>', text('what HTTP goes over', 'HTTP를 싣는 프로토콜'))
        .choices([...overs])
        .default('http'),
      option(
        '--step',
        text('pause at each field (Enter goes on, q ends)', '필드마다 멈춤(Enter는 다음, q는 끝)'),
      ),
      option(
        '--project',
        text(
          'one field at a time, large, in 40 columns (← and → turn, a number and Enter jumps, q ends)',
          '필드를 하나씩, 크게, 40열로(←와 →는 앞뒤, 번호와 Enter는 그 장, q는 끝)',
        ),
      ),
      jsonOption(text('print the spans as one JSON document', '바이트 구간을 JSON 문서 하나로 출력')),
      option('--color', text('colours, even into a pipe', '파이프로 보낼 때도 색을 씀')),
      option('--no-color', text('no colours', '색 없이')),
      langOption(text('language of the explanations', '설명의 언어')),
      asciiOption(),
      quietOption(),
    ],
    argument(
      '[transport]',
      text(
        'a name of `rtcompare list`, or all; what there is when left out',
        '`rtcompare list`의 이름 또는 all. 생략하면 볼 수 있는 것의 목록',
      ),
    ),
  ).action(async (name: string | undefined, options: Options) => {
    if (name === undefined) {
      process.stdout.write(await whatThereIs(readerOf(options.lang)));
      return context.done(0);
    }
    const chosen = await choose(name);
    refuseOver(options.over, chosen);
    const message = messageOf(options, chosen);
    const specimens = await record(chosen, message, options, context);
    await show(specimens, message, options, context);
    context.done(0);
  });

const shown = text(
  '`rtcompare wire ws` shows one of these conversations, `rtcompare wire all` five side by side:',
  '`rtcompare wire ws`는 아래 대화 가운데 하나를, `rtcompare wire all`은 다섯을 나란히 보여 줍니다:',
);

async function whatThereIs(reader: Reader): Promise<string> {
  const { transports } = await import('../transports/index.ts');
  const { wrap } = await import('../report/skins/wrap.ts');
  const lines = transports.map(({ name, aliases }) => `  ${[name, ...aliases].join(', ')}`);
  return `${[...wrap(say(reader, shown), 80), ...lines].join('\n')}\n`;
}

async function choose(name: string): Promise<Transport[]> {
  const { transportByName, transports } = await import('../transports/index.ts');
  if (name.toLowerCase() === 'all') return transports.filter(({ traits }) => traits.inAll);
  const found = transportByName(name);
  if (found) return [found];
  throw unknownWord(
    text('wire: unknown transport "{word}"', 'wire: "{word}"라는 전송 방식은 없습니다'),
    name,
    ['all', ...transports],
  );
}

function refuseOver(over: Over, chosen: readonly Transport[]): void {
  const unable = isHttp2(over) ? chosen.find(({ traits }) => traits.notOverHttp2) : undefined;
  if (unable?.traits.notOverHttp2)
    throw new UsageError(
      inEveryLanguage(text('--over {over}: {name}: {why}', '--over {over}: {name}: {why}'), {
        over,
        name: unable.name,
        why: unable.traits.notOverHttp2,
      }),
    );
}

/** Bytes that text formats have to escape: zero, line ends, quotes, Engine.IO's separator, and invalid UTF-8. */
const awkwardBytes = Buffer.from('000a0d221e80feff', 'hex');

function messageOf({ message, binary, step, project, json }: Options, chosen: readonly Transport[]): Payload {
  const ways = [step && '--step', project && '--project', json && '--json'].filter(Boolean);
  if (ways.length > 1)
    throw new UsageError(
      inEveryLanguage(text('{ways}: choose one of them', '{ways}: 하나만 골라야 합니다'), {
        ways: listed(ways as string[], text(' and ', ', ')),
      }),
    );
  if ((step || project) && chosen.length > 1)
    throw new UsageError(
      inEveryLanguage(
        text(
          '{way} shows one conversation: name one transport instead of all',
          '{way} 옵션은 대화 하나를 보여 줍니다: all 대신 전송 방식 하나를 적어야 합니다',
        ),
        { way: String(ways[0]) },
      ),
    );
  const unable = message === '' && chosen.find(({ traits }) => !traits.emptyMessages);
  if (unable)
    throw new UsageError(
      inEveryLanguage(
        text(
          '--message: {name} cannot send an empty message; write some text',
          '--message: {name}은(는) 빈 메시지를 보낼 수 없습니다. 글자를 적어야 합니다',
        ),
        { name: unable.name },
      ),
    );
  if (binary) return message === undefined ? awkwardBytes : Buffer.from(message);
  return message ?? 'hello';
}

/** At the bottom of a card, in 40 columns. */
const turnCards = text('Enter next, b back, 7 Enter jump, q end', 'Enter 다음, b 뒤로, 7 Enter 7번째, q 끝');
const turnPage = text('Enter: next, q: end', 'Enter: 다음, q: 끝');
const recording = text('recording {name}', '{name} 기록 중');

async function record(
  chosen: readonly Transport[],
  message: Payload,
  { headers, over, quiet, lang }: Options,
  { signal }: Context,
): Promise<Specimen[]> {
  const { recordSpecimen } = await import('../script/specimen.ts');
  const { headersOf, headsOf } = await import('../transports/headers.ts');
  const said = { headers: headersOf(headers, 0), heads: headsOf(headers) };
  const progress = createProgress(process.stderr, quiet === true);
  const reader = readerOf(lang);
  const specimens: Specimen[] = [];
  try {
    for (const transport of chosen) {
      signal.throwIfAborted();
      progress.show(say(reader, recording, { name: transport.name }));
      specimens.push(await recordSpecimen(transport, { message, ...said, over }));
    }
  } finally {
    progress.end();
  }
  signal.throwIfAborted();
  return specimens;
}

async function show(
  specimens: readonly Specimen[],
  message: Payload,
  options: Options,
  { signal }: Context,
): Promise<void> {
  const { lookOf } = await import('../report/wire/look.ts');
  const { written } = await import('../protocols/explanation.ts');
  const colour = mayColour(options.color, process.stdout);
  const look = lookOf({ language: languageOf(options.lang), ascii: options.ascii === true, colour });
  const said = written(Buffer.from(message));
  const [only] = specimens;
  if (options.json) {
    const { wireDocument } = await import('../report/wire/document.ts');
    process.stdout.write(jsonText(wireDocument(specimens, said, look.reader)));
  } else if (specimens.length > 1 || !only) {
    const { comparisonText } = await import('../report/wire/step-comparison.ts');
    process.stdout.write(comparisonText(specimens, said, look));
  } else {
    const { wirePages } = await import('../report/wire/pages.ts');
    const { wireCards } = await import('../report/wire/cards.ts');
    const { turnPages } = await import('./screen/page-turner.ts');
    const pages = options.project ? wireCards(only, look) : wirePages(only, said, look);
    const screen = !colour ? 'plain' : options.project ? 'fresh-page' : 'erase-prompt';
    const prompt = look.ink.faint(look.say(options.project ? turnCards : turnPage));
    if (!options.project && !options.step) process.stdout.write(pages.join(''));
    else await turnPages(pages, { signal, prompt, screen, kind: options.project ? 'cards' : 'text' });
  }
}

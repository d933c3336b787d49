/** The page for visitors who have not joined the class yet: a field for the code, in their browser's language. */
import { type Language, languages, text } from '../../base/text.ts';
import { documentOf } from './html.ts';

const words = {
  title: text('Join the class', '수업에 참여하기'),
  code: text('Code', '코드'),
  join: text('Join', '참여'),
  wrong: text(
    'This is not the code of this class, or there were too many tries: wait a second.',
    '이 수업의 코드가 아니거나 너무 여러 번 시도했습니다. 잠시 기다리십시오.',
  ),
  unanswered: text(
    'The class does not answer. Are you on the same network?',
    '수업이 응답하지 않습니다. 같은 네트워크에 있습니까?',
  ),
} as const;

/** The path of the page that asks for the code, in each language. */
export const joinPaths: Readonly<Record<Language, string>> = { en: '/join/en', ko: '/join/ko' };

export function joinHtml(language: Language): string {
  const [title, code, join] = [words.title[language], words.code[language], words.join[language]];
  const [wrong, unanswered] = [words.wrong[language], words.unanswered[language]];
  return documentOf(language, {
    head: [],
    script: '/classroom/page/join.js',
    body: `<main class="join"><h1>${title}</h1>
<form><label>${code} <input name="code" autocomplete="off" maxlength="40" required></label>
<button type="submit">${join}</button></form>
<p role="alert" data-alert="wrong" hidden>${wrong}</p>
<p role="alert" data-alert="unanswered" hidden>${unanswered}</p></main>`,
  });
}

/**
 * Which of our languages a browser prefers, by its Accept-Language (RFC 9110 §12.5.4).
 *
 * @param otherwise the language if it accepts none of ours.
 */
export function acceptedLanguage(header: string | undefined, otherwise: Language): Language {
  const asked = (header ?? '').split(',').flatMap((range) => {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const language = languages.find((one) => tag === one || tag.startsWith(`${one}-`));
    return language ? [{ language, weight: weight ? Number(weight.slice(2)) : 1 }] : [];
  });
  const wanted = asked.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  return wanted[0]?.language ?? otherwise;
}

/** Which of our languages a browser asks for, by its Accept-Language (RFC 9110 §12.5.4). */
import { type Language, languages } from '../../base/text.ts';

/** @param otherwise where it asks for none of them */
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

/** The verdicts of a run on the documents, as its report keeps them: one for each claim and protocol. */
import { fill, type Text } from '../../base/text.ts';
import type { Report } from '../../document/report.ts';
import { byProtocol, type WhyNot } from './by-protocol.ts';
import { carriagesOf } from './evidence.ts';
import { claims } from './index.ts';

export const documentVerdicts = (report: Pick<Report, 'plan' | 'trials' | 'probed'>): Report['documents'] =>
  byProtocol(claims, carriagesOf(report))
    .filter(({ answers }) => answers.some(({ ruling }) => ruling !== null))
    .flatMap(({ claim, answers }) =>
      answers.map(({ over, ruling, why }) => ({
        claim: claim.id,
        over,
        verdict: ruling?.verdict ?? null,
        why: why ? wordsOf(why) : null,
      })),
    );

/** The reason alone, if it is a transport's own. */
function wordsOf({ line: { text, values = {} }, reason }: WhyNot): Text {
  const named = Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, String(value)]));
  const words = (language: 'en' | 'ko') =>
    [fill(text[language], named), ...(reason ? [reason.text[language]] : [])].join(': ');
  return { en: words('en'), ko: words('ko') };
}

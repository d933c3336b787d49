/** What a lesson asks before anything is measured. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { ChoiceQuestion, Lesson } from '../../../questions/lessons/lesson.ts';
import type { Block } from '../../blocks/block.ts';
import { unbroken } from '../../blocks/command-text.ts';
import { renderBlocks } from '../../skins/terminal.ts';
import type { TerminalTableOptions } from '../../skins/terminal-table.ts';

const asking = {
  title: text('Lesson {id}: {title}', '{id}과: {title}'),
  heard: text('Often heard: “{sentence}”', '흔히 듣는 말: “{sentence}”'),
  question: text('Question: {question}', '질문: {question}'),
  lasts: text('It then measures for about {seconds} s.', '그다음 약 {seconds}초 동안 측정합니다.'),
  ask: text('Your guess ({word}; q leaves): ', '예상은? ({word}, q를 누르면 나감): '),
  noNumber: text(
    '“{typed}” is no number; write one such as 120.',
    '“{typed}”: 숫자가 아닙니다. 120처럼 적어야 합니다.',
  ),
  noChoice: text('“{typed}” is none of {keys}.', '“{typed}”: {keys} 가운데 하나를 적어야 합니다.'),
};

export const paragraph = (sentence: string): Block => ({ kind: 'paragraph', text: unbroken(sentence) });

/** Shorter measurements are not announced: the reader hardly waits for them. */
const shortSeconds = 3;

const titleText = ({ id, title }: Lesson, reader: Reader): string =>
  say(reader, asking.title, { id: String(id), title: say(reader, title) });

/**
 * The text before the guess.
 *
 * @param turn of a question that is asked again, such as 3 of 10: it has no misconception, and nothing is measured.
 */
export function questionText(
  lesson: Lesson,
  reader: Reader,
  { turn, ...look }: TerminalTableOptions & { readonly turn?: string },
): string {
  const { misconception, experiment, picture, files = [], seconds } = lesson;
  const title = titleText(lesson, reader);
  const about: Block[] = [
    { kind: 'heading', text: turn === undefined ? title : `${turn} · ${title}` },
    ...(turn === undefined
      ? [paragraph(say(reader, asking.heard, { sentence: say(reader, misconception) }))]
      : []),
    paragraph(say(reader, experiment)),
  ];
  const drawn = [
    ...(picture ? [say(reader, picture)] : []),
    ...files.map(({ name, content }) => `${name}\n\n${indented(content)}`),
  ].map((lines) => `\n${lines}\n`);
  const asked: Block[] = [
    questionBlock(lesson, reader),
    ...(seconds > shortSeconds && turn === undefined
      ? [paragraph(say(reader, asking.lasts, { seconds: String(seconds) }))]
      : []),
  ];
  return `${renderBlocks(about, look)}${drawn.join('')}\n${renderBlocks(asked, look)}`;
}

const indented = (content: string): string => content.trimEnd().replace(/^(?=.)/gm, '    ');

/** The question alone, with its choices. */
function questionBlock({ question, answer }: Lesson, reader: Reader): Block {
  const title = say(reader, asking.question, { question: say(reader, question) });
  return { kind: 'list', title, items: answer.kind === 'choice' ? choicesOf(answer, reader) : [] };
}

const choicesOf = ({ choices }: ChoiceQuestion, reader: Reader): string[] =>
  choices.map((choice) => `${choice.key}) ${say(reader, choice.text)}`);

const keysOf = ({ choices }: ChoiceQuestion): string => choices.map(({ key }) => key).join(', ');

/** Asks for the guess; `againText` says what was wrong with the previous input. */
export const promptText = ({ answer }: Lesson, reader: Reader): string =>
  say(reader, asking.ask, { word: answer.kind === 'choice' ? keysOf(answer) : answer.word[reader.language] });

export const againText = ({ answer }: Lesson, typedText: string, reader: Reader): string =>
  answer.kind === 'choice'
    ? say(reader, asking.noChoice, { typed: typedText, keys: keysOf(answer) })
    : say(reader, asking.noNumber, { typed: typedText });

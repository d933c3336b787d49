/** The question of a lesson, as something to ask at the terminal. */
import type { Reader } from '../../base/text.ts';
import { readGuess } from '../../questions/lessons/guess.ts';
import type { GuessValue, Lesson } from '../../questions/lessons/lesson.ts';
import { escapeControls, plainCharacters } from '../../report/skins/escape.ts';
import { againText, promptText } from '../../report/views/lesson/lesson-asked.ts';
import type { TypedQuestion } from '../screen/ask.ts';

export function questionOf(lesson: Lesson, reader: Reader, isAscii: boolean): TypedQuestion<GuessValue> {
  const plain = (sentence: string) => (isAscii ? plainCharacters(sentence) : sentence);
  return {
    prompt: plain(promptText(lesson, reader)),
    read: (line) => readGuess(line, lesson.answer),
    again: (line) => plain(againText(lesson, escapeControls(line), reader)),
  };
}

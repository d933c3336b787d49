/**
 * Echo: every client sends its messages when they are due and the server sends each one back. Open loop: a
 * message that is due does not wait for the answer to the one before.
 */
import { type Lab, type Scenario, type Speaker, usual } from './scenario.ts';

export const echo = {
  ...usual,
  name: 'echo',
  question: {
    en: 'How long does a message and its answer take, and what do they cost?',
    ko: '메시지 하나를 보내고 되받는 데 얼마나 걸리고, 바이트는 얼마나 듭니까?',
  },
  drive: everyoneSpeaks,
} satisfies Scenario;

/** All clients send all their messages, each on its own schedule. */
export async function everyoneSpeaks(lab: Lab, withinMs?: number) {
  await Promise.all(lab.speakers.map(speakAll));
  await lab.delivered(withinMs);
}

async function speakAll({ due, speak }: Speaker) {
  for (const dueNs of due) await speak(dueNs);
}

/** What a view is to the page: an element, and what happens when it is looked at or the language has changed. */
import { text } from '../../../base/text.ts';

/** What a view is called where one chooses it. */
export const viewNames = {
  race: text('Race', '경주'),
  chat: text('Chat', '채팅'),
  wire: text('Wire', '바이트'),
  verdicts: text('Tables', '표'),
  recorded: text('Recorded run', '기록된 실행'),
  limits: text('Six connections', '연결 6개 제한'),
};

export type ViewName = keyof typeof viewNames;

export interface View {
  readonly root: HTMLElement;
  readonly shown?: () => void;
  readonly renewed?: () => void;
}

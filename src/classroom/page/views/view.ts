/** The interfaces of a view of the page, and of a part of the race's view. */
import { text } from '../../../base/text.ts';
import type { LaneCounts, RaceState } from '../control-talk.ts';
import type { Race } from '../race-part.ts';

/** The titles of the views on their tabs. */
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
  /** Called when the view becomes visible. */
  readonly shown?: () => void;
  /** Called when the language has changed. */
  readonly renewed?: () => void;
}

/** The state of a race at one moment. */
export interface RaceMoment {
  readonly state: RaceState;
  readonly race: Race;
  readonly counts: LaneCounts | null;
  readonly mayLead: boolean;
  /** Whether the page is connected to the site. */
  readonly isUp: boolean;
  /** Whether this is the tab that races. */
  readonly isFront: boolean;
}

export interface RacePart {
  readonly root: HTMLElement;
  show(moment: RaceMoment): void;
}

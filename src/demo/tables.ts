/** Tables A and B of the documents, filled from what one page has measured so far; the rest says that it is missing. */
import type { Trial } from '../metrics/report.ts';
import { documentTables } from '../report/document-tables.ts';
import { linesOf } from '../report/table.ts';
import { wordsOf } from '../report/words.ts';
import { type DocumentTable, laneNames, type RoomName, type Settings, type ToSite } from '../web/talk.ts';
import type { Account } from './account.ts';
import { planOf, trialOf } from './trials.ts';

type Asked = Extract<ToSite, { type: 'tables' }>;
type AccountOf = (room: RoomName, lane: (typeof laneNames)[number]) => Account;

export function filledTables(asked: Asked, settings: Settings, accountOf: AccountOf): DocumentTable[] {
  const measured = (room: RoomName, scenario: 'push' | 'echo'): Trial[] =>
    laneNames.flatMap((lane) => {
      const times = asked[room][lane];
      if (!times || times.count === 0) return [];
      return [trialOf({ lane, scenario, times, settings, account: accountOf(room, lane) })];
    });
  const trials = [...measured('race', 'push'), ...measured('chat', 'echo')];
  const plan = planOf(settings, laneNames);
  return documentTables({ plan, trials }, wordsOf(asked.language)).map(({ title, head, rows, notes }) => ({
    ...{ title, notes },
    head: head.map((cell) => linesOf(cell).join(' ')),
    rows: rows.map((row) => row.map(linesOf)),
  }));
}

/**
 * What an inspection shows while it runs, on stderr: on a terminal a table drawn again every second, elsewhere a line
 * whenever a connection opens, changes its protocol, or closes.
 */
import { type Reader, say, text } from '../../base/text.ts';
import type { InspectedConnection, Inspection } from '../../document/inspection.ts';
import { escapeControls } from '../../report/skins/escape.ts';
import { renderBlocks } from '../../report/skins/terminal.ts';
import { inspectionLive, newsText } from '../../report/views/inspection/inspection-blocks.ts';
import { canRewrite } from './progress.ts';

const moreText = text('and {count} more connections', '그 밖에 연결 {count}개');

export interface LiveView {
  show(seen: Inspection): void;
  /** Leaves the terminal as if nothing had been drawn. */
  end(seen: Inspection): void;
}

export const everyMs = 1000;
/** The most lines printed at once: a burst of connections must not bury the lines before it. */
const newsAtOnce = 20;

export function createLiveView(stream: NodeJS.WriteStream, reader: Reader, ascii: boolean): LiveView {
  return canRewrite(stream) ? tableView(stream, reader, ascii) : newsView(stream, reader);
}

function tableView(stream: NodeJS.WriteStream, reader: Reader, ascii: boolean): LiveView {
  let drawn = 0;
  const erase = () => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\r\u001b[J`);
    drawn = 0;
  };
  const linesOf = (seen: Inspection, rows: number) => {
    const width = Math.min(80, stream.columns - 1);
    const text = renderBlocks(inspectionLive(seen, reader, rows), { width, ascii });
    return text.trimEnd().split('\n');
  };
  return {
    show(seen) {
      // Lines that scroll off the screen cannot be erased, so rows of connections are dropped first.
      const room = Math.max(1, stream.rows - 2);
      const rows = Math.min(room, seen.perConnection.length);
      const surplus = Math.max(0, linesOf(seen, rows).length - room);
      const lines = linesOf(seen, Math.max(1, surplus > 0 ? rows - surplus - 1 : rows)).slice(0, room);
      erase();
      stream.write(`${lines.join('\n')}\n`);
      drawn = lines.length;
    },
    end: erase,
  };
}

function newsView(stream: NodeJS.WriteStream, reader: Reader): LiveView {
  const told = new Map<number, string>();
  const show = ({ perConnection }: Inspection) => {
    const news = perConnection.filter((one) => isNews(one, told));
    for (const one of news) told.set(one.id, stateOf(one));
    for (const one of news.slice(0, newsAtOnce)) stream.write(`${escapeControls(newsText(one, reader))}\n`);
    const more = news.length - newsAtOnce;
    if (more > 0) stream.write(`${say(reader, moreText, { count: String(more) })}\n`);
  };
  return { show, end: show };
}

const stateOf = ({ state, speaks }: InspectedConnection) => `${state} ${speaks.join(' ')}`;

/** A connection that has sent nothing yet is no news. */
function isNews(one: InspectedConnection, told: ReadonlyMap<number, string>): boolean {
  const silent = one.state === 'open' && one.speaks.length === 0;
  return !silent && told.get(one.id) !== stateOf(one);
}

/** A run in a terminal: all of it, or only what fits a screen or two. */
import type { Reader } from '../../../base/text.ts';
import { renderBlocks } from '../../skins/terminal.ts';
import { firstLook } from './first-look.ts';
import { outline } from './outline.ts';
import type { RunSkin } from './run-skin.ts';

export interface TerminalOptions extends Reader {
  /** Columns, 80 by default. From 120 on (`--wide`) more is shown. */
  readonly width?: number;
  readonly ascii?: boolean;
  readonly colour?: boolean;
  /** Only what fits a screen or two. */
  readonly short?: boolean;
}

const wideColumns = 120;

export const renderTerminal = ((
  report,
  { width = 80, ascii = false, colour = false, short = false, ...reader },
) =>
  renderBlocks(short ? firstLook(report, reader) : outline(report, reader, width >= wideColumns), {
    width,
    ascii,
    colour,
  })) satisfies RunSkin<TerminalOptions>;

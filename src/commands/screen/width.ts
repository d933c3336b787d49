/** How much of a report is printed, how wide, and in which characters. */
import { mayColour } from './colour.ts';

/** In columns: 80, or less on a narrower terminal, but at least 40; with `--wide` all it has, but at least 120. */
export function widthOf(wide: boolean | undefined): number {
  const { isTTY, columns = 0 } = process.stdout;
  if (wide) return Math.max(120, columns);
  return isTTY && columns > 0 ? Math.min(80, Math.max(40, columns)) : 80;
}

export interface Looks {
  readonly verbose?: boolean;
  readonly wide?: boolean;
  readonly ascii?: boolean;
}

/** Whether only the first look is printed: stdout is a terminal, and the user did not ask for more. */
export const isShort = ({ verbose, wide }: Looks): boolean =>
  process.stdout.isTTY === true && !verbose && !wide;

/** How a report is laid out on stdout. */
export const looksOf = (looks: Looks) => ({
  width: widthOf(looks.wide),
  ascii: looks.ascii === true,
  short: isShort(looks),
  colour: mayColour(undefined, process.stdout),
});

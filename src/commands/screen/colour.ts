/**
 * Whether escape codes may be printed: the flag decides, else FORCE_COLOR, else NO_COLOR and TERM=dumb, else whether
 * the stream is a terminal.
 */
export function mayColour(flag: boolean | undefined, stream: Pick<NodeJS.WriteStream, 'isTTY'>): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (flag !== undefined) return flag;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  // By convention an empty NO_COLOR does not count.
  if (NO_COLOR || TERM === 'dumb') return false;
  return stream.isTTY === true;
}
